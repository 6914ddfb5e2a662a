/**
 * A connection that comes back by itself: lost, it is opened again at once, then after ever longer
 * pauses. Knows nothing about what is said on it.
 */
import { Connection, ConnectionLost, type ConnectionOptions } from "./connection.ts";
import type { Outage } from "./outage.ts";

/** Milliseconds before the second attempt; each later one waits twice as long. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

export interface LastingConnectionOptions<Session> {
  open(options: Pick<ConnectionOptions, "onLost">): Promise<Connection>;
  /** What is kept for as long as one connection lives. */
  begin(connection: Connection): Session | Promise<Session>;
  outage: Outage;
}

export class LastingConnection<Session> {
  readonly #options: LastingConnectionOptions<Session>;
  #connection: Connection | null = null;
  /** The session, or the attempt to get one; null before the first, and during a pause. */
  #session: Promise<Session> | null = null;
  #attempts = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #reason = "";
  #closed = false;

  constructor(options: LastingConnectionOptions<Session>) {
    this.#options = options;
  }

  /** There is a connection, as far as is known. */
  get isOpen(): boolean {
    return this.#connection !== null;
  }

  /**
   * Opens the connection if there is none. Rejects at once during a pause: a caller is better told
   * now than after a wait.
   */
  ready(): Promise<Session> {
    if (this.#closed || this.#pause !== undefined) {
      return Promise.reject(new ConnectionLost(this.#reason));
    }
    return this.#session ??= this.#open();
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#pause);
    await this.#session?.catch(() => {});
    await this.#connection?.close();
    this.#connection = null;
  }

  async #open(): Promise<Session> {
    const { open, outage } = this.#options;
    try {
      const connection = await open({ onLost: (reason) => this.#lose(connection, reason) });
      const session = await this.#begin(connection);
      this.#connection = connection;
      if (connection.lost) throw new ConnectionLost("it was lost at once");
      this.#attempts = 0;
      outage.end(this);
      return session;
    } catch (thrown) {
      this.#fail(thrown instanceof Error ? thrown.message : String(thrown));
      throw new ConnectionLost(this.#reason, { cause: thrown });
    }
  }

  /** A connection with which nothing can begin is not left open: there will be another attempt. */
  async #begin(connection: Connection): Promise<Session> {
    try {
      return await this.#options.begin(connection);
    } catch (thrown) {
      await connection.close();
      throw thrown;
    }
  }

  #lose(connection: Connection, reason: string): void {
    if (this.#connection !== connection) return; // it is being opened: `#open` sees that it is lost
    this.#connection = this.#session = null;
    this.#options.outage.begin(this, reason);
    if (!this.#closed) this.ready().catch(() => {}); // the next pause has begun
  }

  #fail(reason: string): void {
    this.#connection = this.#session = null;
    this.#reason = reason;
    this.#options.outage.begin(this, reason);
    if (this.#closed) return;
    const pause = Math.min(FIRST_PAUSE * 2 ** this.#attempts++, LONGEST_PAUSE);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.ready().catch(() => {}); // the next pause has begun
    }, pause);
  }
}
