/**
 * Bodies of files on their way in: so many at once, and none that stands still. Others' requests must
 * not wait for them, nor memory grow with them. It knows bytes, and not what they are.
 */
import { type ByteSource, byteSource } from "../byte_source.ts";
import { ConfabError } from "../errors.ts";
import type { EventLoop } from "../event_loop.ts";
import { FairShare } from "./fair_share.ts";
import { Pace } from "./pace.ts";
import { PieceBuffers } from "./piece_buffers.ts";
import { Turns } from "./turns.ts";
import type { Ticks } from "../protocol/time.ts";

/** Milliseconds that a sender may be silent; then the body is ended, and what came is kept. */
export const STILL_MS = 30_000;
const LOOK_MS = 5_000;
/** Bodies of which a piece is written at the same time: more would make messages wait. */
const WRITING = 2;
const AT_ONCE = 512;
const AT_ONCE_A_USER = 64;

/** What is counted meanwhile. */
export interface TransferCounts {
  open: number;
  bytes: number;
}

interface Transfer {
  userId: number;
  /** Since when its sender is waited for; null while it waits for others, or for the disk. */
  askedAt: Ticks | null;
  /** Gives back its turn to write. */
  leave(): void;
  isOver: boolean;
  /** Ends it: why, for its sender. */
  stop(why: ConfabError): void;
}

export class Transfers {
  readonly #loop: Pick<EventLoop, "after" | "every" | "now">;
  readonly #counts: TransferCounts;
  readonly #share: FairShare;
  readonly #open = new Set<Transfer>();
  readonly #byUser = new Map<number, number>();
  /** A piece is written, or a body's end waits for the disk. */
  readonly #writing = new Turns(WRITING);
  readonly #buffers = new PieceBuffers();
  #stopLooking: (() => void) | null = null;

  constructor(
    loop: Pick<EventLoop, "after" | "every" | "now">,
    counts: TransferCounts = { open: 0, bytes: 0 },
    share: FairShare = new FairShare(() => loop.now()),
  ) {
    this.#loop = loop;
    this.#counts = counts;
    this.#share = share;
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Nobody would wait for uploads: see `FairShare`. */
  get isQuiet(): boolean {
    return this.#share.isQuiet;
  }

  /**
   * Calls `receive` with what comes: each piece is good until the next is asked for. It ends early
   * where the body stands still, or all are ended; then this rejects with `unavailable`: whoever
   * sends goes on later, where this ended. Rejects with `rate_limited` where too many are open.
   * @param pieces how many pieces are good at the same time
   */
  async take<T>(
    userId: number,
    body: ReadableStream<Uint8Array> | null,
    receive: (bytes: ReadableStream<Uint8Array>) => Promise<T>,
    pieces = 1,
  ): Promise<T> {
    this.#requirePlace(userId);
    const buffers = this.#buffers.lend(pieces);
    const source = byteSource(body ?? emptyBody(), buffers);
    let ended: ConfabError | null = null;
    const transfer: Transfer = {
      userId,
      askedAt: null,
      leave() {},
      isOver: false,
      stop(why) {
        ended ??= why;
        source.stop();
      },
    };
    this.#begin(transfer);
    try {
      const received = await receive(this.#watched(source, transfer));
      if (ended !== null) throw ended;
      return received;
    } finally {
      transfer.isOver = true;
      transfer.leave();
      this.#end(transfer);
      source.stop();
      buffers.end();
    }
  }

  /** Ends all, as memory is short; returns how many are open. */
  endAll(): number {
    for (const transfer of this.#open) transfer.stop(goOn("Memory is short."));
    return this.#open.size;
  }

  /** Nothing is read ahead: what is not wanted yet stays with the sender. */
  #watched(source: ByteSource, transfer: Transfer): ReadableStream<Uint8Array> {
    const [loop, counts, share, writing] = [this.#loop, this.#counts, this.#share, this.#writing];
    const pace = new Pace(loop.now());
    // Also before the first: whoever breaks off and begins anew would push back all others' turns.
    let pause = share.wait;
    return new ReadableStream({
      async pull(controller) {
        // What was handed out is written by now.
        transfer.leave();
        if (pause > 0) await new Promise<void>((resolve) => loop.after(pause, resolve));
        transfer.askedAt = loop.now();
        const value = await source.next();
        transfer.askedAt = null;
        const leave = await writing.enter();
        // It was given up while its piece waited: nobody else would give the turn back.
        if (transfer.isOver) return leave();
        transfer.leave = leave;
        if (value === null) return controller.close();
        const { byteLength } = value;
        pause = Math.max(pace.after(byteLength, loop.now()), share.after(byteLength));
        counts.bytes += byteLength;
        controller.enqueue(value);
      },
      cancel: () => source.stop(),
    }, { highWaterMark: 0 });
  }

  #requirePlace(userId: number): void {
    const own = this.#byUser.get(userId) ?? 0;
    if (own >= AT_ONCE_A_USER) throw tooMany();
    if (this.#open.size < AT_ONCE) return;
    const [most, count] = [...this.#byUser].reduce((a, b) => b[1] > a[1] ? b : a);
    if (count <= own + 1) throw tooMany();
    // Whoever has the most makes way: a few who keep theirs half open must not keep all others out.
    [...this.#open].find(({ userId }) => userId === most)!.stop(tooMany());
  }

  #begin(transfer: Transfer): void {
    this.#open.add(transfer);
    this.#counts.open += 1;
    this.#byUser.set(transfer.userId, (this.#byUser.get(transfer.userId) ?? 0) + 1);
    this.#stopLooking ??= this.#loop.every(LOOK_MS, () => this.#look());
  }

  #end(transfer: Transfer): void {
    this.#open.delete(transfer);
    this.#counts.open -= 1;
    const left = this.#byUser.get(transfer.userId)! - 1; // counted when it began
    if (left > 0) this.#byUser.set(transfer.userId, left);
    else this.#byUser.delete(transfer.userId);
    if (this.#open.size > 0) return;
    this.#stopLooking?.();
    this.#stopLooking = null;
  }

  #look(): void {
    const now = this.#loop.now();
    for (const transfer of this.#open) {
      if (transfer.askedAt !== null && now - transfer.askedAt >= STILL_MS) {
        transfer.stop(goOn(`No byte came for ${STILL_MS / 1_000} s.`));
      }
    }
  }
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}

function tooMany(): ConfabError {
  return new ConfabError("rate_limited", "Too many uploads are open at once.", {
    retryAfter: 5_000,
  });
}

/** No mistake of the sender's, so that clients try again: a phone was in a tunnel. */
function goOn(why: string): ConfabError {
  return new ConfabError("unavailable", `${why} Go on with the upload soon.`, {
    retryAfter: 1_000,
    busy: true,
  });
}
