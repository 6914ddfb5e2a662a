/** What the pages need of the server: their assets, and the data that the chat page starts from. */
import type { Bootstrap } from "../client/model.ts";
import { LIMITS } from "../protocol/limits.ts";
import { ConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { Room } from "../protocol/objects.ts";
import { withPeopleOf } from "./people.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** The entries of the browser build. */
export const CLIENT_ENTRY = "client.ts";
export const PLAIN_STYLES = "lib/ui/styles/auth.css";

/**
 * What the chat page shows before any script runs: the caller's rooms, the newest page of the open
 * one, or the page around a message, and the people in it. Throws `not_found` for a room that the caller is not in.
 */
export async function bootstrapOf(
  ctx: Ctx,
  room: number | null,
  highlightSeq: number | null,
): Promise<Bootstrap> {
  const caller = callerOf(ctx);
  const anchor = highlightSeq === null ? {} : { around: String(highlightSeq) };
  const [{ rooms, users: listed }, page] = await Promise.all([
    run(ctx, "snapshot", {}),
    room === null ? null : run(ctx, "history", { room, query: anchor }),
  ]);
  const users = page === null ? listed : await withPeopleOf(ctx, listed, page.messages);
  const { language, services: { epoch } } = ctx.state;
  const me = caller.user;
  return { epoch, me, rooms, users, room, page, highlightSeq, limits: LIMITS, language };
}

/** A room's page: the chat with the room open, or its door where it is public and not joined. */
export type RoomPage = { bootstrap: Bootstrap; door: null } | { bootstrap: null; door: Room };

export async function roomPage(
  ctx: Ctx,
  room: number,
  seq: number | null,
): Promise<Response | PageResponse<RoomPage>> {
  if (ctx.state.caller === null) return toLogin(ctx);
  try {
    return page<RoomPage>({ bootstrap: await bootstrapOf(ctx, room, seq), door: null });
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code !== "forbidden") throw error;
    // Who may see the room and not read it has not joined it.
    const door = await run(ctx, "getRoom", { room });
    return page<RoomPage>({ bootstrap: null, door }, { status: error.status });
  }
}

/** The door's button: joins, and comes back to the same address. */
export async function joinRoom(ctx: Ctx, room: number): Promise<Response> {
  const userId = callerOf(ctx).user.id;
  await run(ctx, "addMember", { room, userId });
  return ctx.redirect(ctx.url.pathname, 303);
}

/** Leads to the login, and from there back to this page. */
function toLogin(ctx: Ctx): Response {
  return ctx.redirect(`/login?next=${encodeURIComponent(ctx.url.pathname)}`);
}
