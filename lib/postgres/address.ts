/**
 * Where a PostgreSQL server is and who asks there: from the URL and the variables that every
 * PostgreSQL client knows (PGHOST, PGPORT, …), the URL first. Pure; loads no client.
 */

export interface PostgresAddress {
  /** A name or an address; with a "/" at its start, the folder of the server's socket. */
  host: string;
  port: number;
  user: string;
  /** Null if none was given: the server may not ask for one. */
  password: string | null;
  database: string;
  /** Server settings for each session: `-c name=value`. */
  options: string | null;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables it reads. */
export const POSTGRES_VARIABLES = [
  "PGHOST",
  "PGPORT",
  "PGUSER",
  "PGPASSWORD",
  "PGDATABASE",
  "PGOPTIONS",
] as const;

export const isPostgresUrl = (text: string) => /^postgres(ql)?:/i.test(text);

/** `undefined` for a URL that cannot be read. */
export function readAddress(text: string, env: Variables): PostgresAddress | undefined {
  const url = /^postgres(ql)?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null) return undefined;
  try {
    const given = (name: string) => url.searchParams.get(name) || undefined;
    const port = Number(given("port") ?? (url.port || env.PGPORT || "5432"));
    const user = given("user") ?? (decodeURIComponent(url.username) || env.PGUSER || "postgres");
    const database = decodeURIComponent(url.pathname.slice(1)) || env.PGDATABASE || user;
    return {
      host: given("host") ?? (hostOf(url) || env.PGHOST || "localhost"),
      port,
      user,
      password: given("password") ?? (decodeURIComponent(url.password) || env.PGPASSWORD || null),
      database: given("dbname") ?? database,
      options: given("options") ?? (env.PGOPTIONS || null),
    };
  } catch {
    return undefined; // a percent sign that begins no character
  }
}

function hostOf(url: URL): string {
  return decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, "$1");
}

/** What Deno must allow the program to reach, for `--allow-net`. */
export function postgresPermission({ host, port }: PostgresAddress): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
