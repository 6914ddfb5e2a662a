/** What the pages need of the server: their assets, and the data that the chat page starts from. */
import type { Bootstrap } from "../client/model.ts";
import { LIMITS } from "../protocol/limits.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** The entries of the browser build. */
export const CLIENT_ENTRY = "client.ts";
export const PLAIN_STYLES = "lib/ui/styles/auth.css";

/**
 * What the chat page shows before any script runs: the caller's rooms, and the newest page of the
 * open one, or the page around a message. Throws `not_found` for a room that the caller is not in.
 */
export async function bootstrapOf(
  ctx: Ctx,
  room: number | null,
  highlightSeq: number | null,
): Promise<Bootstrap> {
  const caller = callerOf(ctx);
  const anchor = highlightSeq === null ? {} : { around: String(highlightSeq) };
  const [{ rooms, users }, page] = await Promise.all([
    run(ctx, "snapshot", {}),
    room === null ? null : run(ctx, "history", { room, query: anchor }),
  ]);
  const { language } = ctx.state;
  return { me: caller.user, rooms, users, room, page, highlightSeq, limits: LIMITS, language };
}

/** Leads to the login, and from there back to this page. */
export function toLogin(ctx: Ctx): Response {
  return ctx.redirect(`/login?next=${encodeURIComponent(ctx.url.pathname)}`);
}
