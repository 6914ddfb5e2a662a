/** What pages need from the server: their assets, and the data the chat page starts from. */
import type { Bootstrap } from "../client/model.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { Snapshot } from "../chat/notice.ts";
import { emojiNamesIn } from "../protocol/emoji_names.ts";
import type { HistoryPage } from "../protocol/history.ts";
import {
  itemsOf,
  type JsonText,
  listText,
  parseJsonText,
  toJsonText,
} from "../protocol/json_text.ts";
import { hasMarkup } from "../protocol/markup.ts";
import type { Language } from "../protocol/accounts.ts";
import type { Message } from "../protocol/messages.ts";
import type { User } from "../protocol/people.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { withPeopleOf } from "./people.ts";
import {
  askForTag,
  KEPT_IF_UNCHANGED,
  notModified,
  roomsBehind,
  tagHeader,
} from "./conditional.ts";
import type { ReadPage } from "./read_pages.ts";
import { CHAT_PAGE } from "./security.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** The entries of the browser build. */
export const CLIENT_ENTRY = "client.ts";
/** The styles of what the chat fetches once it is at rest. */
export const CHAT_LATER_STYLES = "lib/ui/styles/later.css";
/** The words of one language: a script of their own. */
export const wordsEntry = (language: Language) => `lib/ui/catalogue/chat_${language}.ts`;
/** What shows the description of the HTTP interface. */
export const API_DOCS_ENTRY = "api_docs.ts";
/** Of formatted text: for pages with some. */
export const TEXT_STYLES = "lib/ui/styles/text.css";
/** Of files: for pages with some. */
export const FILE_STYLES = "lib/ui/styles/files.css";
export const PLAIN_STYLES = "lib/ui/styles/auth.css";

/** Whether the page shows a text with markup. */
export function hasFormatted({ page, preview }: Bootstrap): boolean {
  const shown = page ?? preview;
  return shown?.messages.some(({ text }) => hasMarkup(text)) ?? false;
}

/** Whether the page shows files, or what messages link to. */
export function hasFiles({ page, preview }: Bootstrap): boolean {
  return (page ?? preview)?.messages.some(({ files, links }) => files.length + links.length > 0) ??
    false;
}

/**
 * What the chat page shows before any script runs: the caller's rooms, and for the open room its
 * people and the page around the first unread message or a given one, or else the newest. Throws
 * `not_found` for a room the caller is not in.
 */
async function bootstrapOf(
  ctx: Ctx,
  room: number,
  highlightSeq: number | null,
): Promise<ChatData> {
  const around = highlightSeq ?? "unread";
  const [snapshot, text] = await Promise.all([
    run(ctx, "snapshot", {}),
    run(ctx, "history", { room, around }),
  ]);
  ctx.state.services.tags.enters(callerOf(ctx).user.id, room);
  if (snapshot.lastRoom !== room) await remember(ctx, room);
  const listed = snapshot.ids.includes(room) ? snapshot : await withHidden(ctx, snapshot, room);
  const read = ctx.state.services.readPages.read(text);
  return await dataOf(ctx, listed, { page: read.page, room, highlightSeq, home: false }, read);
}

/**
 * Opening a room that is not in the caller's list puts it back; if nothing can be written just now,
 * or the caller may not write, only on this page: reading goes on.
 */
async function withHidden(ctx: Ctx, snapshot: Snapshot, id: number): Promise<Snapshot> {
  try {
    await run(ctx, "updateMembership", { room: id, hidden: false });
    return await run(ctx, "snapshot", {});
  } catch (error) {
    if (!["unavailable", "rate_limited"].includes(toConfabError(error).code)) throw error;
    const room = await run(ctx, "getRoom", { room: id });
    if (!("membership" in room)) return snapshot;
    return { ...snapshot, rooms: listText([...itemsOf(snapshot.rooms), toJsonText(room)]) };
  }
}

/** What a chat page shows, and what of it is JSON already. */
export interface ChatData {
  bootstrap: Bootstrap;
  rooms: JsonText<MemberRoom[]>;
  users: JsonText<User[]>;
  /** The messages that are shown, for the data block. */
  page: ReadPage | null;
}

type Shown = Pick<Bootstrap, "page" | "room" | "highlightSeq" | "home" | "preview">;

/** The data of every chat page, with the people in the messages it shows. */
export async function dataOf(
  ctx: Ctx,
  { hidden, saved: all, threads, later, requests, ...snapshot }: Snapshot,
  shown: Shown,
  page: ReadPage | null = null,
  lists = listsOf(snapshot),
): Promise<ChatData> {
  const { language, services: { epoch, instance, workspace } } = ctx.state;
  const { messages } = shown.page ?? shown.preview ?? NOTHING;
  const here = { ...workspace.here(), ...(requests ? { requests } : {}), later };
  const { user: me, sessionId } = callerOf(ctx);
  const { rooms } = lists;
  const users = await withPeopleOf(ctx, lists.users, messages);
  const isSaved = new Set(all);
  const saved = messages.map(({ id }) => id).filter((id) => isSaved.has(id));
  const own = { saved, threads, ...await emojiOf(ctx, messages, [...users, me]) };
  const whose = { epoch, instance, me, sessionId, rooms, hidden, users, language };
  const usersText = users.length === lists.users.length ? snapshot.users : toJsonText(users);
  return {
    bootstrap: { ...whose, ...own, ...here, ...shown },
    rooms: snapshot.rooms,
    users: usersText,
    page,
  };
}

export function listsOf({ rooms, users }: Pick<Snapshot, "rooms" | "users">) {
  return { rooms: parseJsonText(rooms), users: parseJsonText(users) };
}

const NOTHING: Pick<HistoryPage, "messages"> = { messages: [] };

/** Custom emoji that messages and people on the page name. */
async function emojiOf(
  ctx: Ctx,
  messages: readonly Message[],
  users: readonly User[],
): Promise<Pick<Bootstrap, "emoji">> {
  const names = emojiNamesIn([
    ...messages.flatMap(({ text, reactions }) => [text, ...Object.keys(reactions)]),
    ...users.map(({ status }) => status?.emoji ?? ""),
  ]);
  if (names.size === 0) return {};
  const emoji = await run(ctx, "emojiNamed", { names: [...names] });
  return emoji.length === 0 ? {} : { emoji };
}

/** A page is shown even if nothing can be written just now. */
async function remember(ctx: Ctx, room: number): Promise<void> {
  await run(ctx, "rememberRoom", { room }).catch(() => {});
}

/** A room's page: the chat with the room open, or seen from outside, where one has not joined it. */
export async function roomPage(
  ctx: Ctx,
  room: number,
  seq: number | null,
): Promise<Response | PageResponse<ChatData>> {
  if (ctx.state.caller === null) return toLogin(ctx);
  const tag = askForTag(ctx);
  if (tag.unchanged !== null) {
    if (ctx.state.services.tags.enters(ctx.state.caller.user.id, room)) await remember(ctx, room);
    return notModified(tag.unchanged, tagged(ctx, tag.unchanged));
  }
  try {
    const data = await bootstrapOf(ctx, room, seq);
    const { rooms, hidden } = data.bootstrap;
    return chatPage(data, tagged(ctx, tag.give(roomsBehind(rooms.map(({ id }) => id), hidden))));
  } catch (error) {
    if (!(error instanceof ConfabError) || error.code !== "forbidden") throw error;
    // A caller who may see the room but not read it has not joined it.
    return chatPage(await outsideBootstrap(ctx, room));
  }
}

async function outsideBootstrap(ctx: Ctx, room: number): Promise<ChatData> {
  const [snapshot, preview] = await Promise.all([
    run(ctx, "snapshot", {}),
    run(ctx, "previewRoom", { room }),
  ]);
  const shown = { room: null, page: null, preview, highlightSeq: null, home: false };
  return await dataOf(ctx, snapshot, shown);
}

/**
 * What the page may do, also where it is the one that the browser has: it takes these in place of
 * those that came with it. Over TLS alone browsers clear what they keep when we say so at the logout.
 */
function tagged({ state: { secure } }: Ctx, tag: string | null): Record<string, string> {
  if (tag === null) return CHAT_PAGE;
  return { ...CHAT_PAGE, ...tagHeader(tag), ...(secure && KEPT_IF_UNCHANGED) };
}

/** The chat as a page, with what it may do. */
export function chatPage(
  data: ChatData,
  headers: Readonly<Record<string, string>> = CHAT_PAGE,
): PageResponse<ChatData> {
  return page(data, { headers });
}

/** Redirects to the login, and from there back to this page. */
export function toLogin(ctx: Ctx): Response {
  return ctx.redirect(`/login?next=${encodeURIComponent(ctx.url.pathname)}`);
}
