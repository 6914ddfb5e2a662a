/**
 * The page of one's saved messages: what it shows, and its forms, which take one message out each and
 * lead back to where it stood.
 */
import { ConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import { parseJsonText } from "../protocol/json_text.ts";
import type { Room } from "../protocol/rooms.ts";
import { savedPath, type SavedProps } from "../ui/saved/saved.ts";
import { readForm } from "./body.ts";
import { toLogin } from "./pages.ts";
import { withPeopleOf } from "./people.ts";
import { claimIn, speaksForOther } from "./session.ts";
import { callerOf, type Ctx, idInQuery, run } from "./state.ts";

export const SAVED_STYLES = "lib/ui/styles/saved.css";

/** Messages on one page. */
const PAGE = 30;

export async function showSaved(ctx: Ctx): Promise<Response | PageResponse<SavedProps>> {
  if (ctx.state.caller === null) return toLogin(ctx);
  const before = idInQuery(ctx, "before");
  const [snapshot, { messages, next }] = await Promise.all([
    run(ctx, "snapshot", {}),
    run(ctx, "listSaved", { limit: PAGE, ...(before === null ? {} : { before }) }),
  ]);
  const listed: Room[] = parseJsonText(snapshot.rooms);
  const missing = new Set(messages.map(({ room }) => room));
  for (const { id } of listed) missing.delete(id);
  const rooms = [...listed, ...await roomsOf(ctx, [...missing])];
  const { language, services: { instance, now } } = ctx.state;
  const { user: me, sessionId } = callerOf(ctx);
  const users = await withPeopleOf(ctx, parseJsonText(snapshot.users), messages);
  const place = { room: idInQuery(ctx, "room"), before };
  const whose = { language, me, sessionId, instance };
  return page<SavedProps>({ ...whose, place, messages, next, rooms, users, now: now() });
}

/** Rooms that are not in the list; one that was left since is left out. */
async function roomsOf(ctx: Ctx, ids: readonly number[]): Promise<Room[]> {
  const rooms = await Promise.all(ids.map((room) => run(ctx, "getRoom", { room }).catch(unseen)));
  return rooms.filter((room) => room !== null);
}

export async function takeOut(ctx: Ctx): Promise<Response> {
  const { caller } = ctx.state;
  if (caller === null) return toLogin(ctx);
  const form = await readForm(ctx);
  const place = { room: idInQuery(ctx, "room"), before: idInQuery(ctx, "before") };
  // Of before somebody else signed in: nothing of theirs is changed, and they see their own.
  if (!speaksForOther(ctx, caller, claimIn(form))) {
    const message = Number(form.get("message"));
    await run(ctx, "saveMessage", { message, on: false }).catch(unseen);
  }
  const next = form.get("next") ?? "";
  const at = /^\d{1,15}$/.test(next) ? `#saved-${next}` : "";
  return ctx.redirect(savedPath(place) + at, 303);
}

function unseen(error: unknown): null {
  if (error instanceof ConfabError && ["forbidden", "not_found"].includes(error.code)) return null;
  throw error;
}
