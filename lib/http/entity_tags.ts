/**
 * Entity tags of answers for which nothing needs to be read: whoever has what they would get is told
 * so (RFC 9110, section 13.1.2). A tag holds for one session and one address, and says nothing of
 * what is in the answer. It knows no request.
 */
import type { ChangeNumber, LastChanges } from "../chat/last_changes.ts";

/** Bytes that what is remembered of tags may take. The latest are remembered. */
const MOST_BYTES = 4 * 2 ** 20;
/** Of one, beside its key and its rooms. */
const OVERHEAD = 250;

interface Answered {
  tag: string;
  /** Before anything was read for it. */
  moment: ChangeNumber;
  /** On which it depends. */
  rooms: readonly number[];
  bytes: number;
}

export interface EntityTagsOptions {
  /** Null where there are other nodes: then nobody gets a tag. */
  changes: LastChanges | null;
  /** Unlike that of any start before: what a tag stood for then is not known any more. */
  start: string;
  /** A smaller bound, for tests. */
  mostBytes?: number;
}

/** Who asks, and for what. */
export interface TagQuestion {
  /** Of the session, the address and whatever else decides the answer. */
  key: string;
  userId: number;
  /** The header `If-None-Match`. */
  known: string | null;
  /** `EntityTags.now`, before anything was read for the answer: also who the caller is. */
  moment: ChangeNumber;
}

/** What to say to it. */
export interface TagAnswer {
  /** The tag that the client has and need not get again; null: it is to be answered. */
  unchanged: string | null;
  /**
   * Of the answer that is made now, from what was read after the question's moment. `rooms` null: it
   * depends on more than is known. It has none where this is null.
   */
  give(rooms: readonly number[] | null): string | null;
}

export class EntityTags {
  readonly #options: EntityTagsOptions;
  /** The oldest first. */
  readonly #answered = new Map<string, Answered>();
  /** Whose page is not made does not have it written where they were last: one number for each. */
  readonly #lastRooms = new Map<number, number>();
  #bytes = 0;
  #given = 0;

  constructor(options: EntityTagsOptions) {
    this.#options = options;
  }

  /** To be taken before anything is read. */
  get now(): ChangeNumber {
    return this.#options.changes?.now ?? 0;
  }

  ask({ key, userId, known, moment }: TagQuestion): TagAnswer {
    const { changes } = this.#options;
    if (changes === null) return { unchanged: null, give: () => null };
    const before = this.#answered.get(key);
    const unchanged = before !== undefined && names(known, before.tag) &&
        changes.unchangedSince(before.moment, userId, before.rooms)
      ? before.tag
      : null;
    return {
      unchanged,
      give: (rooms) => rooms === null ? null : this.#remember(key, moment, rooms),
    };
  }

  /** Whether this person was in another room last, or it is unknown where; from now on it is here. */
  enters(userId: number, room: number): boolean {
    const isOther = this.#lastRooms.get(userId) !== room;
    this.#lastRooms.set(userId, room);
    return isOther;
  }

  /** Where this person was last, as far as is known here: it may be known better elsewhere. */
  lastRoom(userId: number): number | null {
    return this.#lastRooms.get(userId) ?? null;
  }

  #remember(key: string, moment: ChangeNumber, rooms: readonly number[]): string {
    const { start, mostBytes = MOST_BYTES } = this.#options;
    this.#forget(key);
    // Weak: whether it is compressed on the way makes no difference.
    const tag = `W/"${start}-${++this.#given}"`;
    const bytes = OVERHEAD + 2 * key.length + 8 * rooms.length;
    this.#answered.set(key, { tag, moment, rooms, bytes });
    this.#bytes += bytes;
    if (this.#bytes > mostBytes) this.#makeRoom(mostBytes);
    return tag;
  }

  /** For several at once: a Map steps over each deleted entry to find its first. */
  #makeRoom(mostBytes: number): void {
    for (const oldest of this.#answered.keys()) {
      this.#forget(oldest);
      if (this.#bytes <= mostBytes * 63 / 64) return;
    }
  }

  #forget(key: string): void {
    const known = this.#answered.get(key);
    if (known === undefined) return;
    this.#answered.delete(key);
    this.#bytes -= known.bytes;
  }
}

/** Whether one of the tags in `If-None-Match` is this one, by the weak comparison. */
function names(header: string | null, tag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, "");
  return header !== null && header.split(",").some((one) => opaque(one) === opaque(tag));
}
