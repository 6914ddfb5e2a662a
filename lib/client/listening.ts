/**
 * Hands on every message of every room in order and one at a time, also what was said while nobody
 * listened: from the account's read mark on, which moves behind what has been handed on. So the
 * server remembers how far a bot has come. It must not know what is done with the messages.
 */
import type { ServerEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/messages.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { RequestError } from "./request_error.ts";
import type { Page } from "./timeline.ts";

export interface ListeningOptions {
  clock: Clock;
  userId: number;
  /** The rooms one is in, as they are now. */
  rooms(): ReadonlyMap<number, MemberRoom>;
  /** Up to where everything of the room is known; null where one is not in it any more. */
  known(room: number): number | null;
  /** The messages after `seq`, as many as fit. */
  page(room: number, seq: number): Promise<Page>;
  /** What it is all for. Not one's own messages, nor deleted ones. */
  hand(message: Message): Promise<void> | void;
  /** Everything up to here has been handed on. */
  done(room: number, seq: number): void;
  /** `hand` has thrown, or the server refuses for good: there is no going on in order. */
  failed(error: unknown): void;
}

/** How far one has come in a room. */
interface Place {
  upTo: number;
  /** What was heard and not handed on, by `seq`. */
  heard: Map<number, Message>;
  /** Counts what may have been missed: before the last of these was made up for, nothing live goes on. */
  gaps: number;
  closed: number;
  running: boolean;
}

export class Listening {
  readonly #options: ListeningOptions;
  readonly #places = new Map<number, Place>();
  readonly #retries = new Set<unknown>();
  #epoch: string | null = null;
  #attempt = 0;
  #stopped = false;

  constructor(options: ListeningOptions) {
    this.#options = options;
  }

  /** The rooms are known: what was said before is made up for. */
  begin(): void {
    for (const room of this.#options.rooms().keys()) this.#missed(room);
  }

  /** Call it with each event, after the engine has taken it in. */
  heard(event: ServerEvent): void {
    if (event.type === "ready") this.#ready(event.epoch);
    else if (event.type === "room") this.#missed(event.room.id);
    else if (event.type === "left") this.#places.delete(event.room);
    else if (event.type === "message") this.#take(event.room, [event.message]);
    else if (event.type === "changes") {
      if (event.reset) this.#missed(event.room);
      else this.#take(event.room, event.messages);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#retries) this.#options.clock.clearTimeout(timer);
  }

  #ready(epoch: string): void {
    // Another history: the numbers are other messages', and the server's mark is the one that counts.
    if (this.#epoch !== null && this.#epoch !== epoch) this.#places.clear();
    this.#epoch = epoch;
    this.begin();
  }

  #missed(room: number): void {
    const place = this.#placeOf(room);
    if (place === undefined) return;
    place.gaps++;
    void this.#run(room, place);
  }

  #take(room: number, messages: readonly Message[]): void {
    const place = this.#placeOf(room);
    if (place === undefined) return;
    for (const message of messages) {
      if (message.seq > place.upTo) place.heard.set(message.seq, message);
    }
    void this.#run(room, place);
  }

  #placeOf(id: number): Place | undefined {
    const room = this.#options.rooms().get(id);
    let place = this.#places.get(id);
    if (place === undefined && room !== undefined) {
      const upTo = room.membership.readSeq;
      place = { upTo, heard: new Map(), gaps: 1, closed: 0, running: false };
      this.#places.set(id, place);
    }
    return place;
  }

  async #run(room: number, place: Place): Promise<void> {
    if (place.running) return;
    place.running = true;
    try {
      while (await this.#step(room, place));
    } catch (error) {
      this.#later(room, place, error);
    } finally {
      place.running = false;
    }
  }

  /** False where there is nothing to do just now. */
  async #step(room: number, place: Place): Promise<boolean> {
    const known = this.#options.known(room);
    if (this.#stopped || known === null || this.#places.get(room) !== place) return false;
    const { gaps } = place;
    if (place.closed < gaps) {
      const page = known <= place.upTo ? null : await this.#options.page(room, place.upTo);
      for (const message of page?.messages ?? []) await this.#give(room, place, message);
      if (!page?.hasAfter) place.closed = gaps;
      this.#attempt = 0;
      return true;
    }
    const next = Math.min(...place.heard.keys());
    if (next > known) return false;
    await this.#give(room, place, place.heard.get(next)!);
    return true;
  }

  async #give(room: number, place: Place, message: Message): Promise<void> {
    if (this.#stopped || this.#places.get(room) !== place) return;
    place.heard.delete(message.seq);
    if (message.seq <= place.upTo) return;
    if (message.userId !== this.#options.userId && message.deletedAt === null) {
      try {
        await this.#options.hand(message);
      } catch (error) {
        // After the end its requests fail because it is the end.
        if (this.#stopped) return;
        this.stop();
        this.#options.failed(error);
        return;
      }
    }
    place.upTo = message.seq;
    this.#options.done(room, message.seq);
  }

  /** A page did not come: what is asked for again is what comes next, so that nothing is passed over. */
  #later(room: number, place: Place, error: unknown): void {
    const { clock } = this.#options;
    const isGone = error instanceof RequestError &&
      ["not_found", "forbidden", "unauthenticated", "other_session"].includes(error.code);
    if (isGone || this.#stopped) return;
    const timer = clock.setTimeout(() => {
      this.#retries.delete(timer);
      void this.#run(room, place);
    }, retryDelay(error, this.#attempt++, clock.random()));
    this.#retries.add(timer);
  }
}
