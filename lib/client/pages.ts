/**
 * Which stretch of which room is loaded: opening rooms, paging, jumping. Asks for pages over
 * HTTP; what becomes of them in the state is `rooms.ts`'s matter.
 */
import { batch } from "@preact/signals";
import type { Message } from "../protocol/messages.ts";
import { firstUnread } from "../protocol/unread.ts";
import type { Api } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { evict, touch } from "./kept_rooms.ts";
import type { Landing } from "./model.ts";
import { RequestError, unreachable } from "./request_error.ts";
import { within } from "./patience.ts";
import type { Rooms } from "./rooms.ts";
import { dividerOf, type EngineState, landingOf, setIn } from "./state.ts";
import { edgeOf, hasMessage, type History, historyOf, withLoading } from "./timeline.ts";
import { type Page, takePage } from "./timeline.ts";

/** A page that has not come by then is lost (ms): nobody else ends a request on a dead line. */
const PAGE_DEADLINE = 20_000;

export interface PagesOptions {
  clock: Clock;
  state: EngineState;
  api: Api;
  rooms: Rooms;
  /** Messages have arrived in a page. */
  onMessages(messages: readonly Message[]): void;
  /** A read mark of one's own that the server may not know yet; 0 where there is none. */
  pendingMark(room: number): number;
}

export interface Pages {
  open(room: number, aroundSeq?: number): Promise<void>;
  close(): void;
  before(): Promise<void>;
  after(): Promise<void>;
  newest(): Promise<void>;
  unread(): Promise<void>;
  /** Around a message of the open room, which is then shown where it stood. */
  place(seq: number, top: number): Promise<void>;
  /** Puts the "new messages" line before what is unread in the open room now. */
  renewDivider(): void;
  /** Loads the open room where nothing of it is loaded, nor on its way; again where that fails. */
  ensure(): Promise<void>;
  /** Another history of the database: pages that are on their way are of none that is shown. */
  forget(): void;
  stop(): void;
}

export function createPages(options: PagesOptions): Pages {
  const { clock, state, api, rooms } = options;
  const { histories, openRoom } = state;
  /** room → the last load of a whole page; an older one that comes later is dropped. */
  const loads = new Map<number, symbol>();

  /** Counts the histories of the database. */
  let era = 0;
  let retry: unknown = null;
  let failures = 0;

  const historyOfRoom = (room: number) => histories.peek().get(room);
  const me = () => state.me.peek().id;

  function show(room: number, history: History): void {
    rooms.setHistory(room, history);
    evict(state);
  }

  /** Null where it is of a history that the database no longer has. */
  async function fetchPage(room: number, query: string): Promise<Page | null> {
    const mine = era;
    const asked = api<Page>("GET", `/api/rooms/${room}/messages${query}`);
    const page = await within(clock, asked, PAGE_DEADLINE);
    if (page === "silent") throw unreachable();
    if (mine !== era) return null;
    options.onMessages(page.messages);
    return page;
  }

  /** Replaces what is loaded by another page. */
  async function load(room: number, query: string, landed: () => void): Promise<void> {
    const mine = Symbol();
    loads.set(room, mine);
    setLoading(room, "page");
    try {
      const page = await fetchPage(room, query);
      if (page === null || loads.get(room) !== mine || rooms.known(room) === null) return;
      // At once: as soon as the reader sees the messages, they begin to be read.
      batch(() => {
        show(room, historyOf(page));
        landed();
      });
    } finally {
      if (loads.get(room) === mine) {
        loads.delete(room);
        setLoading(room, "none");
      }
    }
  }

  /** Lengthens the stretch at one end. */
  async function extend(side: "before" | "after"): Promise<void> {
    const room = openRoom.peek();
    const timeline = room === null ? undefined : historyOfRoom(room)?.timeline;
    if (room === null || timeline === undefined || timeline.loading !== "none") return;
    const edge = edgeOf(timeline.messages, side);
    if (edge === undefined || !(side === "before" ? timeline.hasBefore : timeline.hasAfter)) return;
    setLoading(room, side);
    try {
      const page = await fetchPage(room, `?${side}=${edge}`);
      const history = historyOfRoom(room);
      // Trimmed or replaced meanwhile, the stretch would not meet this page.
      if (history === undefined || edgeOf(history.timeline.messages, side) !== edge) return;
      if (page !== null && history.timeline.loading === side) {
        show(room, takePage(history, page, side));
      }
    } finally {
      if (historyOfRoom(room)?.timeline.loading === side) setLoading(room, "none");
    }
  }

  function setLoading(room: number, loading: History["timeline"]["loading"]): void {
    const history = historyOfRoom(room);
    if (history !== undefined) setIn(histories, room, withLoading(history, loading));
  }

  async function open(room: number, aroundSeq?: number): Promise<void> {
    const known = state.rooms.peek().get(room);
    if (known === undefined) throw new RequestError("not_found", "There is no such room.");
    const again = openRoom.peek() === room && historyOfRoom(room) !== undefined;
    openRoom.value = room;
    state.highlightSeq.value = aroundSeq ?? null;
    state.missing.value = false;
    state.landing.value = again && aroundSeq === undefined
      ? { kind: "return" }
      : landingOf(known, aroundSeq);
    if (!again) state.dividerSeq.value = dividerOf(known, historyOfRoom(room), me());
    touch(state, room);
    evict(state);
    await loadLanding(room);
  }

  /** Loads what the open room's landing needs, where it is not loaded. */
  async function loadLanding(room: number): Promise<void> {
    const landing = state.landing.peek();
    const query = queryFor(room, landing, historyOfRoom(room));
    const landed = () => {
      if (openRoom.peek() !== room || state.landing.peek() !== landing) return;
      if (landing.kind === "unread") renewDivider();
      const history = historyOfRoom(room);
      state.missing.value = landing.kind === "message" && history !== undefined &&
        !hasMessage(history, landing.seq);
    };
    if (query === null) landed();
    else await load(room, query, landed);
  }

  function queryFor(room: number, landing: Landing, history: History | undefined): string | null {
    switch (landing.kind) {
      case "message":
      case "place":
        if (history !== undefined && hasMessage(history, landing.seq)) return null;
        return `?around=${landing.seq}`;
      case "unread": {
        const readSeq = state.rooms.peek().get(room)?.membership.readSeq ?? 0;
        if (history !== undefined && firstUnread(history.timeline, readSeq, me())) return null;
        // The server may not know yet how far one has read.
        return options.pendingMark(room) > 0 ? `?around=${readSeq + 1}` : "?around=unread";
      }
      case "newest":
        return history === undefined || history.timeline.hasAfter ? "" : null;
      case "return":
        return null;
    }
  }

  function renewDivider(): void {
    const room = state.rooms.peek().get(openRoom.peek() ?? 0);
    if (room === undefined) return;
    state.dividerSeq.value = dividerOf(room, historyOfRoom(room.id), me());
  }

  /** In the open room, to another place. */
  async function land(landing: Landing): Promise<void> {
    const room = openRoom.peek();
    if (room === null) return;
    state.highlightSeq.value = null;
    state.landing.value = landing;
    await loadLanding(room);
  }

  async function ensure(): Promise<void> {
    clock.clearTimeout(retry);
    const room = state.rooms.peek().get(openRoom.peek() ?? 0);
    if (room === undefined || historyOfRoom(room.id) !== undefined || loads.has(room.id)) return;
    const landing = state.landing.peek();
    // A new object: the view carries it out anew.
    state.landing.value = landing.kind === "message" ? { ...landing } : landingOf(room);
    // What it was drawn for may be of another history by now.
    state.dividerSeq.value = dividerOf(room, undefined, me());
    try {
      await loadLanding(room.id);
      failures = 0;
    } catch (error) {
      const delay = retryDelay(error, failures++, clock.random());
      retry = clock.setTimeout(() => ensure().catch(() => {}), delay);
      throw error;
    }
  }

  return {
    open: (room, aroundSeq) => open(room, aroundSeq).catch(retried),
    close() {
      openRoom.value = null;
      state.highlightSeq.value = null;
      state.dividerSeq.value = null;
      state.missing.value = false;
      evict(state);
    },
    before: () => extend("before"),
    after: () => extend("after"),
    newest: () => land({ kind: "newest" }),
    unread: () => land({ kind: "unread" }),
    place: (seq, top) => land({ kind: "place", seq, top }),
    renewDivider,
    ensure,
    forget() {
      era++;
      loads.clear();
    },
    stop: () => clock.clearTimeout(retry),
  };

  /** The first page failed: nobody but the reader, by leaving, would ask for it again. */
  function retried(error: unknown): never {
    if (openRoom.peek() !== null && historyOfRoom(openRoom.peek()!) === undefined) {
      clock.clearTimeout(retry);
      retry = clock.setTimeout(() => ensure().catch(() => {}), retryDelay(error));
    }
    throw error;
  }
}
