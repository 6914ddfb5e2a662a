/**
 * Whose turn it is in a flush. A round goes once through all for whom something waits, in parts,
 * and each connection gets what there is when its turn comes: nothing waits for more than one
 * round, however long that takes. It knows neither rooms nor when to flush.
 */
import type { Connection } from "../sockets/connection.ts";
import { SharedFrames } from "./shared_frames.ts";

/**
 * Characters that are handed to the runtime before it may write them: it copies what it is handed,
 * and what still is in the processor's cache is copied again at a fraction of the cost.
 */
const PART = 128 * 1024;

export class Rounds {
  /** Those of the next round. */
  #waiting = new Set<Connection>();
  /** Those of the round under way who are still to come; null between rounds. */
  #turns: Iterator<Connection> | null = null;
  readonly #sharedFrames = new SharedFrames();

  /**
   * @param gather puts what has happened since into the connections' own queues
   * @param onBehind ends a connection whose client does not read
   */
  constructor(
    private readonly gather: () => void,
    private readonly onBehind: (connection: Connection) => void,
  ) {}

  /** Something waits for this connection. */
  add(connection: Connection): void {
    this.#waiting.add(connection);
  }

  remove(connection: Connection): void {
    this.#waiting.delete(connection);
  }

  /** Sends to those who are next; false where more are to come in this round. */
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
