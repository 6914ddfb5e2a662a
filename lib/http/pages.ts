/** What the pages need of the server: their assets, and the data that the chat page starts from. */
import type { Bootstrap } from "../client/model.ts";
import { LIMITS } from "../protocol/limits.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { Snapshot } from "../chat/notice.ts";
import type { Language } from "../protocol/accounts.ts";
import type { Room } from "../protocol/rooms.ts";
import type { Message } from "../protocol/messages.ts";
import { isForm, readForm } from "./body.ts";
import { withPeopleOf } from "./people.ts";
import { isOther } from "./session.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** The entries of the browser build. */
export const CLIENT_ENTRY = "client.ts";
/** The words of one language: a script of their own. */
export const wordsEntry = (language: Language) => `lib/ui/catalogue/chat_${language}.ts`;
/** What shows the description of the HTTP interface. */
export const API_DOCS_ENTRY = "api_docs.ts";
export const PLAIN_STYLES = "lib/ui/styles/auth.css";

/**
 * What the chat page shows before any script runs: the caller's rooms, of the open one the page
 * around what is unread, or around a message, else the newest, and the people in it. Throws
 * `not_found` for a room that the caller is not in.
 */
async function bootstrapOf(
  ctx: Ctx,
  room: number,
  highlightSeq: number | null,
): Promise<Bootstrap> {
  const around = highlightSeq ?? "unread";
  const [snapshot, page] = await Promise.all([
    run(ctx, "snapshot", {}),
    run(ctx, "history", { room, around }),
  ]);
  if (snapshot.lastRoom !== room) await remember(ctx, room);
  const listed = snapshot.rooms.some(({ id }) => id === room)
    ? snapshot
    : await withHidden(ctx, snapshot, room);
  return { ...await shared(ctx, listed, page.messages), room, page, highlightSeq, home: false };
}

/**
 * Whoever opens a room that is not in their list has it there again; on this page alone where
 * nothing can be written just now, or by them: reading goes on.
 */
async function withHidden(ctx: Ctx, snapshot: Snapshot, id: number): Promise<Snapshot> {
  try {
    await run(ctx, "updateMembership", { room: id, hidden: false });
    return await run(ctx, "snapshot", {});
  } catch (error) {
    if (!["unavailable", "rate_limited"].includes(toConfabError(error).code)) throw error;
    const room = await run(ctx, "getRoom", { room: id });
    return "membership" in room ? { ...snapshot, rooms: [...snapshot.rooms, room] } : snapshot;
  }
}

/** What every page of the chat has, with the people who are in the messages it shows. */
async function shared(
  ctx: Ctx,
  { rooms, hidden, users: listed, saved: all }: Snapshot,
  messages: readonly Message[],
) {
  const { language, services: { epoch, instance } } = ctx.state;
  const { user: me, sessionId } = callerOf(ctx);
  const users = await withPeopleOf(ctx, listed, messages);
  const isSaved = new Set(all);
  const saved = messages.map(({ id }) => id).filter((id) => isSaved.has(id));
  return { epoch, instance, me, sessionId, rooms, hidden, users, saved, limits: LIMITS, language };
}

/** A page is shown also where nothing can be written just now. */
async function remember(ctx: Ctx, room: number): Promise<void> {
  await run(ctx, "rememberRoom", { room }).catch(() => {});
}

/**
 * The page at `/`, with the room open that `choose` takes. Who was put out of it between the two
 * reads sees the list alone.
 */
export async function homeBootstrap(
  ctx: Ctx,
  choose: (snapshot: Snapshot) => number | null,
): Promise<Bootstrap> {
  const snapshot = await run(ctx, "snapshot", {});
  const room = choose(snapshot);
  const page = room === null
    ? null
    : await run(ctx, "history", { room, around: "unread" }).catch(unseen);
  const all = await shared(ctx, snapshot, page?.messages ?? []);
  return page === null
    ? { ...all, room: null, page, highlightSeq: null, home: false }
    : { ...all, room, page, highlightSeq: null, home: true };
}

function unseen(error: unknown): null {
  if (error instanceof ConfabError && ["forbidden", "not_found"].includes(error.code)) return null;
  throw error;
}

/** A room's page: the chat with the room open, or its door where it is public and not joined. */
export type RoomPage =
  | { bootstrap: Bootstrap; door: null }
  | { bootstrap: null; door: Room; sessionId: number };

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
    const { sessionId } = ctx.state.caller;
    // Who may see the room and not read it has not joined it.
    const door = await run(ctx, "getRoom", { room });
    return page<RoomPage>({ bootstrap: null, door, sessionId }, { status: error.status });
  }
}

/** The door's button: joins, and comes back to the same address. */
export async function joinRoom(ctx: Ctx, room: number): Promise<Response> {
  const caller = callerOf(ctx);
  const named = isForm(ctx.req) ? (await readForm(ctx)).get("session") : null;
  // A door from before somebody else signed in with this browser: it shows itself to them first.
  if (!isOther(caller, named)) await run(ctx, "addMember", { room, userId: caller.user.id });
  return ctx.redirect(ctx.url.pathname, 303);
}

/** Leads to the login, and from there back to this page. */
export function toLogin(ctx: Ctx): Response {
  return ctx.redirect(`/login?next=${encodeURIComponent(ctx.url.pathname)}`);
}
