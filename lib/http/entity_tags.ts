/**
 * Entity tags of answers for which nothing needs to be read: whoever has what they would get is told
 * so (RFC 9110, section 13.1.2). A tag holds for one session and one address, and says nothing of
 * what is in the answer. It knows no request.
 */
import type { ChangeNumber, LastChanges } from "../chat/last_changes.ts";
import { KeptValues } from "../kept_values.ts";

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
  readonly #answered: KeptValues<string, Answered>;
  /** Whose page is not made does not have it written where they were last: one number for each. */
  readonly #lastRooms = new Map<number, number>();
  #given = 0;

  constructor(options: EntityTagsOptions) {
    this.#options = options;
    this.#answered = new KeptValues(options.mostBytes ?? MOST_BYTES);
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
    // Weak: whether it is compressed on the way makes no difference.
    const tag = `W/"${this.#options.start}-${++this.#given}"`;
    this.#answered.set(key, { tag, moment, rooms }, OVERHEAD + 2 * key.length + 8 * rooms.length);
    return tag;
  }
}

/** Whether one of the tags in `If-None-Match` is this one, by the weak comparison. */
function names(header: string | null, tag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, "");
  return header !== null && header.split(",").some((one) => opaque(one) === opaque(tag));
}
