/**
 * One connection to PostgreSQL that knows when it is lost: the server went away, froze, or ended the
 * session. Knows no table and no operation.
 */
import type { PostgresAddress } from "./address.ts";
import { type ClientOptions, openClient } from "./client.ts";
import type { Client } from "./pg.ts";
import type { Notification, QueryResult, QuerySettings } from "./pg_types.ts";

/** Milliseconds that a goodbye may take. */
const GOODBYE = 1_000;

/** The server has gone or does not answer: what was asked last may or may not have happened. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

export interface ConnectionOptions extends ClientOptions {
  /** Called once, when it is lost without having been closed. */
  onLost?(reason: string): void;
  onNotification?(notification: Notification): void;
}

export class Connection {
  readonly #client: Client;
  readonly #options: ConnectionOptions;
  #state: "open" | "lost" | "closed" = "open";

  /** Throws `CannotConnect`. */
  static async open(
    address: PostgresAddress,
    options: ConnectionOptions = {},
  ): Promise<Connection> {
    return new Connection(await openClient(address, options), options);
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

/** Whether the server itself has said it: only its answers have an SQLSTATE and a severity. */
function isAnswer(thrown: unknown): thrown is Error & { code: unknown; severity: string } {
  return thrown instanceof Error && "code" in thrown && "severity" in thrown;
}

/** Also where the server takes no writes any more: its address may lead to another one by now. */
function endsSession({ code, severity }: { code: unknown; severity: string }): boolean {
  return severity === "FATAL" || severity === "PANIC" || code === "25006";
}
