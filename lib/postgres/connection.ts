/**
 * One connection to PostgreSQL that knows when it is lost: the server went away, froze, or ended the
 * session. Knows no table and no operation.
 */
import type { PostgresAddress } from "./address.ts";
import { Client } from "./pg.ts";
import type { Notification, QueryResult, QuerySettings } from "./pg_types.ts";

/** Milliseconds until a server that does not answer is given up. */
const CONNECT_TIMEOUT = 3_000;
/** Longer than the server's own limit: reached only by a server that has frozen. */
const ANSWER_TIMEOUT = 8_000;
/** Milliseconds that a goodbye may take. */
const GOODBYE = 1_000;

/**
 * For each session. `synchronous_commit`: what was acknowledged must be on the disk, whatever the
 * operator has set for others; stronger settings are kept. `jit`: our statements are short.
 */
const SESSION = `SELECT
  set_config('lock_timeout', '2000', false),
  set_config('statement_timeout', '5000', false),
  set_config('idle_in_transaction_session_timeout', '5000', false),
  set_config('jit', 'off', false),
  set_config('synchronous_commit',
    replace(current_setting('synchronous_commit'), 'off', 'on'), false)`;

/** Without limits of time: for a migration, which may take minutes or wait for another node's. */
const PATIENT_SESSION = SESSION.replace("'2000'", "'0'").replaceAll("'5000'", "'0'");

/** The server has gone or does not answer: what was asked last may or may not have happened. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

export interface ConnectionOptions {
  /** Waits for answers as long as they take. */
  patient?: boolean;
  /** Sends what is asked before the earlier is answered; all is answered in order. */
  pipeline?: boolean;
  /** Called once, when it is lost without having been closed. */
  onLost?(reason: string): void;
  onNotification?(notification: Notification): void;
}

export class Connection {
  readonly #client: Client;
  readonly #options: ConnectionOptions;
  #state: "open" | "lost" | "closed" = "open";

  /** Rejects with what the server or the network said, if it cannot be opened. */
  static async open(
    address: PostgresAddress,
    options: ConnectionOptions = {},
  ): Promise<Connection> {
    const client = createClient(address, options);
    const connection = new Connection(client, options);
    try {
      await client.connect();
      await client.query({ text: options.patient === true ? PATIENT_SESSION : SESSION });
      return connection;
    } catch (thrown) {
      connection.#state = "closed"; // whoever opens it is told by this error
      client.connection.stream.destroy();
      throw thrown;
    }
  }

  private constructor(client: Client, options: ConnectionOptions) {
    this.#client = client;
    this.#options = options;
    client.on("error", (error) => this.#lose(error.message));
    client.on("end", () => this.#lose("the connection was closed"));
    client.on("notification", (notification) => options.onNotification?.(notification));
  }

  get lost(): boolean {
    return this.#state !== "open";
  }

  /** Rejects with the server's error, or with `ConnectionLost`. */
  async query<Row>(query: QuerySettings): Promise<QueryResult<Row>> {
    if (this.lost) throw new ConnectionLost("there is no connection to the database");
    try {
      return await this.#client.query<Row>(query);
    } catch (thrown) {
      if (isAnswer(thrown) && !endsSession(thrown)) throw thrown;
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      this.#lose(reason);
      throw new ConnectionLost(reason, { cause: thrown });
    }
  }

  /** Never rejects. */
  async close(): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "closed";
    const cut = setTimeout(() => this.#destroy(), GOODBYE);
    await this.#client.end().catch(() => {});
    clearTimeout(cut);
  }

  /** For a connection whose session is no longer to be trusted: it is lost from now on. */
  abandon(reason: string): void {
    this.#lose(reason);
  }

  #lose(reason: string): void {
    if (this.#state !== "open") return;
    this.#state = "lost";
    this.#destroy();
    this.#options.onLost?.(reason);
  }

  #destroy(): void {
    this.#client.connection.stream.destroy();
  }
}

function createClient(address: PostgresAddress, options: ConnectionOptions): Client {
  const { patient = false, pipeline = false } = options;
  const client = new Client({
    host: address.host,
    port: address.port,
    user: address.user,
    database: address.database,
    password: () => {
      if (address.password === null) throw new Error("the server asks for a password");
      return address.password;
    },
    ssl: false,
    application_name: "confab",
    ...(address.options === null ? {} : { options: address.options }),
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

/** Whether the server itself has said it: only its answers have an SQLSTATE and a severity. */
function isAnswer(thrown: unknown): thrown is Error & { severity: string } {
  return thrown instanceof Error && "code" in thrown && "severity" in thrown;
}

function endsSession({ severity }: { severity: string }): boolean {
  return severity === "FATAL" || severity === "PANIC";
}
