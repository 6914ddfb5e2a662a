/**
 * One line per event, on stderr: time, level, sentence, then key=value. Line breaks in values are
 * escaped, so that nobody can forge log lines, and values whose key names a secret are never
 * written.
 */
import type { LogLevel } from "./config/setting.ts";

export type LogFields = Readonly<Record<string, unknown>>;

export type Logger = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];
const SECRET_KEY = /password|passwd|token|secret|cookie|authorization|credential/i;

export interface LoggerOptions {
  level: LogLevel;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Takes one line, including its line break. Must not throw. */
  write(line: string): void;
  /** At the end of each line. */
  always?: LogFields;
}

export function createLogger({ level, now, write, always = {} }: LoggerOptions): Logger {
  const least = LEVELS.indexOf(level);
  const at = (each: LogLevel) => (message: string, fields: LogFields = {}) => {
    if (LEVELS.indexOf(each) < least) return;
    const pairs = Object.entries({ ...fields, ...always })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => ` ${key}=${SECRET_KEY.test(key) ? "[hidden]" : written(value)}`);
    const sentence = message.replace(/[\r\n]+/g, " ");
    write(`${new Date(now()).toISOString()} ${each} ${sentence}${pairs.join("")}\n`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function written(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(errorText(value));
  if (typeof value === "string") {
    return /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
  }
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return JSON.stringify(String(value)); // a cycle or a bigint must not end the program
  }
}

/** The stack, with its causes below it: the cause is usually what matters. */
function errorText(error: Error, depth = 0): string {
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause instanceof Error && depth < 4
    ? `${own}\nCaused by: ${errorText(error.cause, depth + 1)}`
    : own;
}
