/**
 * Answers with an entity tag: 304 to whoever has what they would get. It knows no route, and not how
 * a tag is found to hold (`entity_tags.ts`).
 */
import type { HiddenRooms } from "../protocol/listing.ts";
import type { JsonText } from "../protocol/json_text.ts";
import { jsonText } from "./answer.ts";
import type { TagAnswer } from "./entity_tags.ts";
import { callerOf, type Ctx } from "./state.ts";

/** For an answer with a tag that a browser may keep: for its reader alone, and asked for each time. */
export const KEPT_IF_UNCHANGED = { "cache-control": "private, no-cache" };

/** Asks for the tag of what a caller's request for this address is answered with. */
export function askForTag(ctx: Ctx): TagAnswer {
  const { sessionId, user } = callerOf(ctx);
  const { services, language, moment } = ctx.state;
  const { pathname, search } = ctx.url;
  return services.tags.ask({
    // The role is read with the session: `confab users role` in another process sends no notice.
    key: `${sessionId} ${user.role} ${language} ${pathname}${search}`,
    userId: user.id,
    known: ctx.req.headers.get("if-none-match"),
    moment,
  });
}

/** Answers with what only depends on these rooms and on its reader. */
export async function unlessKnown(
  ctx: Ctx,
  rooms: readonly number[],
  read: () => Promise<JsonText<unknown>>,
): Promise<Response> {
  const tag = askForTag(ctx);
  if (tag.unchanged !== null) return notModified(tag.unchanged);
  return jsonText(await read(), tagHeader(tag.give(rooms)));
}

/** @param more of the answer that it has already, which a browser takes in place of the former ones */
export function notModified(etag: string, more: Readonly<Record<string, string>> = {}): Response {
  // As the whole answer says, which is compressed for who takes it so (RFC 9110, 15.4.5).
  return new Response(null, { status: 304, headers: { vary: "accept-encoding", ...more, etag } });
}

export function tagHeader(etag: string | null): Record<string, string> {
  return etag === null ? {} : { etag };
}

/**
 * On which a list of rooms depends; null: on more than it says, since what is new in hidden rooms is
 * counted.
 */
export function roomsBehind(
  rooms: readonly number[],
  hidden: HiddenRooms,
): readonly number[] | null {
  return hidden.rooms > 0 ? null : rooms;
}
