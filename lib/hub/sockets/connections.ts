/**
 * The connections of this node: the open ones, and those told to close that have not closed yet. It
 * knows no rooms and no people; those who track them are told when a connection is gone.
 */
import type { Caller } from "../../auth/caller.ts";
import type { EventLoop } from "../../event_loop.ts";
import type { HubCounts } from "../../metrics/counts.ts";
import { CLOSE, type CloseCode } from "../../protocol/codes.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { Connection } from "./connection.ts";
import { challenge, cutLingering, forgive, PAUSE_MS, silent, sweep } from "./keepalive.ts";

/**
 * How long a shutdown waits at most for peers to close (ms): enough for the socket's lingering and
 * a round trip, and short compared with the time clients take to reconnect.
 */
export const GOODBYE_MS = 300;
/**
 * In so many parts: of a pause of the server's own only one counts. Close frames that it has yet to
 * write go out before the next.
 */
const GOODBYE_PARTS = 6;

/** A connection from which no whole message has arrived for a while. */
export interface Suspect {
  /** Null if it has not signed in. */
  readonly caller: Caller | null;
  readonly address: string;
  /** Ends it now, without waiting for the peer. */
  cut(): void;
}

export interface ConnectionsOptions {
  /** Wall clock, ms since the epoch. */
  now(): number;
  loop: Pick<EventLoop, "now" | "every">;
  /** Called once for each connection that has gone. */
  onGone(connection: Connection): void;
  counts: Pick<HubCounts, "dropped">;
}

export class Connections {
  readonly #here = new Set<Connection>();
  /** Connections told to close, and when; their peers have not closed yet. */
  readonly #leaving = new Map<Connection, Ticks>();
  /** From `sayGoodbye` on: until all have gone. */
  #goodbye: PromiseWithResolvers<void> | null = null;
  #challengedAt = 0 as Ticks;
  #sweptAt: Ticks;

  constructor(private readonly options: ConnectionsOptions) {
    this.#sweptAt = options.loop.now();
  }

  get all(): ReadonlySet<Connection> {
    return this.#here;
  }

  /** How many connections there are of each phase; `closing`: told to close. */
  phases(): Record<"anonymous" | "loading" | "live" | "closing", number> {
    const phases = { anonymous: 0, loading: 0, live: 0, closing: this.#leaving.size };
    for (const { phase } of this.#here) if (phase !== "closed") phases[phase] += 1;
    return phases;
  }

  /** Whether everybody has been told to leave: no new connections. */
  get closing(): boolean {
    return this.#goodbye !== null;
  }

  add(connection: Connection): void {
    this.#here.add(connection);
  }

  /** Its socket has really ended. */
  ended(connection: Connection): void {
    this.#leaving.delete(connection);
    if (this.#leaving.size === 0) this.#goodbye?.resolve();
    this.#forget(connection);
  }

  /** Forgets a connection at once and closes its socket. */
  drop(connection: Connection, code: CloseCode, reason: string): void {
    if (connection.phase !== "closed") {
      this.#leaving.set(connection, this.options.loop.now());
      this.options.counts.dropped.add(String(code));
    }
    connection.close(code, reason);
    this.#forget(connection);
  }

  /** Finds connections that are silent, or whose session has expired. */
  sweep(connections: Iterable<Connection> = this.#here): void {
    const { loop, now } = this.options;
    const times = { monotonic: loop.now(), wall: now() };
    this.#forgivePause(times.monotonic);
    sweep(connections, times, (...drop) => this.drop(...drop));
  }

  #forgivePause(now: Ticks): void {
    const pause = now - this.#sweptAt;
    this.#sweptAt = now;
    if (pause > PAUSE_MS) forgive(this.#here, this.#leaving, { pause, now });
  }

  /** Cuts off connections that were told to close and have not. */
  cutLingering(): void {
    cutLingering(this.#leaving, this.options.loop.now());
  }

  /** Asks every connection at once for a sign of life: a whole message. */
  challenge(): void {
    this.#challengedAt = this.options.loop.now();
    challenge(this.#here, this.#challengedAt);
  }

  /**
   * First connections that were told to close and have not, then those that gave no sign since,
   * longest silent first.
   */
  suspects(): Suspect[] {
    const silentOnes = silent(this.#here, this.#challengedAt);
    return [...this.#leaving.keys(), ...silentOnes].map((connection) => ({
      caller: connection.caller,
      address: connection.place.address,
      cut: () => this.#cut(connection),
    }));
  }

  /**
   * Says goodbye to everyone, sends what is waiting, closes. Resolves when every socket has closed,
   * or after `GOODBYE_MS`.
   */
  async sayGoodbye(reason: string, retryAfter: number): Promise<void> {
    this.#goodbye = Promise.withResolvers();
    for (const connection of [...this.#here]) {
      connection.push({ type: "bye", reason, retryAfter });
      this.drop(connection, CLOSE.restarting, reason);
    }
    if (this.#leaving.size === 0) return;
    const { promise, resolve } = this.#goodbye;
    let parts = 0;
    const stopWaiting = this.options.loop.every(GOODBYE_MS / GOODBYE_PARTS, () => {
      if (++parts === GOODBYE_PARTS) resolve();
    });
    await promise;
    stopWaiting();
  }

  /** Ends those of these people (null: of all) whose session is open to them no more; may fail. */
  async recheck(
    isValid: (sessionId: number) => Promise<boolean>,
    people: ReadonlySet<number> | null,
  ): Promise<void> {
    for (const connection of [...this.#here]) {
      const { caller } = connection;
      if (caller === null || people?.has(caller.user.id) === false) continue;
      if (await isValid(caller.sessionId)) continue;
      this.drop(connection, CLOSE.unauthenticated, "a second factor is required");
    }
  }

  /** After `sayGoodbye`: ends what its peer has not closed. */
  cutOff(): void {
    for (const connection of [...this.#leaving.keys()]) this.#cut(connection);
  }

  #cut(connection: Connection): void {
    this.#leaving.delete(connection);
    connection.cut();
    this.#forget(connection);
  }

  #forget(connection: Connection): void {
    if (!this.#here.delete(connection)) return;
    connection.phase = "closed";
    this.options.onGone(connection);
  }
}
