/**
 * One's threads: in which there is something new, and those that are open. What an open one needs
 * comes with the first (`thread_reader.ts`). It must not know what views show of them.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ReadyEvent, ThreadEvent } from "../protocol/events.ts";
import type { Message } from "../protocol/messages.ts";
import type { FreshThread } from "../protocol/threads.ts";
import { ReadMarks } from "./read_marks.ts";
import { deleteIn, type EngineState, setIn } from "./state.ts";
import type { ReaderOptions, ThreadReader } from "./thread_reader.ts";
import type { LinkedReply, LiveThread, ThreadCalls, ThreadsActions } from "./threads_model.ts";

export type ThreadsOptions = Pick<
  ReaderOptions,
  "clock" | "state" | "api" | "outbox" | "uploads" | "onMessages"
>;

export class Threads {
  readonly #options: ThreadsOptions;
  readonly #fresh = signal<ReadonlyMap<number, FreshThread>>(new Map());
  readonly fresh: ReadonlySignal<ReadonlyMap<number, FreshThread>> = this.#fresh;
  readonly linked: ReadonlySignal<LinkedReply | null>;
  readonly marks: ReadMarks;
  readonly #open = new Set<ThreadReader>();

  constructor(options: ThreadsOptions, fresh: readonly FreshThread[]) {
    const { clock, api, state } = options;
    this.#options = options;
    this.#fresh.value = byRoot(fresh);
    this.linked = computed(() => linkedIn(state), { name: "linked" });
    this.marks = new ReadMarks(
      clock,
      (root, seq) => api("PUT", `/api/messages/${root}/thread/read`, { seq }),
    );
  }

  async open(room: number, root: number, seq?: number): Promise<LiveThread> {
    const { ThreadReader } = await import("./thread_reader.ts");
    const reader = new ThreadReader({
      ...this.#options,
      marks: this.marks,
      isFresh: () => this.#fresh.peek().has(root),
      onRead: () => deleteIn(this.#fresh, root),
      onClose: () => this.#open.delete(reader),
    }, { room, root });
    this.#open.add(reader);
    reader.begin(seq);
    return reader;
  }

  /** Messages have come, new or changed. */
  heard(messages: readonly Message[]): void {
    for (const thread of this.#open) thread.heard(messages);
  }

  /** One's own state of a thread changed, here or on another device. */
  apply(event: ThreadEvent): void {
    const { room, root, readSeq, fresh } = event;
    if (fresh) setIn(this.#fresh, root, { room, root, readSeq });
    else deleteIn(this.#fresh, root);
    for (const thread of this.#open) if (thread.id === root) thread.told(event);
    const { rooms } = this.#options.state;
    this.readInRoom(room, rooms.peek().get(room)?.membership.readSeq ?? 0);
  }

  /** Replies that stand in the room too were read there. */
  readInRoom(room: number, upTo: number): void {
    const here = [...this.#fresh.peek().values()].filter((thread) => thread.room === room);
    // Without the script they stay new, and are read in their threads.
    if (here.length > 0) this.#readHere(here, upTo).catch(() => {});
  }

  async #readHere(threads: readonly FreshThread[], upTo: number): Promise<void> {
    const { readHere } = await import("./thread_reader.ts");
    const { state } = this.#options;
    readHere({ state, fresh: this.#fresh, marks: this.marks }, threads, upTo);
  }

  async calls(): Promise<ThreadCalls> {
    const { createThreadCalls } = await import("./thread_reader.ts");
    return createThreadCalls(this.#options.api);
  }

  /** A server of the version before has no threads. */
  ready({ threads = [] }: ReadyEvent): void {
    this.#fresh.value = byRoot(threads.filter(({ root, readSeq }) =>
      // Read here meanwhile.
      this.marks.pending(root) <= readSeq
    ));
    this.marks.resume();
    this.again();
  }

  /** What is loaded may have gaps. */
  again(): void {
    for (const thread of this.#open) thread.again();
  }

  /** Another history of the database. */
  forget(): void {
    for (const thread of this.#open) {
      this.marks.forget(thread.id);
      thread.forget();
    }
  }

  /** The room was left. */
  gone(room: number): void {
    const others = [...this.#fresh.peek()].filter(([, thread]) => thread.room !== room);
    if (others.length < this.#fresh.peek().size) this.#fresh.value = new Map(others);
  }
}

function byRoot(threads: readonly FreshThread[]): Map<number, FreshThread> {
  return new Map(threads.map((thread) => [thread.root, thread]));
}

function linkedIn({ landing, openRoom, histories }: EngineState): LinkedReply | null {
  const { value } = landing;
  const room = openRoom.value;
  if (value.kind !== "message" || room === null) return null;
  const messages = histories.value.get(room)?.timeline.messages ?? [];
  const root = messages.find(({ seq }) => seq === value.seq)?.thread ?? null;
  return root === null ? null : { room, root, seq: value.seq };
}

export function createThreadActions(threads: Threads): ThreadsActions {
  return {
    openThread: (room, root, seq) => threads.open(room, root, seq),
    threadCalls: () => threads.calls(),
  };
}
