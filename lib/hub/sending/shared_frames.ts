/**
 * Frames that connections have in common. Members of a room mostly wait for the very same events:
 * whoever is flushed next to another gets the string that was joined for that one, which is what
 * sending to a thousand costs least. It knows no connections.
 */
export interface Part {
  /** The room that the text tells about; null where it is none's. */
  readonly room: number | null;
  /** One or more encoded events, joined by commas. */
  readonly text: string;
}

/** What all members of a room get: one object for all, by which `SharedFrames` knows it again. */
export interface SharedPart extends Part {
  readonly room: number;
}

/**
 * Characters of a frame. The runtime copies each frame several times; larger copies no longer fit
 * the processor's cache, and the system's allocator returns their memory each time.
 */
export const FRAME_LIMIT = 64 * 1024;

/** Joins encoded events to a frame: a JSON array. */
export function frameOf(parts: readonly { text: string }[]): string {
  return `[${parts.map(({ text }) => text).join(",")}]`;
}

/** As few frames as hold no more than `limit` characters each, where no part is longer. */
export function framesOf(parts: readonly { text: string }[], limit = FRAME_LIMIT): string[] {
  return joinUpTo(limit, parts.map(({ text }) => text)).map((text) => `[${text}]`);
}

/** Joins texts with commas to larger ones of up to `limit` characters. */
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

/** Remembers the frames of the latest parts that were asked for. */
export class SharedFrames {
  #parts: readonly SharedPart[] = [];
  #frames: readonly string[] = [];

  /** The frames for these parts; the same strings as before where the parts are the same. */
  of(parts: readonly SharedPart[]): readonly string[] {
    if (!areSame(parts, this.#parts)) {
      this.#parts = parts;
      this.#frames = framesOf(parts);
    }
    return this.#frames;
  }

  /** Lets go of what it remembers. */
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
