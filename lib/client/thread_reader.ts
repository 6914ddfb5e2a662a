/**
 * One open thread as it is read: where the reader is to be put, how far they have read, what they
 * wrote in it. It comes with the first thread that is opened. It must not know what views show, nor
 * what else is open.
 */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ThreadEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/messages.ts";
import { cleanText } from "../protocol/text.ts";
import type { ThreadPage } from "../protocol/threads.ts";
import { countsAsUnread, firstUnread, indexFrom, reaches } from "../protocol/unread.ts";
import type { Api } from "./api.ts";
import { draftKey } from "./draft.ts";
import type { Clock } from "./environment.ts";
import type { Landing, PendingMessage } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { ReadMarks } from "./read_marks.ts";
import { type EngineState, pendingOf } from "./state.ts";
import type { Uploads } from "./uploads.ts";
import { ThreadPages } from "./thread_pages.ts";
import type { LiveThread, LiveThreadActions, ThreadMark } from "./threads_model.ts";

export { createThreadCalls } from "./thread_calls.ts";
export { readHere } from "./thread_flow.ts";

export interface ReaderOptions {
  clock: Clock;
  state: EngineState;
  api: Api;
  outbox: Outbox;
  uploads: Uploads;
  /** Called when messages have arrived in a page. */
  onMessages(messages: readonly Message[]): void;
  marks: ReadMarks;
  isFresh(): boolean;
  /** Nothing in it is new any more. */
  onRead(): void;
  onClose(): void;
}

export class ThreadReader implements LiveThread {
  readonly room: number;
  readonly id: number;
  readonly mark = signal<ThreadMark>({ following: false, readSeq: 0, unread: 0 });
  readonly landing = signal<Landing>({ kind: "newest" });
  readonly dividerSeq = signal<number | null>(null);
  readonly highlightSeq = signal<number | null>(null);
  readonly missing = signal(false);
  readonly pending: ReadonlySignal<readonly PendingMessage[]>;
  readonly actions: LiveThreadActions;
  readonly #options: ReaderOptions;
  readonly #pages: ThreadPages;
  /** The line before what is new has its place. */
  #divided = false;

  constructor(options: ReaderOptions, { room, root }: { room: number; root: number }) {
    const { clock, api, state, outbox, uploads, onMessages } = options;
    this.#options = options;
    this.room = room;
    this.id = root;
    this.#pages = new ThreadPages(root, {
      clock,
      api,
      onMessages,
      root: state.histories.peek().get(room)?.timeline.messages
        .find(({ id }) => id === root) ?? null,
      onShown: (page) => this.#shown(page),
    });
    this.pending = computed(() =>
      outbox.entries.value.filter(({ thread }) => thread === root).map((entry) =>
        pendingOf(entry, uploads.sending)
      )
    );
    this.actions = this.#createActions();
  }

  get root() {
    return this.#pages.root;
  }

  get timeline() {
    return this.#pages.timeline;
  }

  get failed() {
    return this.#pages.failed;
  }

  /** @param seq a message in it to be shown */
  begin(seq?: number): void {
    this.highlightSeq.value = seq ?? null;
    const kind = this.#options.isFresh() ? "unread" : "newest";
    void this.#land(seq === undefined ? { kind } : { kind: "message", seq }).catch(() => {});
  }

  heard(messages: readonly Message[]): void {
    this.#pages.heard(messages);
  }

  /** One's own state of this thread, as the server says. */
  told({ following, readSeq }: ThreadEvent): void {
    this.#setMark({ following, readSeq });
  }

  /** The connection was lost, or too much was missed: what is shown is asked for again. */
  again(): void {
    if (this.#pages.isLoaded) void this.#pages.renew();
    else void this.#land(this.landing.peek()).catch(() => {});
  }

  /** Another history of the database. */
  forget(): void {
    this.#pages.forget();
    this.#divided = false;
    this.mark.value = { following: false, readSeq: 0, unread: 0 };
  }

  // Moving

  #createActions(): LiveThreadActions {
    return {
      loadBefore: () => this.#pages.extend("before"),
      loadAfter: () => this.#pages.extend("after"),
      jumpToNewest: () => this.#leaveFor({ kind: "newest" }),
      showUnread: () => this.#leaveFor({ kind: "unread" }),
      showPlace: (seq, top) => this.#leaveFor({ kind: "place", seq, top }),
      showMessage: (seq) => this.#leaveFor({ kind: "message", seq }, seq),
      goBack: () => {
        this.highlightSeq.value = null;
        this.landing.value = { kind: "return" };
      },
      markRead: (seq) => this.#read(seq),
      markAllRead: () => this.#read(Infinity),
      renewDivider: () => this.#divide(),
      dismissMissing: () => {
        this.missing.value = false;
      },
      send: (...message) => this.#send(...message),
      retry: () => this.again(),
      close: () => this.#options.onClose(),
    };
  }

  #leaveFor(landing: Landing, highlight: number | null = null): Promise<void> {
    return batch(() => {
      this.highlightSeq.value = highlight;
      return this.#land(landing);
    });
  }

  async #land(landing: Landing): Promise<void> {
    this.landing.value = landing;
    const query = this.#pageFor(landing);
    if (query !== null) await this.#pages.load(query);
    if (this.landing.peek() !== landing) return;
    if (landing.kind === "unread") this.#divide();
    this.missing.value = landing.kind === "message" && !this.#pages.has(landing.seq);
  }

  /** The query for the page with the place; null if it is already loaded. */
  #pageFor(landing: Landing): string | null {
    const { isLoaded } = this.#pages;
    switch (landing.kind) {
      case "message":
      case "place":
        return isLoaded && this.#pages.has(landing.seq) ? null : `?around=${landing.seq}`;
      case "unread":
        return isLoaded && this.#firstUnread() ? null : "?around=unread";
      case "newest":
        return isLoaded && !this.timeline.peek()?.hasAfter ? null : "?last=1";
      case "return":
        return null;
    }
  }

  // Reading

  #shown(page: ThreadPage | null): void {
    this.#setMark(page ?? {});
    if (this.#divided || page === null) return;
    this.#divided = true;
    this.#divide();
  }

  #read(seq: number): void {
    const upTo = Math.min(seq, this.timeline.peek()?.messages.at(-1)?.seq ?? 0);
    if (upTo <= this.mark.peek().readSeq) return;
    this.#options.marks.mark(this.id, upTo);
    this.#setMark({ readSeq: upTo });
    if (this.mark.peek().unread === 0 && !this.timeline.peek()?.hasAfter) this.#options.onRead();
  }

  /** The mark never goes back; what is not a reply is never unread. */
  #setMark(change: { following?: boolean; readSeq?: number }): void {
    const before = this.mark.peek();
    const { following = before.following, readSeq: told = 0 } = change;
    const readSeq = Math.max(told, before.readSeq, this.root.peek()?.seq ?? 0);
    const unread = this.#unreadAfter(readSeq);
    const same = following === before.following && readSeq === before.readSeq &&
      unread === before.unread;
    if (!same) this.mark.value = { following, readSeq, unread };
  }

  #unreadAfter(readSeq: number): number {
    const timeline = this.timeline.peek();
    if (timeline === null || !this.#pages.isLoaded) return 0;
    const from = reaches(timeline, readSeq) ? indexFrom(timeline.messages, readSeq + 1) : 0;
    return timeline.messages.slice(from)
      .filter((message) => countsAsUnread(message, this.#me, true)).length;
  }

  #firstUnread(): Message | undefined {
    const timeline = this.timeline.peek();
    return timeline === null
      ? undefined
      : firstUnread(timeline, this.mark.peek().readSeq, this.#me);
  }

  #divide(): void {
    const first = this.#firstUnread();
    this.dividerSeq.value = first === undefined ? null : first.seq - 1;
  }

  get #me(): number {
    return this.#options.state.me.peek().id;
  }

  #send(text: string, replyTo: number | null, threadOnly: boolean, alone = false): boolean {
    const trimmed = cleanText(text).trim();
    const { outbox, uploads } = this.#options;
    const taken = alone ? undefined : uploads.here?.drafts.take(draftKey(this.room, this.id));
    if (taken === null || (trimmed === "" && taken === undefined)) return false;
    const more = { thread: this.id, threadOnly, ...taken };
    outbox.add(this.room, trimmed, replyTo ?? this.id, undefined, more);
    return true;
  }
}
