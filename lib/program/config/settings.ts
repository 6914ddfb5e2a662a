/**
 * Every setting in one table: its variable, its flag, its default, its help, and how it is parsed
 * (`setting.ts` says what one is). The type `Config`, the `--help` page and the table in the
 * documentation come from this table.
 */
import { parseRedisUrl, type RedisAddress } from "../../redis/address.ts";
import type { SignupMode } from "../../protocol/workspace.ts";
import { limit, type LogLevel, setting, staffLimit } from "./setting.ts";
import { FILE_SETTINGS } from "./files.ts";
import { LINK_SETTINGS } from "./links.ts";
import { MAIL_SETTINGS } from "./mail.ts";
import { SIGN_IN_SETTINGS } from "./sign_in.ts";
import {
  databaseUrl,
  memorySize,
  metricsDoor,
  oneOf,
  optionalPath,
  originList,
  path,
  type PostgresDatabase,
  type SqliteDatabase,
  wholeNumber,
} from "./values.ts";

export const SETTINGS = {
  port: setting({
    env: "PORT",
    flag: "port",
    default: "8000",
    help: "Port to listen on; 0 takes a free one.",
    accepts: "a whole number from 0 to 65535",
    parse: (text) => wholeNumber(text, 65_535),
  }),
  // The first account becomes the owner: until it exists, only this machine should reach the page.
  host: setting({
    env: "HOST",
    flag: "host",
    default: "127.0.0.1",
    help: "Address to listen on; 0.0.0.0 for all of this machine's networks.",
    accepts: "a host name or an address, without a port",
    parse: (text) => /^[\w.:%-]+$/.test(text) && !/^[\w.-]+:\d+$/.test(text) ? text : undefined,
  }),
  tlsCertificate: setting<string | null>({
    env: "CONFAB_TLS_CERT",
    flag: "tls-cert",
    default: "",
    defaultHelp: "no TLS",
    help: "File with the certificate and its chain (PEM), to serve https:// itself; " +
      "renewed files are picked up while it runs.",
    accepts: "a path without commas",
    parse: optionalPath,
  }),
  tlsKey: setting<string | null>({
    env: "CONFAB_TLS_KEY",
    flag: "tls-key",
    default: "",
    defaultHelp: "no TLS",
    help: "File with the certificate's private key (PEM, without a password).",
    accepts: "a path without commas",
    parse: optionalPath,
  }),
  workers: setting({
    env: "CONFAB_WORKERS",
    flag: "workers",
    default: "1",
    help: "Processes that share the port, each on a core of its own; PostgreSQL only.",
    accepts: "a whole number from 1 to 64",
    parse: (text) => text === "0" ? undefined : wholeNumber(text, 64),
  }),
  drain: setting({
    env: "CONFAB_DRAIN",
    flag: "drain",
    default: "0",
    help: "Seconds to serve on after SIGTERM while /readyz already refuses, so that a balancer " +
      "sends nobody else here.",
    accepts: "a whole number of seconds from 0 to 300",
    parse: (text) => wholeNumber(text, 300),
  }),
  dataDir: setting({
    env: "CONFAB_DATA_DIR",
    flag: "data-dir",
    default: "data",
    help: "Folder for the database, the secret and files; with PostgreSQL for files alone.",
    accepts: "a path without commas",
    parse: path,
  }),
  database: setting<SqliteDatabase | PostgresDatabase>({
    env: "DATABASE_URL",
    flag: "database",
    default: (written) => `sqlite:${written("dataDir").replace(/\/$/, "")}/chat.db`,
    defaultHelp: "chat.db in the data folder",
    help: "Where messages are kept: sqlite:PATH, or postgres://USER:PASSWORD@HOST:PORT/DATABASE.",
    accepts: '"sqlite:PATH", a path without commas, "?" and "#", or ' +
      '"postgres://USER:PASSWORD@HOST:PORT/DATABASE"',
    parse: databaseUrl,
  }),
  redis: setting<RedisAddress | null>({
    env: "REDIS_URL",
    flag: "redis",
    default: "",
    defaultHelp: "none: PostgreSQL carries them",
    help:
      "Redis or Valkey that carries messages between several Confabs on one PostgreSQL database.",
    accepts:
      '"redis://USER:PASSWORD@HOST:PORT/NUMBER", "rediss://…" for TLS or "unix:PATH", with ' +
      "special characters of the password written as %XX",
    parse: (text) => text === "" ? null : parseRedisUrl(text),
  }),
  origins: setting({
    env: "CONFAB_ORIGIN",
    flag: "origin",
    default: "",
    defaultHelp: "the address a request was sent to",
    help: "Public origin of this site, then other origins allowed to use it, separated by commas.",
    accepts: 'origins such as "https://chat.example.org", separated by commas',
    parse: originList,
  }),
  signup: setting<SignupMode | null>({
    env: "CONFAB_SIGNUP",
    flag: "signup",
    default: "",
    defaultHelp: "open; staff may set it in the browser",
    help:
      "How people get an account: `open`, by themselves; `invite`, with an invitation; `ask`, " +
      "by asking staff; `closed`, not at all. The first account can always be created.",
    accepts: '"open", "invite", "ask" or "closed"',
    parse: (text) => text === "" ? null : oneOf(text, ["open", "invite", "ask", "closed"]),
  }),
  secret: setting<string | null>({
    env: "CONFAB_SECRET",
    flag: "", // a flag would show it to everyone who can list processes
    default: "",
    defaultHelp: "random, kept in the data folder or in PostgreSQL",
    help: "Signs sessions; at least 32 characters.",
    accepts: "at least 32 characters long",
    parse: (text) => text === "" ? null : text.length >= 32 ? text : undefined,
  }),
  ...FILE_SETTINGS,
  ...LINK_SETTINGS,
  ...MAIL_SETTINGS,
  ...SIGN_IN_SETTINGS,
  trustProxy: setting({
    env: "CONFAB_TRUST_PROXY",
    flag: "trust-proxy",
    default: "0",
    help: "Number of proxies in front of this server whose X-Forwarded-* headers are trusted.",
    accepts: 'a whole number from 0 to 10, "true" (1) or "false" (0)',
    parse: (text) => text === "true" ? 1 : text === "false" ? 0 : wholeNumber(text, 10),
  }),
  authRate: limit({
    env: "CONFAB_AUTH_RATE",
    flag: "auth-rate",
    default: "300",
    help: "Signups and logins per minute and address, successful ones too (signups and " +
      "failed logins have lower limits); 0 for no limit at all.",
  }),
  sendRate: staffLimit({
    env: "CONFAB_SEND_RATE",
    flag: "send-rate",
    default: "",
    defaultHelp: "10; staff may set it in the browser",
    help: "Messages per second and user; 0 for no limit.",
  }),
  roomRate: staffLimit({
    env: "CONFAB_ROOM_RATE",
    flag: "room-rate",
    // Someone who lifts one limit does not expect the other.
    default: (written) => written("sendRate") === "0" ? "0" : "",
    defaultHelp: "200, or what staff set in the browser; no limit if CONFAB_SEND_RATE is 0",
    help: "Rooms a user may create per hour, all at once or one by one; 0 for no limit.",
  }),
  connectionsPerUser: limit({
    env: "CONFAB_CONNECTIONS_PER_USER",
    flag: "connections-per-user",
    default: "20",
    help: "Open connections per user; 0 for no limit.",
  }),
  connectionsPerAddress: limit({
    env: "CONFAB_CONNECTIONS_PER_ADDRESS",
    flag: "connections-per-address",
    default: "2000",
    help: "Open connections per address, of which up to 100 not yet signed in; 0 for no limit.",
  }),
  memoryLimit: setting<number | null>({
    env: "CONFAB_MEMORY_LIMIT",
    flag: "memory-limit",
    default: "",
    defaultHelp: "half of the machine's memory, from 256 to 2048",
    help: "Memory in MiB above which connections that use too much are closed; 0 for no limit.",
    accepts: "a whole number of MiB, at least 192, or 0 for no limit",
    parse: memorySize,
  }),
  log: setting({
    env: "CONFAB_LOG",
    flag: "log",
    default: "info",
    help: "The least severe level that is logged.",
    accepts: '"debug", "info", "warn" or "error"',
    parse: (text): LogLevel | undefined => oneOf(text, ["debug", "info", "warn", "error"]),
  }),
  /** Which of the workers this process is, from 1; 0 where it has the port to itself. */
  worker: setting({
    env: "CONFAB_NTH_WORKER",
    flag: "",
    default: "0",
    help: "Set for each worker by the process that starts it.",
    accepts: "a whole number from 0 to 64",
    parse: (text) => wholeNumber(text, 64),
    internal: true,
  }),
  denoDeploy: setting({
    env: "DENO_DEPLOY",
    flag: "",
    default: "",
    help: "Set by Deno Deploy, which keeps no files.",
    accepts: "any text",
    parse: (text): boolean | undefined => text !== "" && text !== "0",
    internal: true,
  }),
  metrics: setting({
    env: "CONFAB_METRICS",
    flag: "metrics",
    default: "local",
    help:
      "Who may read `/metrics` (Prometheus): `local`, only requests from this machine itself; " +
      "`open`, everybody; `off`, nobody; HOST:PORT, whoever reaches that port of its own.",
    accepts: '"local", "off", "open" or HOST:PORT',
    parse: metricsDoor,
  }),
  development: setting({
    env: "CONFAB_DEVELOPMENT",
    flag: "",
    default: "0",
    help: "Loads scripts and styles from Vite's development server; dev.ts sets it.",
    accepts: '"0" or "1"',
    parse: (text) => text === "1" ? true : text === "0" ? false : undefined,
    internal: true,
  }),
};
