/**
 * Whose turn it is in a flush. A round goes once, in parts, through all connections with something
 * waiting, and each gets what there is when its turn comes: nothing waits longer than one round. It
 * knows neither rooms nor when to flush.
 */
import type { Connection } from "../sockets/connection.ts";
import { SharedFrames } from "./shared_frames.ts";

/**
 * Characters passed to the runtime before it may write them: it copies what it is passed, and
 * copying again from the processor's cache costs a fraction.
 */
const PART = 128 * 1024;

export class Rounds {
  /** The connections of the next round. */
  #waiting = new Set<Connection>();
  /** The remaining connections of the current round; null between rounds. */
  #turns: Iterator<Connection> | null = null;
  readonly #sharedFrames = new SharedFrames();

  /**
   * @param gather moves what has happened since into the connections' own queues
   * @param onBehind ends a connection whose client does not read
   */
  constructor(
    private readonly gather: () => void,
    private readonly onBehind: (connection: Connection) => void,
  ) {}

  /** Something is waiting for this connection. */
  add(connection: Connection): void {
    this.#waiting.add(connection);
  }

  remove(connection: Connection): void {
    this.#waiting.delete(connection);
  }

  /** Sends to the next connections; false if more remain in this round. */
  sendPart(): boolean {
    this.gather();
    const turns = this.#turns ??= this.#begin();
    for (let characters = 0; characters < PART;) {
      const { value: connection, done } = turns.next();
      if (done) return this.#end();
      characters += connection.waiting;
      // A connection on hold comes back by itself when it is released.
      if (!connection.flush(this.#sharedFrames)) this.onBehind(connection);
    }
    return false;
  }

  #begin(): Iterator<Connection> {
    const turns = this.#waiting.values();
    this.#waiting = new Set();
    return turns;
  }

  #end(): true {
    this.#turns = null;
    this.#sharedFrames.clear();
    return true;
  }
}
