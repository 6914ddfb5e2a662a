/** What a setting is. The settings themselves are in `settings.ts`. */
import type { Variables } from "../../postgres/address.ts";
import { wholeNumber } from "./values.ts";

export interface Setting<T> {
  env: string;
  flag: string;
  /** As written in the variable; a function if it depends on another setting. */
  default: string | ((written: (name: string) => string) => string);
  /** What the default means, if its text alone does not say so. */
  defaultHelp?: string;
  help: string;
  /** Ends the sentence "PORT must be …". */
  accepts: string;
  /** `undefined` for what is not accepted. `env`: other programs' variables that it goes by. */
  parse(text: string, env: Variables): T | undefined;
  /** Not shown in the help: set by our own tools. */
  internal?: boolean;
}

export const setting = <T>(definition: Setting<T>): Setting<T> => definition;

const LIMIT_ACCEPTS = "a whole number from 0 (no limit) to 1000000";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** The same of a limit that staff set in the browser, unless it is set here: null then. */
export function staffLimit(
  definition: Pick<Setting<number | null>, "env" | "flag" | "default" | "defaultHelp" | "help">,
) {
  return setting<number | null>({
    ...definition,
    accepts: LIMIT_ACCEPTS,
    parse: (text) => text === "" ? null : wholeNumber(text, 1_000_000),
  });
}

/** A number of which 0 means that there is no limit. */
export function limit(
  definition: Pick<Setting<number>, "env" | "flag" | "default" | "defaultHelp" | "help">,
) {
  return setting<number>({
    ...definition,
    accepts: LIMIT_ACCEPTS,
    parse: (text) => wholeNumber(text, 1_000_000),
  });
}
