/**
 * Whose turn it is in a flush. A round goes once, in parts, through all connections with something
 * waiting, and each gets what there is when its turn comes: nothing waits longer than one round. It
 * knows neither rooms nor when to flush.
 */
import type { HubCounts } from "../../metrics/counts.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { Connection } from "../sockets/connection.ts";
import type { Screens } from "./screens.ts";
import { SharedFrames } from "./shared_frames.ts";
import { msBetween, type Stamp, stampOf } from "./stamp.ts";

/**
 * Characters passed to the runtime before it may write them: it copies what it is passed, and
 * copying again from the processor's cache costs a fraction.
 */
const PART = 128 * 1024;
/** Connections between two looks at the clock: sending to them takes about a millisecond. */
const CLOCK_EVERY = 64;

export interface RoundsOptions {
  /** Moves what has happened since into the connections' own queues. */
  gather(): void;
  /** Ends a connection whose client does not read. */
  onBehind(connection: Connection): void;
  counts: Pick<HubCounts, "frameDelay" | "ack">;
  screens: Screens;
  now(): Ticks;
}

export class Rounds {
  /** The connections of the next round. */
  #waiting: Connection[] = [];
  /** The connections of the current round; null between rounds. */
  #turns: Connection[] | null = null;
  /** How many of them have had their turn. */
  #served = 0;
  readonly #sharedFrames = new SharedFrames();

  constructor(private readonly options: RoundsOptions) {}

  /** Something is waiting for this connection: it gets it when its turn comes, or a new one. */
  add(connection: Connection): void {
    if (connection.awaitsTurn) return;
    connection.awaitsTurn = true;
    this.#waiting.push(connection);
  }

  /** Sends to the next connections; false if more remain in this round. */
  sendPart(): boolean {
    const { gather, onBehind, screens, now } = this.options;
    gather();
    screens.beginPart(this.#turns === null);
    const turns = this.#turns ??= this.#begin();
    let clock = stampOf(now());
    for (let [characters, count] = [0, 1]; characters < PART; count++) {
      if (this.#served === turns.length) return this.#end();
      const connection = turns[this.#served++]!;
      connection.awaitsTurn = false;
      characters += connection.waiting;
      const since = connection.outgoing.since;
      // A connection on hold comes back by itself when it is released.
      if (!connection.flush(this.#sharedFrames)) onBehind(connection);
      if (count % CLOCK_EVERY === 0) clock = stampOf(now());
      if (since !== 0 && connection.outgoing.empty) this.#note(connection, since, clock);
    }
    screens.endPart();
    return false;
  }

  #note(connection: Connection, since: Stamp, clock: Stamp): void {
    const { counts } = this.options;
    counts.frameDelay.add(msBetween(since, clock));
    if (connection.acked === null) return;
    const now = this.options.now();
    for (const arrivedAt of connection.acked) counts.ack.add(now - arrivedAt);
    connection.acked = null;
  }

  #begin(): Connection[] {
    const turns = this.#waiting;
    this.#waiting = [];
    this.#served = 0;
    return turns;
  }

  #end(): true {
    this.#turns = null;
    this.#sharedFrames.clear();
    this.options.screens.endPart();
    this.options.screens.endRound(this.#waiting.length > 0);
    return true;
  }
}
