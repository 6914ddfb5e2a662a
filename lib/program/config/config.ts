/**
 * Reads and documents the settings in the table of `settings.ts`. Pure: variables and arguments
 * come in, no file is touched.
 */
import {
  AddressError,
  isPostgresUrl,
  POSTGRES_VARIABLES,
  type Variables,
} from "../../postgres/address.ts";
import { ProviderError } from "../../oidc/provider.ts";
import type { Setting } from "./setting.ts";
import { SETTINGS } from "./settings.ts";
import { providersIn } from "./sign_in.ts";

/** A setting has an invalid value; the message names the setting and says what it accepts. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Name = keyof typeof SETTINGS;

/** Never shown on a terminal or in a log: a URL may contain a password. */
const SECRETS: readonly Name[] = [
  "secret",
  "database",
  "redis",
  "oidcClientSecret",
  "oidcProviders",
  "smtp",
  "s3SecretKey",
];

/** The settings as the program uses them. A limit of 0 is off. */
export type Config = {
  readonly [N in Name]: Exclude<ReturnType<typeof SETTINGS[N]["parse"]>, undefined>;
};

const NAMES = Object.keys(SETTINGS) as Name[]; // the table's own keys

/** The variables of the settings, for Deno's permissions. */
export const ENVIRONMENT_VARIABLES: string[] = NAMES.map((name) => SETTINGS[name].env);

/** What `readConfig` goes by; other programs' variables only where the settings name their server. */
export function readEnvironment(
  args: readonly string[],
  get: (name: string) => string | undefined,
): Variables {
  const urls = [get("DATABASE_URL") ?? "", ...args.map((arg) => arg.replace(/^--database=/, ""))];
  const others = urls.some((url) => isPostgresUrl(url.trim())) ? POSTGRES_VARIABLES : [];
  return Object.fromEntries([...ENVIRONMENT_VARIABLES, ...others].map((name) => [name, get(name)]));
}

/**
 * Reads settings from flags ("--port 80", "--port=80"), then variables, then defaults. An empty
 * variable counts as unset. Throws `ConfigError` for an invalid value or an unknown flag.
 */
export function readConfig(
  env: Variables,
  args: readonly string[] = [],
): Config {
  const flags = readFlags(args);
  const written = (name: string): string => {
    const { env: variable, default: standard } = SETTINGS[name as Name]; // names of this table
    const value = flags.get(name as Name) ?? env[variable]?.trim();
    if (value !== undefined && value !== "") return value;
    return typeof standard === "string" ? standard : standard(written);
  };
  const config = Object.fromEntries(
    NAMES.map((name) => [name, parse(name, written(name), flags.has(name), env)]),
  );
  return coherent(config as Config); // one entry for each name, each from its own `parse`
}

/** Throws `ConfigError` for settings that are each right and make no sense together. */
function coherent(config: Config): Config {
  if (config.redis !== null && config.database.kind === "sqlite") {
    throw new ConfigError(
      "REDIS_URL joins several Confabs on one PostgreSQL database, but this one keeps its data in " +
        "SQLite, which belongs to one program alone: leave REDIS_URL out, or name a PostgreSQL " +
        "database in DATABASE_URL.",
    );
  }
  if ((config.tlsCertificate === null) !== (config.tlsKey === null)) {
    throw new ConfigError(
      "CONFAB_TLS_CERT and CONFAB_TLS_KEY belong together: set both, or neither to serve " +
        "without TLS.",
    );
  }
  if (config.denoDeploy) leaveToDenoDeploy(config);
  demandPostgres(config);
  refuseProviders(config);
  demandOrigin(config);
  demandKeys(config);
  return config;
}

/** A link in a letter must not lead where the `Host` of whoever asked for it says. */
function demandOrigin({ smtp, origins, mailFrom }: Config): void {
  if (smtp === null) return;
  if (origins[0] === undefined) {
    throw new ConfigError(
      "CONFAB_SMTP needs CONFAB_ORIGIN: letters have links to this site, whose address nobody " +
        'else can tell. Set it to where people reach the chat, such as "https://chat.example.org".',
    );
  }
  if (mailFrom !== null) return;
  throw new ConfigError(
    "CONFAB_SMTP needs CONFAB_MAIL_FROM: the address that letters are from, such as " +
      '"chat@example.org".',
  );
}

function demandKeys({ files, s3AccessKey, s3SecretKey }: Config): void {
  if (files.kind !== "s3" || (s3AccessKey !== null && s3SecretKey !== null)) return;
  throw new ConfigError(
    "CONFAB_FILES names a bucket, which needs CONFAB_S3_ACCESS_KEY and CONFAB_S3_SECRET_KEY.",
  );
}

/** Told at the start, and not to the first person who wants to come in. */
function refuseProviders(config: Config): void {
  try {
    providersIn(config);
  } catch (thrown) {
    if (thrown instanceof ProviderError) throw new ConfigError(thrown.message);
    throw thrown;
  }
}

/** Its first listener is the one that people reach, and processes are its own business. */
function leaveToDenoDeploy({ workers, metrics, tlsKey }: Config): void {
  if (workers === 1 && metrics.at !== "port" && tlsKey === null) return;
  throw new ConfigError(
    "Deno Deploy has its own processes, ports and certificates: leave out CONFAB_WORKERS, " +
      "CONFAB_TLS_CERT, CONFAB_TLS_KEY and a port in CONFAB_METRICS.",
  );
}

/** What SQLite, a file that belongs to one process on one machine, cannot be used for. */
function demandPostgres({ database, workers, denoDeploy }: Config): void {
  if (database.kind !== "sqlite") return;
  if (workers > 1) {
    throw new ConfigError(
      "CONFAB_WORKERS needs PostgreSQL: processes that share one SQLite file wait for each " +
        "other's writes, so that together they are slower than one. Leave CONFAB_WORKERS out, or " +
        "name a PostgreSQL database in DATABASE_URL.",
    );
  }
  if (denoDeploy) {
    throw new ConfigError(
      "Deno Deploy keeps no files, so that Confab would lose its messages there: attach a " +
        "PostgreSQL database to the app, which sets DATABASE_URL.",
    );
  }
}

function readFlags(args: readonly string[]): Map<Name, string> {
  const flags = new Map<Name, string>();
  for (let i = 0; i < args.length; i++) {
    const { name, flag, inline } = settingOf(args[i]!);
    if (name === undefined) throw unknownArgument(args[i]!);
    const value = inline ?? args[++i];
    if (value === undefined || value === "") throw new ConfigError(`--${flag} needs a value.`);
    flags.set(name, value);
  }
  return flags;
}

function settingOf(argument: string) {
  const [, flag, inline] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
  const name = NAMES.find((each) => flag !== undefined && SETTINGS[each].flag === flag);
  return { name, flag, inline };
}

/** Whether it sets a setting: "--port", "--port=80". */
export function isSettingFlag(argument: string): boolean {
  return settingOf(argument).name !== undefined;
}

export function unknownArgument(argument: string): ConfigError {
  return new ConfigError(`Unknown argument "${argument}"; --help lists what there is.`);
}

function parse(name: Name, text: string, fromFlag: boolean, variables: Variables): unknown {
  const { env, flag, accepts, parse } = SETTINGS[name];
  const value = attempt(() => parse(text, variables), fromFlag ? `--${flag}` : env);
  if (value !== undefined) return value;
  const shown = SECRETS.includes(name) ? "" : `, not "${text.slice(0, 100)}"`;
  throw new ConfigError(`${fromFlag ? `--${flag}` : env} must be ${accepts}${shown}.`);
}

/** What is wrong about an address, it says itself. */
function attempt(parse: () => unknown, setting: string): unknown {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof AddressError) throw new ConfigError(`${setting}: ${thrown.message}`);
    throw thrown;
  }
}

/** The list of settings in `--help`. */
export function settingsHelp(): string {
  return visible().map(({ env, flag, help, standard }) =>
    `  ${env}${flag === "" ? "" : `, --${flag}`}\n      ${help} Default: ${standard}.`
  ).join("\n");
}

/** The table of settings in the documentation, as Markdown. */
export function settingsTable(): string {
  const rows = visible().map(({ env, flag, help, standard }) =>
    `| \`${env}\` | ${flag === "" ? "" : `\`--${flag}\``} | ${standard} | ${help} |`
  );
  return ["| variable | flag | default | meaning |", "| --- | --- | --- | --- |", ...rows]
    .join("\n");
}

function visible() {
  return NAMES.map((name): Setting<unknown> => SETTINGS[name])
    .filter((each) => !each.internal)
    .map(({ env, flag, help, defaultHelp, default: standard }) => ({
      env,
      flag,
      help,
      standard: defaultHelp ?? (typeof standard === "string" ? standard : ""),
    }));
}
