/** Opens a session with a PostgreSQL server: encrypted or not, signed in, with Confab's settings. */
import { type PostgresAddress, socketOf } from "./address.ts";
import { Client } from "./pg.ts";
import { CannotConnect } from "./sentences.ts";
import { attemptsOf, readTlsOptions, type TlsOptions } from "./tls.ts";

/** Milliseconds until a server that does not answer is given up. */
const CONNECT_TIMEOUT = 3_000;
/** Longer than the server's own limit: reached only by a server that has frozen. */
const ANSWER_TIMEOUT = 8_000;

/**
 * For each session. `synchronous_commit`: what was acknowledged must be on the disk, whatever the
 * operator has set for others; stronger settings are kept. `jit`: our statements are short. The
 * isolation: what follows a lock must see what was committed while the lock was waited for.
 */
const SESSION = `SELECT
  set_config('lock_timeout', '2000', false),
  set_config('statement_timeout', '5000', false),
  set_config('idle_in_transaction_session_timeout', '5000', false),
  set_config('jit', 'off', false),
  set_config('default_transaction_isolation', 'read committed', false),
  set_config('synchronous_commit',
    replace(current_setting('synchronous_commit'), 'off', 'on'), false),
  pg_is_in_recovery() AS standby`;

/** Without limits of time: for a migration, which may take minutes or wait for another node's. */
const PATIENT_SESSION = SESSION.replace("'2000'", "'0'").replaceAll("'5000'", "'0'");

/**
 * A standby answers questions with what was true a while ago, and takes no writes: after a failover
 * a node must not stay with the server that was the primary.
 */
class ReadOnlyServer extends Error {
  readonly code = "25006"; // read_only_sql_transaction, as what it would answer to a write
}

export interface ClientOptions {
  /** Waits for answers as long as they take. */
  patient?: boolean;
  /** Sends what is asked before the earlier is answered; all is answered in order. */
  pipeline?: boolean;
}

/** Throws `CannotConnect`. */
export async function openClient(
  address: PostgresAddress,
  options: ClientOptions = {},
): Promise<Client> {
  const attempts = attemptsOf(address.tls.mode, socketOf(address) !== null);
  try {
    const tls = attempts.includes(true) ? await readTlsOptions(address.tls) : {};
    for (const [index, encrypted] of attempts.entries()) {
      try {
        return await openSession(address, encrypted ? tls : false, options);
      } catch (thrown) {
        const isLast = index === attempts.length - 1;
        if (isLast || !isAboutEncryption(thrown)) throw thrown;
      }
    }
    throw new Error("no way to connect was tried");
  } catch (thrown) {
    throw new CannotConnect(address, thrown);
  }
}

/** Whether the other way, with or without TLS, may be what the server wants. */
function isAboutEncryption(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const refused = "code" in thrown && thrown.code === "28000"; // invalid_authorization_specification
  return refused || thrown.message === "The server does not support SSL connections";
}

async function openSession(
  address: PostgresAddress,
  ssl: TlsOptions | false,
  options: ClientOptions,
): Promise<Client> {
  const client = createClient(address, ssl, options);
  client.on("error", () => {}); // the promise below rejects with the same
  if (address.tls.channelBinding === "require") demandChannelBinding(client);
  try {
    await client.connect();
    const text = options.patient === true ? PATIENT_SESSION : SESSION;
    const { rows: [session] } = await client.query<{ standby: number }>({ text });
    if (session?.standby === 1) throw new ReadOnlyServer();
    return client;
  } catch (thrown) {
    client.connection.stream.destroy();
    throw thrown;
  }
}

function createClient(
  address: PostgresAddress,
  ssl: TlsOptions | false,
  { patient = false, pipeline = false }: ClientOptions,
): Client {
  const { options, tls } = address;
  const client = new Client({
    host: address.host,
    port: address.port,
    user: address.user,
    database: address.database,
    password: () => passwordOf(address),
    ssl,
    ...(ssl === false || !tls.direct ? {} : { sslnegotiation: "direct" }),
    enableChannelBinding: tls.channelBinding !== "disable",
    application_name: address.applicationName,
    ...(options === null ? {} : { options }),
    keepAlive: true,
    pipeline,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    ...(patient ? {} : { query_timeout: ANSWER_TIMEOUT }),
  });
  // bool, int8, numeric: the store's values are numbers, all of them below 2 ** 53.
  client.setTypeParser(16, (text) => text === "t" ? 1 : 0);
  client.setTypeParser(20, Number);
  client.setTypeParser(1700, Number);
  return client;
}

/** Whoever cannot bind the sign-in to the connection gets no password. */
function demandChannelBinding({ connection }: Client): void {
  let isBound = false;
  const refuse = () =>
    connection.stream.destroy(new Error("it offers no channel binding, which the settings demand"));
  connection.on("authenticationSASL", ({ mechanisms }) => {
    isBound = mechanisms.includes("SCRAM-SHA-256-PLUS");
    if (!isBound) refuse();
  });
  connection.on("authenticationCleartextPassword", refuse);
  connection.on("authenticationMD5Password", refuse);
  connection.on("authenticationOk", () => isBound || refuse());
}

/** Asked only if the server wants one. */
function passwordOf({ password }: PostgresAddress): string {
  if (password !== null) return password;
  throw new Error("the server asks for a password: write it in the URL, or set PGPASSWORD");
}
