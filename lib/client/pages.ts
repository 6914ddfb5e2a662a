/**
 * Which stretch of which room is loaded: opening rooms, paging, jumping. Requests pages over HTTP;
 * `rooms.ts` puts them into the state.
 */
import { batch } from "@preact/signals";
import type { Message } from "../protocol/messages.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Api } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { evict, touch } from "./kept_rooms.ts";
import { dividerOf, isMissing, landingOf, pageFor } from "./landing.ts";
import type { Landing } from "./model.ts";
import { RequestError, unreachable } from "./request_error.ts";
import { within } from "./patience.ts";
import type { ReadMarks } from "./read_marks.ts";
import type { Rooms } from "./rooms.ts";
import { type EngineState, setIn } from "./state.ts";
import { edgeOf, historyOf, takePage, withLoading } from "./timeline.ts";
import type { LoadedHistory, Page } from "./timeline.ts";

/** A page that has not arrived by then is lost (ms): nothing else ends a dead request. */
const PAGE_DEADLINE = 20_000;

export interface PagesOptions {
  clock: Clock;
  state: EngineState;
  api: Api;
  rooms: Rooms;
  marks: ReadMarks;
  /** Called when messages have arrived in a page. */
  onMessages(messages: readonly Message[]): void;
}

export class Pages {
  readonly #options: PagesOptions;
  readonly #state: EngineState;
  /** room → the last load of a whole page; an older one that arrives later is dropped. */
  readonly #loads = new Map<number, symbol>();
  /** Counts the histories of the database. */
  #era = 0;
  #retry: unknown = null;
  #failures = 0;

  constructor(options: PagesOptions) {
    this.#options = options;
    this.#state = options.state;
  }

  async open(room: number, aroundSeq?: number): Promise<void> {
    try {
      await this.#open(room, aroundSeq);
    } catch (error) {
      // Otherwise only the reader, by leaving, would cause the first page to be requested again.
      const open = this.#state.openRoom.peek();
      if (open !== null && this.#history(open) === undefined) this.#ensureAfter(retryDelay(error));
      throw error;
    }
  }

  close(): void {
    const state = this.#state;
    state.openRoom.value = null;
    state.highlightSeq.value = null;
    state.dividerSeq.value = null;
    state.missing.value = false;
    evict(state);
  }

  before(): Promise<void> {
    return this.#extend("before");
  }

  after(): Promise<void> {
    return this.#extend("after");
  }

  newest(): Promise<void> {
    return this.#land({ kind: "newest" });
  }

  unread(): Promise<void> {
    return this.#land({ kind: "unread" });
  }

  /** Loads around a message of the open room, which is then shown where it was. */
  place(seq: number, top: number): Promise<void> {
    return this.#land({ kind: "place", seq, top });
  }

  /** Puts the "new messages" line before the first message now unread in the open room. */
  renewDivider(): void {
    const room = this.#state.rooms.peek().get(this.#state.openRoom.peek() ?? 0);
    if (room !== undefined) this.#divide(room, this.#history(room.id));
  }

  /** Loads the open room if nothing of it is loaded or on its way; retries on failure. */
  async ensure(): Promise<void> {
    const { clock, state } = this.#options;
    clock.clearTimeout(this.#retry);
    const room = state.rooms.peek().get(state.openRoom.peek() ?? 0);
    if (room === undefined || this.#history(room.id) || this.#loads.has(room.id)) return;
    const landing = state.landing.peek();
    // A new object: the view carries it out again.
    state.landing.value = landing.kind === "message" ? { ...landing } : landingOf(room);
    // The database's history may have changed since the line was placed.
    this.#divide(room, undefined);
    try {
      await this.#loadLanding(room.id);
      this.#failures = 0;
    } catch (error) {
      this.#ensureAfter(retryDelay(error, this.#failures++, clock.random()));
      throw error;
    }
  }

  /** Another history of the database: pages on their way belong to the old one. */
  forget(): void {
    this.#era++;
    this.#loads.clear();
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#retry);
  }

  async #open(room: number, aroundSeq?: number): Promise<void> {
    const state = this.#state;
    const known = state.rooms.peek().get(room);
    if (known === undefined) throw new RequestError("not_found", "There is no such room.");
    const history = this.#history(room);
    const again = state.openRoom.peek() === room && history !== undefined;
    state.openRoom.value = room;
    state.highlightSeq.value = aroundSeq ?? null;
    state.missing.value = false;
    state.landing.value = again && aroundSeq === undefined
      ? { kind: "return" }
      : landingOf(known, aroundSeq);
    if (!again) this.#divide(known, history);
    touch(state, room);
    evict(state);
    await this.#loadLanding(room);
  }

  /** Moves to another place in the open room. */
  async #land(landing: Landing): Promise<void> {
    const room = this.#state.openRoom.peek();
    if (room === null) return;
    this.#state.highlightSeq.value = null;
    this.#state.landing.value = landing;
    await this.#loadLanding(room);
  }

  /** Loads what the open room's landing needs, unless it is loaded. */
  async #loadLanding(room: number): Promise<void> {
    const state = this.#state;
    const landing = state.landing.peek();
    const query = pageFor(landing, this.#history(room), {
      me: state.me.peek().id,
      readSeq: state.rooms.peek().get(room)?.membership.readSeq ?? 0,
      isAhead: this.#options.marks.pending(room) > 0,
    });
    const landed = () => {
      if (state.openRoom.peek() !== room || state.landing.peek() !== landing) return;
      if (landing.kind === "unread") this.renewDivider();
      state.missing.value = isMissing(landing, this.#history(room));
    };
    if (query === null) landed();
    else await this.#load(room, query, landed);
  }

  /** Replaces what is loaded with another page. */
  async #load(room: number, query: string, landed: () => void): Promise<void> {
    const mine = Symbol();
    const isLast = () => this.#loads.get(room) === mine;
    this.#loads.set(room, mine);
    this.#setLoading(room, "page");
    try {
      const page = await this.#fetch(room, query);
      if (page === null || !isLast() || this.#options.rooms.known(room) === null) return;
      // At once: as soon as the reader sees the messages, they start to count as read.
      batch(() => {
        this.#show(room, historyOf(page));
        landed();
      });
    } finally {
      if (isLast()) {
        this.#loads.delete(room);
        this.#setLoading(room, "none");
      }
    }
  }

  /** Extends the stretch at one end. */
  async #extend(side: "before" | "after"): Promise<void> {
    const room = this.#state.openRoom.peek() ?? 0;
    const timeline = this.#history(room)?.timeline;
    if (timeline === undefined || timeline.loading !== "none") return;
    const edge = edgeOf(timeline.messages, side);
    if (edge === undefined || !(side === "before" ? timeline.hasBefore : timeline.hasAfter)) return;
    this.#setLoading(room, side);
    try {
      const page = await this.#fetch(room, `?${side}=${edge}`);
      const history = this.#history(room);
      // If it was trimmed or replaced meanwhile, the stretch would not connect to this page.
      if (history === undefined || edgeOf(history.timeline.messages, side) !== edge) return;
      if (page !== null && history.timeline.loading === side) {
        this.#show(room, takePage(history, page, side));
      }
    } finally {
      if (this.#history(room)?.timeline.loading === side) this.#setLoading(room, "none");
    }
  }

  /** Null if it belongs to a history that the database no longer has. */
  async #fetch(room: number, query: string): Promise<Page | null> {
    const { clock, api, onMessages } = this.#options;
    const era = this.#era;
    const asked = api<Page>("GET", `/api/rooms/${room}/messages${query}`);
    const page = await within(clock, asked, PAGE_DEADLINE);
    if (page === "silent") throw unreachable();
    if (era !== this.#era) return null;
    onMessages(page.messages);
    return page;
  }

  #history(room: number): LoadedHistory | undefined {
    return this.#state.histories.peek().get(room);
  }

  #show(room: number, history: LoadedHistory): void {
    this.#options.rooms.setHistory(room, history);
    evict(this.#state);
  }

  #setLoading(room: number, loading: LoadedHistory["timeline"]["loading"]): void {
    const history = this.#history(room);
    if (history) setIn(this.#state.histories, room, withLoading(history, loading));
  }

  #divide(room: MemberRoom, history: LoadedHistory | undefined): void {
    this.#state.dividerSeq.value = dividerOf(room, history, this.#state.me.peek().id);
  }

  #ensureAfter(delay: number): void {
    const { clock } = this.#options;
    clock.clearTimeout(this.#retry);
    this.#retry = clock.setTimeout(() => this.ensure().catch(() => {}), delay);
  }
}
