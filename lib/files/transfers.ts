/**
 * Bodies of files on their way in: so many at once, and none that stands still. Others' requests must
 * not wait for them, nor memory grow with them. It knows bytes, and not what they are.
 */
import { ConfabError } from "../errors.ts";
import type { EventLoop } from "../event_loop.ts";
import type { Ticks } from "../protocol/time.ts";

/** Milliseconds without a byte, after which a body is ended: what came is kept. */
export const STILL_MS = 30_000;
const LOOK_MS = 5_000;
const AT_ONCE = 512;
const AT_ONCE_A_USER = 64;

interface Transfer {
  userId: number;
  moved: Ticks;
  stop(): void;
}

export class Transfers {
  readonly #loop: Pick<EventLoop, "now" | "every">;
  readonly #open = new Set<Transfer>();
  readonly #byUser = new Map<number, number>();
  #stopLooking: (() => void) | null = null;

  constructor(loop: Pick<EventLoop, "now" | "every">) {
    this.#loop = loop;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Calls `receive` with what comes, which ends early where the body stands still; then this rejects
   * with `bad_request`. Rejects with `rate_limited` where too many are open.
   */
  async take<T>(
    userId: number,
    body: ReadableStream<Uint8Array> | null,
    receive: (bytes: ReadableStream<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    this.#requirePlace(userId);
    const reader = (body ?? emptyBody()).getReader();
    let isStill = false;
    const transfer: Transfer = {
      userId,
      moved: this.#loop.now(),
      stop() {
        isStill = true;
        void reader.cancel().catch(() => {});
      },
    };
    this.#begin(transfer);
    try {
      const received = await receive(this.#watched(reader, transfer));
      if (isStill) throw stoodStill();
      return received;
    } finally {
      this.#end(transfer);
      void reader.cancel().catch(() => {});
    }
  }

  /** Ends all: memory is short, or the server goes. */
  endAll(): void {
    for (const transfer of this.#open) transfer.stop();
  }

  /** Nothing is read ahead: what is not wanted yet stays with the sender. */
  #watched(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    transfer: Transfer,
  ): ReadableStream<Uint8Array> {
    const now = () => this.#loop.now();
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await reader.read();
        transfer.moved = now();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    }, { highWaterMark: 0 });
  }

  #requirePlace(userId: number): void {
    const own = this.#byUser.get(userId) ?? 0;
    if (own < AT_ONCE_A_USER && this.#open.size < AT_ONCE) return;
    throw new ConfabError("rate_limited", "Too many uploads are open at once.", {
      retryAfter: 5_000,
    });
  }

  #begin(transfer: Transfer): void {
    this.#open.add(transfer);
    this.#byUser.set(transfer.userId, (this.#byUser.get(transfer.userId) ?? 0) + 1);
    this.#stopLooking ??= this.#loop.every(LOOK_MS, () => this.#look());
  }

  #end(transfer: Transfer): void {
    this.#open.delete(transfer);
    const left = this.#byUser.get(transfer.userId)! - 1; // counted when it began
    if (left > 0) this.#byUser.set(transfer.userId, left);
    else this.#byUser.delete(transfer.userId);
    if (this.#open.size > 0) return;
    this.#stopLooking?.();
    this.#stopLooking = null;
  }

  #look(): void {
    const now = this.#loop.now();
    for (const transfer of this.#open) if (now - transfer.moved >= STILL_MS) transfer.stop();
  }
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}

function stoodStill(): ConfabError {
  return new ConfabError("bad_request", `No byte came for ${STILL_MS / 1_000} s.`);
}
