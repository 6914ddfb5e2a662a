/**
 * Which replies of one open thread are loaded: pages over HTTP, kept up to date by the room's own
 * events. It must not know who reads them, nor where the reader is.
 */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ErrorCode } from "../protocol/codes.ts";
import type { Message } from "../protocol/messages.ts";
import type { ThreadPage } from "../protocol/threads.ts";
import { indexFrom } from "../protocol/unread.ts";
import type { Api } from "./api.ts";
import type { Clock } from "./environment.ts";
import type { Timeline } from "./model.ts";
import { within } from "./patience.ts";
import { RequestError, unreachable } from "./request_error.ts";
import { edgeOf, hasMessage, historyOf, takeNews, takePage, withLoading } from "./timeline.ts";
import type { LoadedHistory } from "./timeline.ts";

/** A page that has not arrived by then is lost (ms), as one of a room (`pages.ts`). */
const PAGE_DEADLINE = 20_000;

export interface ThreadPagesOptions {
  clock: Clock;
  api: Api;
  /** The thread's first message, if it is known already. */
  root: Message | null;
  /** A page is shown; `page` is null where messages came by themselves. */
  onShown(page: ThreadPage | null): void;
  /** Called when messages have arrived in a page. */
  onMessages(messages: readonly Message[]): void;
}

export class ThreadPages {
  readonly root = signal<Message | null>(null);
  /** Why nothing is loaded. */
  readonly failed = signal<ErrorCode | "offline" | null>(null);
  /** The root, where the first reply is loaded, and the replies. */
  readonly timeline: ReadonlySignal<Timeline | null>;
  readonly #id: number;
  readonly #options: ThreadPagesOptions;
  readonly #history = signal<LoadedHistory | null>(null);
  /** The last load of a whole page; an older one that arrives later is dropped. */
  #load: symbol | null = null;
  /** How many pages are on their way, and what has come meanwhile. */
  #underWay = 0;
  #news: Message[] = [];

  constructor(id: number, options: ThreadPagesOptions) {
    this.#id = id;
    this.#options = options;
    this.root.value = options.root;
    this.timeline = computed(() => withRoot(this.root.value, this.#history.value));
  }

  get isLoaded(): boolean {
    return this.#history.peek() !== null;
  }

  has(seq: number): boolean {
    const messages = this.timeline.peek()?.messages ?? [];
    return messages[indexFrom(messages, seq)]?.seq === seq;
  }

  heard(messages: readonly Message[]): void {
    const ours = messages.filter(({ id, thread }) => id === this.#id || thread === this.#id);
    if (ours.length === 0) return;
    if (this.#underWay > 0) this.#news.push(...ours);
    batch(() => {
      this.#take(ours);
      this.#options.onShown(null);
    });
  }

  /** Another history of the database: nothing of this may be there. */
  forget(): void {
    this.#load = null;
    batch(() => this.#history.value = this.root.value = null);
  }

  /** Replaces what is loaded with another page. */
  async load(query: string): Promise<void> {
    const mine = this.#load = Symbol();
    this.#setLoading("page");
    try {
      const page = await this.#fetch(query);
      if (mine === this.#load) this.#show(historyOf(page), page);
    } catch (error) {
      if (mine === this.#load) this.#refused(error);
      throw error;
    } finally {
      if (mine === this.#load) this.#setLoading("none");
    }
  }

  /** Extends the stretch at one end. */
  async extend(side: "before" | "after"): Promise<void> {
    const timeline = this.#history.peek()?.timeline;
    const edge = timeline && edgeOf(timeline.messages, side);
    if (timeline === undefined || edge === undefined || timeline.loading !== "none") return;
    if (!(side === "before" ? timeline.hasBefore : timeline.hasAfter)) return;
    this.#setLoading(side);
    try {
      const page = await this.#fetch(`?${side}=${edge}`);
      const now = this.#history.peek();
      if (now?.timeline.loading === side && edgeOf(now.timeline.messages, side) === edge) {
        this.#show(takePage(now, page, side), page);
      }
    } finally {
      if (this.#history.peek()?.timeline.loading === side) this.#setLoading("none");
    }
  }

  /** Something may have been missed: asks again for what is shown. Never rejects. */
  async renew(): Promise<void> {
    const { hasAfter, messages } = this.#history.peek()!.timeline;
    const mine = this.#load = Symbol();
    try {
      const page = await this.#fetch(hasAfter ? `?around=${edgeOf(messages, "after")}` : "?last=1");
      if (mine === this.#load) this.#show(this.#joined(page), page);
    } catch {
      // What is shown stays; the next connection tries again.
    }
  }

  /** With what is loaded, or in its place where there would be a gap between the two. */
  #joined(page: ThreadPage): LoadedHistory {
    const history = this.#history.peek();
    const first = page.messages[0];
    const joins = history !== null && first !== undefined &&
      (!page.hasBefore || hasMessage(history, first.seq));
    if (!joins) return historyOf(page);
    const open = { ...history, timeline: { ...history.timeline, hasAfter: false } };
    const { timeline, rev } = takeNews(open, page.messages);
    return { timeline: { ...timeline, hasAfter: page.hasAfter, loading: "none" }, rev };
  }

  async #fetch(query: string): Promise<ThreadPage> {
    const { clock, api, onMessages } = this.#options;
    this.#underWay++;
    try {
      const asked = api<ThreadPage>("GET", `/api/messages/${this.#id}/thread${query}`);
      const page = await within(clock, asked, PAGE_DEADLINE);
      if (page === "silent") throw unreachable();
      onMessages([page.root, ...page.messages]);
      return page;
    } finally {
      this.#underWay--;
    }
  }

  #show(history: LoadedHistory, page: ThreadPage): void {
    batch(() => {
      this.failed.value = null;
      this.#history.value = history;
      this.#take([page.root, ...this.#news]);
      if (this.#underWay === 0) this.#news = [];
      this.#options.onShown(page);
    });
  }

  #take(messages: readonly Message[]): void {
    for (const message of messages) {
      const isRoot = message.id === this.#id;
      if (isRoot && message.rev >= (this.root.peek()?.rev ?? 0)) this.root.value = message;
    }
    const history = this.#history.peek();
    if (history === null) return;
    const replies = messages.filter(({ thread }) => thread === this.#id);
    if (replies.length > 0) this.#history.value = takeNews(history, replies);
  }

  #refused(error: unknown): void {
    if (this.isLoaded) return;
    this.failed.value = error instanceof RequestError ? error.code : "internal";
  }

  #setLoading(loading: Timeline["loading"]): void {
    const history = this.#history.peek();
    if (history) this.#history.value = withLoading(history, loading);
  }
}

/** Before anything else is loaded the root stands alone. */
function withRoot(root: Message | null, history: LoadedHistory | null): Timeline | null {
  if (history === null) {
    return root &&
      { messages: [root], hasBefore: false, hasAfter: true, loading: "page", inThread: true };
  }
  const { timeline } = history;
  const messages = root === null || timeline.hasBefore
    ? timeline.messages
    : [root, ...timeline.messages];
  return { ...timeline, messages, inThread: true };
}
