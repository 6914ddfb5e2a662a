/**
 * Where a PostgreSQL server is, who asks there and how it is proved that it is the right one: from
 * its URL and from the variables that every PostgreSQL client knows, as libpq reads them. Pure:
 * nothing is opened or read here, and no client is loaded.
 *
 *     postgres[ql]://[USER[:PASSWORD]@][HOST][:PORT][/DATABASE][?PARAMETER=VALUE&…]
 */

const SSL_MODES = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;

const CHANNEL_BINDINGS = ["disable", "prefer", "require"] as const;

/** `allow`: only if the server insists; `prefer`: if the server can; the rest: always. */
export type SslMode = typeof SSL_MODES[number];

export interface PostgresAddress {
  /** A name or an address; if it begins with a "/", the folder of the server's socket. */
  host: string;
  port: number;
  user: string;
  /** Null if none was given: the server must not ask for one. */
  password: string | null;
  database: string;
  /** Server settings for each session: `-c name=value`. */
  options: string | null;
  /** The name that the server shows its operator. */
  applicationName: string;
  tls: TlsAddress;
}

/** Files are in PEM. */
export interface TlsAddress {
  mode: SslMode;
  /** Who must have signed the server's certificate; `system`: anybody whom this machine trusts. */
  authority: "system" | { file: string };
  client: { certificate: string; key: string; keyPassword: string | null } | null;
  /** The sign-in is bound to the encrypted connection, so that nobody in between can pass it on. */
  channelBinding: typeof CHANNEL_BINDINGS[number];
  /** TLS from the first byte (PostgreSQL 17). */
  direct: boolean;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** What it says is for the operator, and holds no password. */
export class AddressError extends Error {
  override readonly name = "AddressError";
}

/** By libpq's names of the parameters. */
const VARIABLES: Readonly<Record<string, string>> = {
  host: "PGHOST",
  port: "PGPORT",
  user: "PGUSER",
  password: "PGPASSWORD",
  dbname: "PGDATABASE",
  options: "PGOPTIONS",
  application_name: "PGAPPNAME",
  sslmode: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  sslnegotiation: "PGSSLNEGOTIATION",
  channel_binding: "PGCHANNELBINDING",
};

/** The variables it reads. */
export const POSTGRES_VARIABLES: readonly string[] = [...Object.values(VARIABLES), "USER"];

const PARAMETERS = [...Object.keys(VARIABLES), "sslpassword", "ssl"];

/** Parameters that change nothing here: Confab has its own time limits, or the server decides. */
const WITHOUT_EFFECT = [
  "client_encoding",
  "connect_timeout",
  "fallback_application_name",
  "gssencmode",
  "keepalives",
  "keepalives_count",
  "keepalives_idle",
  "keepalives_interval",
  "sslcompression",
  "sslsni",
  "target_session_attrs",
  "tcp_user_timeout",
];

export const isPostgresUrl = (text: string) => /^postgres(ql)?:/i.test(text);

/** Parameters come before the URL's parts, and these before variables. Throws `AddressError`. */
export function readAddress(text: string, variables: Variables): PostgresAddress {
  const given = new Given(text, variables);
  const user = given.get("user") ?? (variables.USER || null);
  if (user === null) {
    throw new AddressError("It names no user: write one before the host, or set PGUSER.");
  }
  return {
    host: hostOf(given),
    port: portOf(given),
    user,
    password: given.get("password"),
    database: given.get("dbname") ?? user,
    options: given.get("options"),
    applicationName: given.get("application_name") ?? "confab",
    tls: tlsOf(given),
  };
}

/** What was given under libpq's names. */
class Given {
  readonly #url: Map<string, string>;
  readonly #variables: Variables;

  constructor(text: string, variables: Variables) {
    this.#url = partsOf(text);
    this.#variables = variables;
  }

  get(name: string): string | null {
    const value = this.#url.get(name) ?? (this.#variables[VARIABLES[name] ?? ""] || null);
    if (value?.includes("\0")) throw new AddressError(`${this.whereIs(name)} holds a NUL.`);
    return value;
  }

  /** For a sentence. */
  whereIs(name: string): string {
    return this.#url.has(name) || VARIABLES[name] === undefined ? `Its ${name}` : VARIABLES[name];
  }

  oneOf<const T extends string>(name: string, accepted: readonly T[]): T | null {
    const value = this.get(name);
    if (value === null) return null;
    const found = accepted.find((each) => each === value);
    if (found !== undefined) return found;
    throw new AddressError(`${this.whereIs(name)} must be one of ${accepted.join(", ")}.`);
  }

  /** Deno's permission lists cannot express a path with a comma. */
  file(name: string): string | null {
    const value = this.get(name);
    if (value?.includes(",")) {
      throw new AddressError(`${this.whereIs(name)} has a comma in its path.`);
    }
    return value;
  }
}

const SHAPE = '"postgres://USER:PASSWORD@HOST:PORT/DATABASE", with special characters of the ' +
  "password written as %XX";

/** Not `URL`: it takes no user before an empty host, which is how a socket is written. */
const URL_PARTS =
  /^postgres(?:ql)?:\/\/(?:([^:@/?#]*)(?::([^/?#]*))?@)?(\[[^\]]*\]|[^:/?#@]*)(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

function partsOf(text: string): Map<string, string> {
  const url = URL_PARTS.exec(text);
  if (url === null) throw new AddressError(`It must look like ${SHAPE}.`);
  const [, user, password, host, port, database, search = ""] = url.map((part) => part ?? "");
  const parts: (readonly [string, string])[] = [
    ["host", unescaped(host!).replace(/^\[(.*)\]$/, "$1")],
    ["port", port!],
    ["user", unescaped(user!)],
    ["password", unescaped(password!)],
    ["dbname", unescaped(database!)],
  ];
  // Not `searchParams`: to them a "+" is a blank.
  const query = search.split("&").filter((each) => each !== "").map((each) => {
    const [name = "", ...value] = each.split("=");
    return [unescaped(name), unescaped(value.join("="))] as const;
  });
  const unknown = query.find(([name]) => ![...PARAMETERS, ...WITHOUT_EFFECT].includes(name));
  if (unknown !== undefined) {
    throw new AddressError(`It has a parameter that Confab does not know: "${unknown[0]}".`);
  }
  return new Map([...parts, ...query].filter(([, value]) => value !== ""));
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AddressError(`It has a "%" without two digits after it; it must look like ${SHAPE}.`);
  }
}

const SEVERAL = "It names several servers; Confab uses one.";

/** Not libpq's default, a socket that is in another folder on each system. */
function hostOf(given: Given): string {
  const host = given.get("host") ?? "localhost";
  if (host.includes(",")) throw new AddressError(SEVERAL);
  if (host.startsWith("/") || /^[\w.:%-]+$/.test(host)) return host;
  throw new AddressError(`${given.whereIs("host")} must be a name, an address, or a folder.`);
}

function portOf(given: Given): number {
  const text = given.get("port") ?? "5432";
  if (text.includes(",")) throw new AddressError(SEVERAL);
  if (/^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536) return Number(text);
  throw new AddressError(`${given.whereIs("port")} must be a whole number from 1 to 65535.`);
}

function tlsOf(given: Given): TlsAddress {
  const root = given.file("sslrootcert");
  const mode = given.oneOf("sslmode", SSL_MODES) ?? defaultMode(given, root);
  if (root === "system" && mode !== "verify-full") {
    throw new AddressError(
      "With sslrootcert=system, sslmode must be verify-full: anybody can get a certificate for " +
        "another name.",
    );
  }
  const [certificate, key] = [given.file("sslcert"), given.file("sslkey")];
  if ((certificate === null) !== (key === null)) {
    throw new AddressError("sslcert and sslkey belong together: set both, or neither.");
  }
  return {
    // libpq: with a certificate to compare with, "require" compares.
    mode: mode === "require" && root !== null ? "verify-ca" : mode,
    authority: root === null || root === "system" ? "system" : { file: root },
    client: certificate === null || key === null
      ? null
      : { certificate, key, keyPassword: given.get("sslpassword") },
    channelBinding: given.oneOf("channel_binding", CHANNEL_BINDINGS) ?? "prefer",
    direct: given.oneOf("sslnegotiation", ["postgres", "direct"]) === "direct",
  };
}

/** Whoever says who must have signed the certificate wants it looked at. */
function defaultMode(given: Given, root: string | null): SslMode {
  if (root !== null) return "verify-full";
  const ssl = given.oneOf("ssl", ["true", "false", "1", "0"]);
  if (ssl === null) return "prefer";
  return ssl === "true" || ssl === "1" ? "require" : "disable";
}

/** The address without what is secret, for logs and errors. */
export function showAddress(address: PostgresAddress): string {
  return `the database "${address.database}" at ${placeOf(address)}`;
}

/** Where its socket is, if it is one in the file system. */
export function socketOf({ host, port }: PostgresAddress): string | null {
  return host.startsWith("/") ? `${host.replace(/\/$/, "")}/.s.PGSQL.${port}` : null;
}

function placeOf(address: PostgresAddress): string {
  const { host, port } = address;
  return socketOf(address) ?? `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
