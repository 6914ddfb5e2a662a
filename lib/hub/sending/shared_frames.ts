/**
 * Frames that connections share. Members of a room mostly wait for the very same events: a
 * connection gets the string already joined for the one before it, the cheapest way to send to a
 * thousand. It knows no connections.
 */
import type { Stamp } from "./stamp.ts";

export interface Part {
  /** The room the text is about; null if none. */
  readonly room: number | null;
  /** One or more encoded events, joined by commas. */
  readonly text: string;
}

/** What all members of a room get: one object for all of them, by which it is recognised. */
export class SharedPart implements Part {
  /** Which queue it makes of each, until all who wait for it have it. */
  #behind: Map<SharedQueue | null, SharedQueue> | null = null;

  constructor(
    readonly room: number,
    readonly text: string,
    /** When its oldest event was told; 0: just now. */
    readonly since: Stamp | 0 = 0,
  ) {}

  /** The queue with this behind what is in another: the same for all who waited in that one. */
  behind(queue: SharedQueue | null): SharedQueue {
    const made = this.#behind?.get(queue);
    if (made !== undefined) return made;
    const longer = new SharedQueue(queue, this);
    (this.#behind ??= new Map()).set(queue, longer);
    return longer;
  }

  /** All who wait for it have it: whoever waits long must not keep what others waited for. */
  settle(): void {
    this.#behind = null;
  }
}

/**
 * Shared parts that wait, in their order. Nothing in it changes: whoever waits for one more waits
 * in another queue, the same for all who waited in this one. So a message for a thousand people is
 * a thousand times one field, and no list for each of them.
 */
export class SharedQueue {
  /** Characters. */
  readonly size: number;

  constructor(private readonly before: SharedQueue | null, private readonly last: SharedPart) {
    this.size = (before?.size ?? 0) + last.text.length;
  }

  /** The queue without a room's parts; null if nothing is left. */
  without(room: number): SharedQueue | null {
    const left = this.parts.filter((part) => part.room !== room);
    return left.reduce<SharedQueue | null>((queue, part) => new SharedQueue(queue, part), null);
  }

  get parts(): SharedPart[] {
    const parts = [this.last];
    for (let each = this.before; each !== null; each = each.before) parts.push(each.last);
    return parts.reverse();
  }
}

/**
 * Characters of a frame. The runtime copies each frame several times; larger copies no longer fit
 * the processor's cache, and the system's allocator returns their memory each time.
 */
export const FRAME_LIMIT = 64 * 1024;

/** Joins encoded events into a frame: a JSON array. */
export function frameOf(parts: readonly { text: string }[]): string {
  return `[${parts.map(({ text }) => text).join(",")}]`;
}

/** As few frames as possible of at most `limit` characters each, unless a single part is longer. */
export function framesOf(parts: readonly { text: string }[], limit = FRAME_LIMIT): string[] {
  return joinUpTo(limit, parts.map(({ text }) => text)).map((text) => `[${text}]`);
}

/** Joins texts with commas into larger ones of up to `limit` characters. */
export function joinUpTo(limit: number, texts: readonly string[]): string[] {
  const joined: string[] = [];
  let group: string[] = [];
  let length = 0;
  for (const text of texts) {
    if (length > 0 && length + text.length > limit) {
      joined.push(group.join(","));
      group = [];
      length = 0;
    }
    group.push(text);
    length += text.length;
  }
  if (group.length > 0) joined.push(group.join(","));
  return joined;
}

/** Texts of fewer characters are sooner joined than compared. */
const LONG = 1024;

/** Remembers the frames of the queue, and of the text, that was asked for last. */
export class SharedFrames {
  #queue: SharedQueue | null = null;
  #frames: readonly string[] = [];
  #text = "";
  #frame = "";

  /** The frames for this queue; the same strings as before if it is the same. */
  of(queue: SharedQueue): readonly string[] {
    if (queue !== this.#queue) {
      this.#queue = queue;
      this.#frames = framesOf(queue.parts);
    }
    return this.#frames;
  }

  /** The frame for this text alone: what many are told besides their rooms, as who is online. */
  ofOne(text: string): string {
    if (text.length < LONG) return `[${text}]`;
    if (text !== this.#text) {
      this.#text = text;
      // Joined, so that the engine has it in one piece: each that it is sent to copies it.
      this.#frame = ["[", text, "]"].join("");
    }
    return this.#frame;
  }

  /** Forgets what it remembers. */
  clear(): void {
    this.#queue = null;
    this.#frames = [];
    this.#text = this.#frame = "";
  }
}
