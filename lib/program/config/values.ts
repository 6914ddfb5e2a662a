/**
 * How a setting's text becomes its value; `undefined` for what is not accepted. Pure; it knows no
 * setting by name.
 */
import {
  isPostgresUrl,
  type PostgresAddress,
  readAddress,
  type Variables,
} from "../../postgres/address.ts";

export interface SqliteDatabase {
  kind: "sqlite";
  path: string;
}

export interface PostgresDatabase {
  kind: "postgres";
  address: PostgresAddress;
}

export function wholeNumber(text: string, most: number): number | undefined {
  return /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

/** `null`: depends on the machine. The program alone takes about 120 MiB. */
export function memorySize(text: string): number | null | undefined {
  if (text === "") return null;
  const size = wholeNumber(text, 16_777_216);
  return size === undefined || size === 0 || size >= 192 ? size : undefined;
}

export function oneOf<const T extends string>(text: string, accepted: readonly T[]): T | undefined {
  return accepted.find((each) => each === text);
}

/** Deno's permission lists cannot express a path with a comma. */
export function path(text: string): string | undefined {
  return /[\0,]/.test(text) ? undefined : text;
}

/** `null` for none. */
export function optionalPath(text: string): string | null | undefined {
  return text === "" ? null : path(text);
}

/** "postgres://…", "sqlite:data/chat.db", "sqlite:/srv/chat.db", "sqlite:///srv/chat.db". */
export function databaseUrl(
  text: string,
  env: Variables,
): SqliteDatabase | PostgresDatabase | undefined {
  if (isPostgresUrl(text)) {
    const address = readAddress(text, env);
    return address === undefined ? undefined : { kind: "postgres", address };
  }
  const [, file] = /^sqlite:(?:\/\/(?=\/))?([^\0?#,]+)$/.exec(text) ?? [];
  // A database in memory would break the promise that acknowledged messages are kept.
  return file === undefined || file === ":memory:" ? undefined : { kind: "sqlite", path: file };
}

/**
 * Origins, separated by commas, each as a browser writes it: "https://чат.рф" becomes
 * "https://xn--80a0bn.xn--p1ai".
 */
export function originList(text: string): string[] | undefined {
  const origins: string[] = [];
  for (const part of text.split(",").map((each) => each.trim()).filter((each) => each !== "")) {
    // What the parser would fix or drop (a path, a user, "https:\\host") is an error here.
    const url = /^https?:\/\/[^\s/\\?#@*]+\/?$/i.test(part) ? URL.parse(part) : null;
    if (url === null) return undefined;
    origins.push(url.origin);
  }
  return origins;
}
