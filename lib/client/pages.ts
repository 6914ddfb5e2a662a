/**
 * Which stretch of which room is loaded: opening rooms, paging, jumping. Asks for pages over
 * HTTP; what becomes of them in the state is `rooms.ts`'s matter.
 */
import type { Message } from "../protocol/objects.ts";
import type { Api } from "./api.ts";
import { RequestError } from "./model.ts";
import type { Rooms } from "./rooms.ts";
import { deleteIn, dividerOf, type EngineState, setIn } from "./state.ts";
import { type History, historyOf, type Page, takePage, trimmed, withLoading } from "./timeline.ts";

/** Rooms whose messages stay loaded after they were left for another. */
const CACHED_ROOMS = 10;
/** Messages that stay of a room that nobody looks at. */
const CACHED_MESSAGES = 100;

export interface PagesOptions {
  state: EngineState;
  api: Api;
  rooms: Rooms;
  /** Messages have arrived in a page. */
  onMessages(messages: readonly Message[]): void;
}

export interface Pages {
  open(room: number, aroundSeq?: number): Promise<void>;
  close(): void;
  before(): Promise<void>;
  after(): Promise<void>;
  newest(): Promise<void>;
  /** Loads the open room where nothing of it is loaded, nor on its way. */
  ensure(): Promise<void>;
}

export function createPages({ state, api, rooms, onMessages }: PagesOptions): Pages {
  const { histories, openRoom } = state;
  /** room → the last load of a whole page; an older one that comes later is dropped. */
  const loads = new Map<number, symbol>();

  const historyOfRoom = (room: number) => histories.peek().get(room);

  function show(room: number, history: History): void {
    rooms.setHistory(room, history);
    evict();
  }

  async function fetchPage(room: number, query: string): Promise<Page> {
    const page = await api<Page>("GET", `/api/rooms/${room}/messages${query}`);
    onMessages(page.messages);
    return page;
  }

  /** Replaces what is loaded by another page. */
  async function load(room: number, query: string): Promise<void> {
    const mine = Symbol();
    loads.set(room, mine);
    setLoading(room, "page");
    try {
      const page = await fetchPage(room, query);
      if (loads.get(room) === mine && rooms.known(room) !== null) show(room, historyOf(page));
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
      if (history.timeline.loading === side) show(room, takePage(history, page, side));
    } finally {
      if (historyOfRoom(room)?.timeline.loading === side) setLoading(room, "none");
    }
  }

  function setLoading(room: number, loading: History["timeline"]["loading"]): void {
    const history = historyOfRoom(room);
    if (history !== undefined) setIn(histories, room, withLoading(history, loading));
  }

  /** The open room becomes the latest; of the others the oldest go. */
  function evict(): void {
    const open = openRoom.peek();
    for (const [room, history] of histories.peek()) {
      if (room === open) continue;
      if (histories.peek().size > CACHED_ROOMS) deleteIn(histories, room);
      else setIn(histories, room, trimmed(history, CACHED_MESSAGES));
    }
  }

  function touch(room: number): void {
    const history = historyOfRoom(room);
    if (history === undefined) return;
    deleteIn(histories, room);
    setIn(histories, room, history);
  }

  async function open(room: number, aroundSeq?: number): Promise<void> {
    const known = state.rooms.peek().get(room);
    if (known === undefined) throw new RequestError("not_found", "There is no such room.");
    if (openRoom.peek() !== room) state.dividerSeq.value = dividerOf(known);
    openRoom.value = room;
    state.highlightSeq.value = aroundSeq ?? null;
    touch(room);
    evict();
    const timeline = historyOfRoom(room)?.timeline;
    if (aroundSeq !== undefined) {
      const loaded = timeline?.messages.some(({ seq }) => seq === aroundSeq);
      if (!loaded) await load(room, `?around=${aroundSeq}`);
    } else if (timeline === undefined || timeline.hasAfter) await load(room, "");
  }

  return {
    open,
    close() {
      openRoom.value = null;
      state.highlightSeq.value = null;
      state.dividerSeq.value = null;
      evict();
    },
    before: () => extend("before"),
    after: () => extend("after"),
    async newest() {
      const room = openRoom.peek();
      state.highlightSeq.value = null;
      if (room !== null && historyOfRoom(room)?.timeline.hasAfter !== false) await load(room, "");
    },
    async ensure() {
      const room = openRoom.peek();
      if (room !== null && historyOfRoom(room) === undefined && !loads.has(room)) {
        await load(room, "");
      }
    },
  };
}

function edgeOf(messages: readonly Message[], side: "before" | "after"): number | undefined {
  return messages.at(side === "before" ? 0 : -1)?.seq;
}
