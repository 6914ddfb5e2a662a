/**
 * Entity tags of answers for which nothing needs to be read: whoever has what they would get is told
 * so (RFC 9110, section 13.1.2). A tag holds for one session and one address, and says nothing of
 * what is in the answer. It knows no route.
 */
import type { LastChanges, Moment } from "../chat/last_changes.ts";
import type { HiddenRooms } from "../protocol/listing.ts";
import { json } from "./answer.ts";
import { callerOf, type Ctx } from "./state.ts";

/** For an answer with a tag that a browser may keep: for its reader alone, and asked for each time. */
export const KEPT_IF_UNCHANGED = { "cache-control": "private, no-cache" };

/** Bytes that what is remembered of tags may take. The latest are remembered. */
const MOST_BYTES = 4 * 2 ** 20;
/** Of one, beside its key and its rooms. */
const OVERHEAD = 250;

interface Answered {
  tag: string;
  /** Before anything was read for it. */
  moment: Moment;
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
export interface Asked {
  /** Of the session, the address and whatever else decides the answer. */
  key: string;
  userId: number;
  /** The header `If-None-Match`. */
  known: string | null;
}

/** What to say to it. */
export interface TagAnswer {
  /** The tag that the client has and need not get again; null: it is to be answered. */
  unchanged: string | null;
  /**
   * Of the answer that is made now, from what was read after this. `rooms` null: it depends on more
   * than is known. It has none where this is null.
   */
  give(rooms: readonly number[] | null): string | null;
}

export class EntityTags {
  readonly #options: EntityTagsOptions;
  /** The oldest first. */
  readonly #answered = new Map<string, Answered>();
  #bytes = 0;
  #given = 0;

  constructor(options: EntityTagsOptions) {
    this.#options = options;
  }

  ask({ key, userId, known }: Asked): TagAnswer {
    const { changes } = this.#options;
    if (changes === null) return { unchanged: null, give: () => null };
    const before = this.#answered.get(key);
    const unchanged = before !== undefined && names(known, before.tag) &&
        changes.unchangedSince(before.moment, userId, before.rooms)
      ? before.tag
      : null;
    const moment = changes.now;
    return {
      unchanged,
      give: (rooms) => rooms === null ? null : this.#remember(key, moment, rooms),
    };
  }

  /** Something of this person's was written of which nobody is told. */
  touch(userId: number): void {
    this.#options.changes?.touch(userId);
  }

  #remember(key: string, moment: Moment, rooms: readonly number[]): string {
    const { start, mostBytes = MOST_BYTES } = this.#options;
    this.#forget(key);
    // Weak: whether it is compressed on the way makes no difference.
    const tag = `W/"${start}-${++this.#given}"`;
    const bytes = OVERHEAD + 2 * key.length + 8 * rooms.length;
    this.#answered.set(key, { tag, moment, rooms, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#answered.keys()) {
      if (this.#bytes <= mostBytes) break;
      this.#forget(oldest);
    }
    return tag;
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

/** Asks for the tag of what a caller's request for this address is answered with. */
export function askForTag(ctx: Ctx): TagAnswer {
  const { sessionId, user } = callerOf(ctx);
  const { services, language } = ctx.state;
  const { pathname, search } = ctx.url;
  return services.tags.ask({
    key: `${sessionId} ${language} ${pathname}${search}`,
    userId: user.id,
    known: ctx.req.headers.get("if-none-match"),
  });
}

/** Answers in JSON with what only depends on these rooms and on its reader. */
export async function unlessKnown(
  ctx: Ctx,
  rooms: readonly number[],
  read: () => Promise<unknown>,
): Promise<Response> {
  const tag = askForTag(ctx);
  if (tag.unchanged !== null) return notModified(tag.unchanged);
  return json(await read(), 200, tagHeader(tag.give(rooms)));
}

/** @param more of the answer that it has already, which a browser takes in place of the former ones */
export function notModified(etag: string, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 304, headers: { ...more, etag } });
}

export function tagHeader(etag: string | null): Record<string, string> {
  return etag === null ? {} : { etag };
}

/**
 * On which a list of rooms depends; null: on more than it says, since what is new in hidden rooms is
 * counted.
 */
export function roomsBehind(
  { rooms, hidden }: { rooms: readonly { id: number }[]; hidden: HiddenRooms },
): number[] | null {
  return hidden.rooms > 0 ? null : rooms.map(({ id }) => id);
}
