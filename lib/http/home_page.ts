/**
 * The data of the page at `/`: the chat with the room open that one was in last. Which one that is
 * stands in the database; where it is guessed, room and list are asked for together. It knows no view.
 */
import { ConfabError } from "../errors.ts";
import type { HistoryPage } from "../protocol/history.ts";
import type { JsonText } from "../protocol/json_text.ts";
import type { User } from "../protocol/people.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { type ChatData, dataOf, listsOf } from "./pages.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** From what the room is chosen. */
interface HomeFacts {
  rooms: MemberRoom[];
  users: User[];
  lastRoom: number | null;
}

/** With the room that `choose` returns; a user removed from it meanwhile sees only the list. */
export async function homeBootstrap(
  ctx: Ctx,
  choose: (home: HomeFacts) => number | null,
): Promise<ChatData> {
  const { tags, readPages } = ctx.state.services;
  const reader = callerOf(ctx).user.id;
  const likely = tags.lastRoom(reader);
  const [snapshot, likelyText] = await Promise.all([
    run(ctx, "snapshot", {}),
    likely === null ? null : openedAt(ctx, likely),
  ]);
  const { lastRoom } = snapshot;
  const lists = listsOf(snapshot);
  const room = choose({ ...lists, lastRoom });
  // Unless they have entered another meanwhile.
  const isCurrent = tags.lastRoom(reader) === likely;
  if (room !== null && room === lastRoom && isCurrent) tags.enters(reader, room);
  const text = room === likely ? likelyText : room === null ? null : await openedAt(ctx, room);
  const read = text && readPages.read(text);
  const shown = read === null
    ? { room: null, page: null, home: false }
    : { room, page: read.page, home: true };
  return await dataOf(ctx, snapshot, { ...shown, highlightSeq: null }, read, lists);
}

function openedAt(ctx: Ctx, room: number): Promise<JsonText<HistoryPage> | null> {
  return run(ctx, "history", { room, around: "unread" }).catch(unseen);
}

function unseen(error: unknown): null {
  if (error instanceof ConfabError && ["forbidden", "not_found"].includes(error.code)) return null;
  throw error;
}
