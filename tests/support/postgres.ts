/**
 * A real PostgreSQL for the tests that need one: Debian's, on a free port, its data in a temporary
 * folder. One cluster serves a file of tests, each of which takes an empty database of its own.
 * Nothing is synced to the disk unless a test asks for that, because the machine never loses power
 * here: a server that is killed or restarted still loses nothing that it committed.
 */
import assert from "node:assert/strict";
import { statfsSync } from "node:fs";
import { findProgram, Server, serverTest } from "./servers.ts";

const SUPERUSER = "confab";
/** A file system in memory, on Linux. A container may give it a few megabytes only. */
const MEMORY = "/dev/shm";
const ENOUGH_MEMORY = 2 ** 30;

export interface PostgresOptions {
  /** Asked of everybody (SCRAM); else everybody on this machine is trusted. */
  password?: string;
  /** Files in PEM; with `ca`, clients need a certificate that it signed and that names them. */
  tls?: { certificate: string; key: string; ca?: string };
  /** Commits wait for the disk, as in production. */
  durable?: boolean;
  /** More for postgresql.conf: "max_connections": "10". */
  settings?: Record<string, string>;
}

export interface Postgres extends AsyncDisposable {
  /** Of the database "postgres", as a superuser, with the password if there is one. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Where its Unix socket is, for PGHOST. */
  readonly folder: string;
  /** What the server wrote since its last start: the end of it. */
  log(): string;
  /** The URL of a fresh and empty database, or of a copy of one of these. */
  createDatabase(name?: string, original?: string): Promise<string>;
  /**
   * Those that were created go as soon as the next one is created, which saves a process of psql
   * each; a server that is away keeps them.
   */
  dropDatabases(): void;
  /** Runs SQL by psql, outside of all that is tested; answers rows as "a|b", one a line. */
  query(sql: string, url?: string): Promise<string>;
  /** "immediate" drops every connection and recovers, as after a crash; "fast" ends in order. */
  restart(options?: { mode?: "fast" | "immediate" }): Promise<void>;
  /** Ends in order; `start` brings it back. */
  stop(): Promise<void>;
  /** SIGKILL to the server and to all its backends. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It stands still, connections open. */
  freeze(): void;
  thaw(): void;
}

export type PostgresTest = (name: string, run: (postgres: Postgres) => Promise<void>) => void;

/** For a file of tests: call it once, and the answer for each test. They share a cluster. */
export function postgresTests(options: PostgresOptions = {}): PostgresTest {
  const missing = findPostgres() === null ? "PostgreSQL" : null;
  let shared: Promise<Postgres> | null = null;
  Deno.test.afterAll(async () => await (await shared)?.[Symbol.asyncDispose]());
  return (name, run) =>
    serverTest(missing, name, async () => {
      const postgres = await (shared ??= startPostgres(options));
      try {
        await run(postgres);
      } finally {
        postgres.dropDatabases();
      }
    });
}

/** Makes a cluster and starts it, in about a second. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const bin = findPostgres();
  assert(bin !== null, "There is no PostgreSQL.");
  const folder = await makeCluster(bin, options);
  const args = (port: number) => ["-D", `${folder}/data`, "-p", String(port), "-k", folder];
  const server = await Server.start({
    command: (port) => asOwner([`${bin}/postgres`, ...args(port)]),
    isReady: (port) => isReady(bin, port),
  });
  const secret = options.password === undefined ? "" : `:${encodeURIComponent(options.password)}`;
  const urlOf = (name: string) =>
    `postgres://${SUPERUSER}${secret}@127.0.0.1:${server.port}/${name}`;
  const query = (sql: string, url = urlOf("postgres")) => psql(bin, url, sql);
  let count = 0;
  const created: string[] = [];
  const unneeded: string[] = [];
  return {
    url: urlOf("postgres"),
    port: server.port,
    folder,
    get pid() {
      return server.pid;
    },
    log: () => server.words,
    query,
    async createDatabase(name = `test_${++count}`, original = "template1") {
      await psql(
        bin,
        urlOf("postgres"),
        ...unneeded.splice(0).map((old) => `DROP DATABASE IF EXISTS "${old}" WITH (FORCE)`),
        `CREATE DATABASE "${name}" TEMPLATE "${original}"`,
      );
      created.push(name);
      return urlOf(name);
    },
    dropDatabases: () => void unneeded.push(...created.splice(0)),
    async restart({ mode = "fast" } = {}) {
      await server.end(mode === "fast" ? "SIGINT" : "SIGQUIT");
      await server.start();
    },
    stop: () => server.end("SIGINT"),
    kill: () => server.end("SIGKILL"),
    start: () => server.start(),
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    async [Symbol.asyncDispose]() {
      // What a test leaves behind is thrown away: no reason to end in order.
      await server.end("SIGQUIT");
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** The folder with the programs: the newest of Debian's, or that of CONFAB_POSTGRES_BIN. */
function findPostgres(): string | null {
  const given = Deno.env.get("CONFAB_POSTGRES_BIN");
  const versions = [...readFolder("/usr/lib/postgresql")].map(Number).sort((a, b) => b - a);
  const folders = versions.map((version) => `/usr/lib/postgresql/${version}/bin`);
  const initdb = findProgram(["initdb"], given ? [given] : folders);
  return initdb === null ? null : initdb.slice(0, initdb.lastIndexOf("/"));
}

function readFolder(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name);
  } catch {
    return [];
  }
}

async function makeCluster(bin: string, options: PostgresOptions): Promise<string> {
  const folder = await Deno.makeTempDir({
    prefix: "confab-postgres-",
    ...(!options.durable && hasMemory() ? { dir: MEMORY } : {}),
  });
  await own(folder);
  const { password } = options;
  const secret = `${folder}/password`;
  const access = password === undefined ? ["-A", "trust"] : ["-A", "scram-sha-256"];
  if (password !== undefined) {
    await Deno.writeTextFile(secret, password);
    await own(secret);
    access.push(`--pwfile=${secret}`);
  }
  const made = ["--no-sync", "--no-locale", "-E", "UTF8", "-U", SUPERUSER];
  await run(asOwner([`${bin}/initdb`, "-D", `${folder}/data`, ...made, ...access]));
  const settings = { ...quick(options), ...await encrypt(folder, options), ...options.settings };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  await Deno.writeTextFile(`${folder}/data/postgresql.conf`, lines.join(""), { append: true });
  return folder;
}

/** A new database is a thousand files: in memory that takes a tenth of the time. */
function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_MEMORY;
  } catch {
    return false;
  }
}

const SMALL = {
  listen_addresses: "127.0.0.1",
  shared_buffers: "32MB",
  max_wal_size: "128MB",
  min_wal_size: "32MB",
  // In the folder, which is removed: a server that is killed leaves it behind elsewhere.
  dynamic_shared_memory_type: "mmap",
};

function quick({ durable = false }: PostgresOptions): Record<string, string> {
  const unsafe = { fsync: "off", full_page_writes: "off" };
  return { ...SMALL, ...(durable ? {} : unsafe) };
}

async function encrypt(
  folder: string,
  { tls, password }: PostgresOptions,
): Promise<Record<string, string>> {
  if (tls === undefined) return {};
  const place = async (name: string, from: string) => {
    await Deno.copyFile(from, `${folder}/${name}`);
    // PostgreSQL refuses a key that others may read.
    await Deno.chmod(`${folder}/${name}`, 0o600);
    await own(`${folder}/${name}`);
    return `${folder}/${name}`;
  };
  const method = tls.ca !== undefined ? "cert" : password !== undefined ? "scram-sha-256" : "trust";
  const plain = password === undefined ? "trust" : "scram-sha-256";
  const doors = `local all all ${plain}\nhostssl all all all ${method}\n`;
  await Deno.writeTextFile(`${folder}/data/pg_hba.conf`, doors);
  return {
    ssl: "on",
    ssl_cert_file: await place("server.crt", tls.certificate),
    ssl_key_file: await place("server.key", tls.key),
    ...(tls.ca === undefined ? {} : { ssl_ca_file: await place("ca.crt", tls.ca) }),
  };
}

/** PostgreSQL refuses to run as root: then it is Debian's user "postgres" who runs it. */
function asOwner([program, ...args]: string[]): { program: string; args: string[] } {
  if (Deno.uid() !== 0) return { program: program!, args };
  const who = ["--reuid=postgres", "--regid=postgres", "--clear-groups"];
  return { program: "setpriv", args: [...who, "--", program!, ...args] };
}

async function own(path: string): Promise<void> {
  if (Deno.uid() === 0) await run({ program: "chown", args: ["postgres:postgres", path] });
}

async function isReady(bin: string, port: number): Promise<boolean> {
  const args = ["-q", "-h", "127.0.0.1", "-p", String(port)];
  const { success } = await new Deno.Command(`${bin}/pg_isready`, { args }).output();
  return success;
}

/** Each of these is a transaction of its own. */
async function psql(bin: string, url: string, ...statements: string[]): Promise<string> {
  const commands = statements.flatMap((sql) => ["-c", sql]);
  const args = [url, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", ...commands];
  return (await run({ program: `${bin}/psql`, args })).trim();
}

async function run({ program, args }: { program: string; args: string[] }): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd: "/" }).output();
  assert(success, `${program}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
