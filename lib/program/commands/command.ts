/** What a command is to the command line: a function from its arguments to an exit code. */
import type { Variables } from "../../postgres/address.ts";
import type { Config } from "../config/config.ts";
import { StartError } from "../data_folder.ts";

/** How a command speaks with whoever called it. */
export interface Terminal {
  /** What was asked for, on the standard output. Line breaks are the caller's. */
  print(text: string): void;
  /** Progress and notes, on the standard error. */
  note(text: string): void;
  /** The notes are read on a screen, where a line can be written over. */
  readonly interactive: boolean;
  /** One line from the standard input, without its end; all of it if it has no line break. */
  readLine(): Promise<string>;
}

export interface Call {
  config: Config;
  /** For databases that operands name. */
  env: Variables;
  operands: readonly string[];
  flags: ReadonlySet<string>;
  terminal: Terminal;
}

/** Resolves to the exit code. Throws `CommandError` or `ConfigError`. */
export type RunCommand = (call: Call) => Promise<number>;

/** What was asked for cannot be done; the message is for the operator. Exit code 1. */
export class CommandError extends StartError {}
