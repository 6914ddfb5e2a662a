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

/** Where `/metrics` is, and for whom. */
export type MetricsDoor =
  /** On the main port, for requests from this machine itself. */
  | { at: "local" }
  | { at: "off" }
  /** On the main port, for everybody. */
  | { at: "open" }
  /** On a port of its own, for whoever reaches it. */
  | { at: "port"; host: string; port: number };

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
  if (isPostgresUrl(text)) return { kind: "postgres", address: readAddress(text, env) };
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

/** "local", "off", "open", or where to listen: "127.0.0.1:9464", "[::1]:9464", "metrics.lan:9464". */
export function metricsDoor(text: string): MetricsDoor | undefined {
  if (text === "local" || text === "off" || text === "open") return { at: text };
  const [, bracketed, plain, digits = ""] =
    /^(?:\[([\da-fA-F:.%]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = wholeNumber(digits, 65_535);
  return host === undefined || port === undefined ? undefined : { at: "port", host, port };
}
