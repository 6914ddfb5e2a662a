/**
 * Delivers every message of every room, in order and one at a time, including those sent while
 * nothing was listening: it starts at the account's read mark, and moves the mark past what has
 * been delivered. So the server remembers how far a bot has got. It must not know what is done with
 * the messages.
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
  /** The account's rooms, as they are now. */
  rooms(): ReadonlyMap<number, MemberRoom>;
  /** How far the room is fully known; null if the account has left it. */
  known(room: number): number | null;
  /** The messages after `seq`, one page. */
  page(room: number, seq: number): Promise<Page>;
  /** Gets the messages, except the account's own and deleted ones. */
  hand(message: Message): Promise<void> | void;
  /** Everything up to here has been delivered. */
  done(room: number, seq: number): void;
  /** `hand` has thrown, or the server refuses for good: it cannot continue in order. */
  failed(error: unknown): void;
}

/** How far delivery has got in a room. */
interface Place {
  upTo: number;
  /** Messages received and not yet delivered, by `seq`. */
  heard: Map<number, Message>;
  /** Counts gaps: until the last gap has been filled, no live messages are delivered. */
  gaps: number;
  closed: number;
  running: boolean;
  /** Something has come since the last step began: events of one frame come without a pause. */
  woken: boolean;
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

  /** The rooms are known: catches up on earlier messages. */
  begin(): void {
    for (const room of this.#options.rooms().keys()) this.#missed(room);
  }

  /** Call it with each event, after the engine has processed it. */
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
    // Another history: the numbers belong to other messages, and the server's mark counts.
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
      place = { upTo, heard: new Map(), gaps: 1, closed: 0, running: false, woken: false };
      this.#places.set(id, place);
    }
    return place;
  }

  async #run(room: number, place: Place): Promise<void> {
    place.woken = true;
    if (place.running) return;
    place.running = true;
    try {
      do place.woken = false; while (await this.#step(room, place) || place.woken);
    } catch (error) {
      this.#later(room, place, error);
    } finally {
      place.running = false;
    }
  }

  /** False if there is nothing to do now. */
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
        // After the end, requests fail because of the end.
        if (this.#stopped) return;
        this.stop();
        this.#options.failed(error);
        return;
      }
    }
    place.upTo = message.seq;
    this.#options.done(room, message.seq);
  }

  /** A page did not arrive: request the same one again, so that nothing is skipped. */
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
