/**
 * Receives request bodies that may never end: each has a time limit, each client a few slow ones,
 * all together a bound. Beyond it, the oldest are told to retry, strangers first, so that neither a
 * flood nor the people behind one address keep others from writing. It knows bytes only, not what
 * they mean.
 */
import type { ByteSource } from "../byte_source.ts";
import { ConfabError } from "../errors.ts";
import type { EventLoop } from "../event_loop.ts";
import type { Ticks } from "../protocol/time.ts";
import { announcedLength, bodySource } from "./body_source.ts";

/** From the first byte to the last, ms: enough for 64 KiB on a slow phone. */
export const BODY_MS = 10_000;
/** How often unfinished bodies are checked, ms. */
const LOOK_MS = 200;
/**
 * A body unfinished at this many checks counts as slow; an honest one mostly arrives with its
 * headers.
 */
const LINGERING_LOOKS = 2;
/** An unfinished body costs 20 kB, so these cost 20 MB. */
const AT_ONCE = 1_024;
/** A whole school in one second. */
const AT_ONCE_A_SENDER = 512;
const LINGERING = 256;
/** How many of these may belong to clients that are not signed in. */
const LINGERING_STRANGERS = 128;
const LINGERING_A_SENDER = 32;
/** Microtasks: four are what reading takes where there is nothing to wait for. */
const STEPS_OF_A_READ = 6;

/** A body of more bytes is a picture, or the like. */
const LARGE = 65_536;
/** Bytes of unfinished bodies, of one sender and in all: beyond, a large one is told to retry. */
const BYTES_A_SENDER = 18 * 1_048_576;
const BYTES = 64 * 1_048_576;

/** Whose bodies are counted together: a user's, or those of a stranger's network. */
export interface Sender {
  key: string;
  stranger: boolean;
}

interface Body {
  sender: Sender;
  since: Ticks;
  looks: number;
  /** That have come. */
  bytes: number;
  /** Why it was ended; null while it may continue. */
  ended: ConfabError | null;
  stop(): void;
}

export class Bodies {
  /** Oldest first. */
  readonly #open = new Set<Body>();
  readonly #bySender = new Map<string, { bodies: number; bytes: number }>();
  /** Of all that are unfinished. */
  #bytes = 0;
  #stopLooking: (() => void) | null = null;

  constructor(private readonly loop: Pick<EventLoop, "now" | "every">) {}

  /** How many are unfinished. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * The whole body. Throws `unavailable` if too many are unfinished, `too_large` beyond `limit`
   * bytes, `bad_request` if it does not arrive in time or breaks off.
   */
  async read(request: Request, sender: Sender, limit: number): Promise<Uint8Array<ArrayBuffer>> {
    const announced = announcedLength(request);
    if (announced !== null && announced > limit) throw tooLarge(limit);
    const source = bodySource(request, announced);
    if (source === null) return new Uint8Array(0);
    this.#makeRoom(sender);
    const first = source.next();
    const arrived = announced === null ? null : await alreadyHere(first);
    if (arrived?.length === announced) {
      source.stop();
      return new Uint8Array(arrived);
    }
    const body = this.#begin(sender, source.stop);
    try {
      const bounds = { limit, announced };
      return await readAll({ first, source }, body, bounds, (length) => this.#count(body, length));
    } catch (error) {
      if (error instanceof ConfabError) throw error;
      throw body.ended ?? new ConfabError("bad_request", "The body broke off.", { cause: error });
    } finally {
      source.stop();
      this.#end(body);
    }
  }

  /** Ends all unfinished bodies because memory is short; returns how many. */
  endAll(): number {
    const count = this.#open.size;
    for (const body of [...this.#open]) this.#cut(body, tooMany());
    return count;
  }

  /** A whole body mostly arrives with its headers: only unfinished ones get in the way. */
  #makeRoom(sender: Sender): void {
    if ((this.#bySender.get(sender.key)?.bodies ?? 0) >= AT_ONCE_A_SENDER) {
      this.#cut(this.#oldest((body) => body.sender.key === sender.key)!, tooMany());
    } else if (this.#open.size >= AT_ONCE) {
      const oldest = this.#oldest((body) => body.sender.stranger) ??
        (sender.stranger ? null : this.#oldest(() => true));
      if (oldest === null) throw tooMany();
      this.#cut(oldest, tooMany());
    }
  }

  #oldest(isOne: (body: Body) => boolean): Body | null {
    for (const body of this.#open) if (isOne(body)) return body;
    return null;
  }

  #begin(sender: Sender, stop: () => void): Body {
    const body: Body = { sender, since: this.loop.now(), looks: 0, bytes: 0, ended: null, stop };
    this.#open.add(body);
    const own = this.#bySender.get(sender.key);
    this.#bySender.set(sender.key, { bodies: (own?.bodies ?? 0) + 1, bytes: own?.bytes ?? 0 });
    this.#stopLooking ??= this.loop.every(LOOK_MS, () => this.#look());
    return body;
  }

  #end(body: Body): void {
    if (!this.#open.delete(body)) return;
    const { key } = body.sender;
    const own = this.#bySender.get(key)!; // since it began
    own.bodies -= 1;
    own.bytes -= body.bytes;
    this.#bytes -= body.bytes;
    if (own.bodies === 0) this.#bySender.delete(key);
    if (this.#open.size > 0) return;
    this.#stopLooking?.();
    this.#stopLooking = null;
  }

  /** So many bytes more have come of one that is open. */
  #count(body: Body, length: number): void {
    const own = this.#bySender.get(body.sender.key)!; // since it began
    body.bytes += length;
    own.bytes += length;
    this.#bytes += length;
    const isTooMuch = own.bytes > BYTES_A_SENDER || this.#bytes > BYTES;
    if (isTooMuch && body.bytes > LARGE) this.#cut(body, tooMany());
  }

  #cut(body: Body, why: ConfabError): void {
    body.ended ??= why;
    body.stop();
    this.#end(body);
  }

  /** From the youngest to the oldest: of slow bodies beyond a bound, the oldest are ended. */
  #look(): void {
    const now = this.loop.now();
    const lingering = new Map<string, number>();
    let [all, strangers] = [0, 0];
    for (const body of [...this.#open].reverse()) {
      body.looks += 1;
      if (now - body.since >= BODY_MS) this.#cut(body, tooLate());
      else if (body.looks >= LINGERING_LOOKS) {
        const { key, stranger } = body.sender;
        const ofSender = (lingering.get(key) ?? 0) + 1;
        lingering.set(key, ofSender);
        const tooManyStrangers = stranger && ++strangers > LINGERING_STRANGERS;
        if (tooManyStrangers || ofSender > LINGERING_A_SENDER || ++all > LINGERING) {
          this.#cut(body, tooMany());
        }
      }
    }
  }
}

/** What arrived with the headers, as most bodies do, or null: nothing is to be watched over then. */
async function alreadyHere(first: ReturnType<ByteSource["next"]>): Promise<Uint8Array | null> {
  let here: Uint8Array | null = null;
  first.then((piece) => here = piece, () => {}); // whoever waits for it hears of an error
  for (let i = 0; i < STEPS_OF_A_READ && here === null; i++) await null;
  return here;
}

async function readAll(
  { first, source }: { first: ReturnType<ByteSource["next"]>; source: ByteSource },
  body: Body,
  { limit, announced }: { limit: number; announced: number | null },
  count: (length: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await first; part !== null; part = await source.next()) {
    length += part.length;
    if (length > limit) throw tooLarge(limit);
    parts.push(part);
    if (body.ended === null) count(part.length);
    if (length === announced) break; // that there is no more need not be asked
  }
  if (body.ended !== null) throw body.ended;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tooMany(): ConfabError {
  return new ConfabError("unavailable", "Too many requests are unfinished. Try again soon.", {
    retryAfter: 1_000,
    busy: true,
  });
}

function tooLate(): ConfabError {
  return new ConfabError("bad_request", `The body did not arrive within ${BODY_MS / 1000} s.`);
}

function tooLarge(limit: number): ConfabError {
  return new ConfabError("too_large", `The body is larger than ${limit} bytes.`);
}
