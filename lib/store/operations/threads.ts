/** Threads: reading and following them, and giving them titles. */
import { mayFollow, mayTitle } from "../../protocol/thread_permissions.ts";
import type { ThreadPage } from "../../protocol/threads.ts";
import type { Change, OwnThread } from "../changes.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import {
  findForChange,
  raiseHead,
  requireChange,
  requireStored,
  type StoredMessage,
} from "./parts/message_changes.ts";
import { requireReadable } from "./parts/readable.ts";
import { toMessage } from "./parts/rows.ts";
import { showToAll } from "./parts/showing.ts";
import { type LinePlace, pageAt } from "./parts/stretches.ts";
import { findThreads, findTopics } from "./parts/thread_lists.ts";
import {
  DECLINED,
  findMark,
  FOLLOWS,
  READS,
  setMark,
  statesOf,
  toState,
} from "./parts/thread_marks.ts";
import { giveTitle, hasReplied, hasUnread } from "./parts/thread_roots.ts";
import { requireReader } from "./parts/standing.ts";
import { requireActive } from "./parts/users.ts";

export const thread = read(async (db: Driver, input: Input<"thread">): Promise<ThreadPage> => {
  const { userId, limit } = input;
  const { root: id, standing } = await requireReadable(db, userId, input.message);
  const root = await requireStored(db, id);
  const state = toState(await findMark(db, root.id, userId), standing.readSeq);
  const { head } = standing;
  const place = "around" in input.anchor && input.anchor.around === "unread"
    ? await firstUnread(db, root.id, userId, state.readSeq)
    : input.anchor as LinePlace; // the one that is no place has just been replaced
  const page = await pageAt(db, { of: "thread", id: root.id }, place, head + 1, limit);
  return { root: toMessage(root), ...page, head, ...state };
});

/** The newest page if there is none. */
async function firstUnread(
  db: Driver,
  root: number,
  userId: number,
  readSeq: number,
): Promise<LinePlace> {
  const row = await db.get<{ seq: number }>(
    `SELECT seq FROM messages
     WHERE thread_id = ? AND seq > ? AND user_id <> ? AND deleted_at IS NULL
     ORDER BY seq LIMIT 1`,
    [root, readSeq, userId],
  );
  return row === undefined ? {} : { around: row.seq };
}

/** For who changes something about a thread, of which any message may be named: nobody else does. */
async function lockThread(db: Driver, userId: number, message: number) {
  const target = await findForChange(db, userId, message);
  const root = target.row.thread_id === null
    ? target.row
    : await requireStored(db, target.row.thread_id);
  return { ...target, root };
}

const lastOf = ({ last_reply_seq, seq }: StoredMessage) => last_reply_seq ?? seq;

export const followThread = write(async (db: Driver, input: Input<"followThread">) => {
  const { userId, on } = input;
  const target = await lockThread(db, userId, input.message);
  requireChange(target, mayFollow(target.standing), "You may not follow this thread.");
  const { root } = target;
  const mark = await findMark(db, root.id, userId);
  const state = on ? FOLLOWS : DECLINED;
  if (mark?.state === state) return { result: undefined, changes: NO_CHANGES };
  const { readSeq: before, following } = toState(mark, target.standing.readSeq);
  const readSeq = on ? Math.max(before, lastOf(root)) : before;
  await setMark(db, root, userId, { state, readSeq, fresh: false });
  const own = { userId, following: on, readSeq, fresh: false };
  const changes: Change[] = on === following
    ? []
    : [{ type: "follow", room: root.room_id, root: root.id, states: [own] }];
  return { result: undefined, changes };
});

export const markThreadRead = write(
  async (db: Driver, input: Input<"markThreadRead">) => {
    const { userId } = input;
    const target = await lockThread(db, userId, input.message);
    requireChange(target, mayFollow(target.standing), "You may not follow this thread.");
    const { root } = target;
    const mark = await findMark(db, root.id, userId);
    // Where nobody has replied there is nothing to keep: it would be a row for every message.
    if (mark === null && root.last_reply_seq === null) {
      return { result: undefined, changes: NO_CHANGES };
    }
    const readSeq = Math.min(input.seq, lastOf(root));
    if (readSeq <= (mark?.read_seq ?? 0)) return { result: undefined, changes: NO_CHANGES };
    const state = mark?.state ?? READS;
    const following = state === FOLLOWS;
    const fresh = following && await hasUnread(db, root.id, userId, readSeq);
    await setMark(db, root, userId, { state, readSeq, fresh });
    const states = [{ userId, following, readSeq, fresh }];
    // No message says it too: lost, it would leave a thread marked as new on another device.
    const type = mark?.fresh === 1 && !fresh ? "follow" : "thread";
    const change: Change = { type, room: root.room_id, root: root.id, states };
    return { result: undefined, changes: [change] };
  },
);

export const titleThread = write(async (db: Driver, input: Input<"titleThread">) => {
  const { userId, title } = input;
  const target = await lockThread(db, userId, input.message);
  const { root, standing } = target;
  const facts = {
    writes: root.user_id === userId || await hasReplied(db, root.id, userId),
    empty: root.deleted_at !== null && root.reply_count === 0,
  };
  requireChange(
    { ...target, facts: { ...target.facts, deleted: facts.empty } },
    mayTitle(standing, facts),
    "Only who writes in a thread may give it a title.",
  );
  if (root.title === title) return { result: toMessage(root), changes: NO_CHANGES };
  const room = root.room_id;
  const shown = await showToAll(db, room);
  const rev = await raiseHead(db, room, standing);
  const message = await giveTitle(db, root, title, rev);
  const access = shown.at(-1)?.access ?? standing.access;
  return { result: message, changes: [...shown, { type: "message", room, rev, access, message }] };
});

export const listTopics = read(async (db: Driver, input: Input<"listTopics">) => {
  const { userId, room, before, limit } = input;
  const { readSeq } = await requireReader(db, userId, room);
  return await findTopics(db, { userId, room, readSeq, before, limit });
});

export const listThreads = read(async (db: Driver, input: Input<"listThreads">) => {
  await requireActive(db, input.userId);
  return await findThreads(db, input);
});

export const threadStates = read(async (db: Driver, input: Input<"threadStates">) => {
  const found: { root: number; states: OwnThread[] }[] = [];
  for (const root of input.roots) {
    const states = await statesOf(db, { root, room: input.room }, input.userIds);
    if (states.length > 0) found.push({ root, states });
  }
  return found;
});
