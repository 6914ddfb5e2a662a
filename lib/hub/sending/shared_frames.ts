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

/** What all members of a room get: one object for all, by which `SharedFrames` recognises it. */
export interface SharedPart extends Part {
  readonly room: number;
  /** When its oldest event was told, if not just now. */
  readonly since?: Stamp;
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

/** Remembers the frames of the most recently requested parts. */
export class SharedFrames {
  #parts: readonly SharedPart[] = [];
  #frames: readonly string[] = [];

  /** The frames for these parts; the same strings as before if the parts are the same. */
  of(parts: readonly SharedPart[]): readonly string[] {
    if (!areSame(parts, this.#parts)) {
      this.#parts = parts;
      this.#frames = framesOf(parts);
    }
    return this.#frames;
  }

  /** Forgets what it remembers. */
  clear(): void {
    this.#parts = [];
    this.#frames = [];
  }
}

function areSame(parts: readonly SharedPart[], others: readonly SharedPart[]): boolean {
  if (parts.length !== others.length) return false;
  for (let i = 0; i < parts.length; i++) if (parts[i] !== others[i]) return false;
  return true;
}
