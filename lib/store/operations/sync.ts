/** Catching up: everything a connection starts with, and what changed while it was away. */
import { notFound } from "../../errors.ts";
import { mayDecideRequests } from "../../protocol/door_permissions.ts";
import { listText } from "../../protocol/json_text.ts";
import { RESET_AFTER } from "../../protocol/limits.ts";
import type { Changes } from "../../protocol/sync.ts";
import type { Snapshot } from "../contract/sync.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { countWaiting } from "./parts/join_requests.ts";
import { listOf, peopleIn } from "./parts/room_list.ts";
import {
  ME_COLUMNS,
  type MeRow,
  MESSAGE_COLUMNS,
  type MessageRow,
  toMe,
  toMessage,
} from "./parts/rows.ts";
import { requireReader } from "./parts/standing.ts";
import { requireEnabled } from "./parts/users.ts";
import { WAITING_COLUMNS, type WaitingRow, whatWaits } from "./parts/what_waits.ts";

/** Characters of text and reactions in one page of changes. */
const PAGE_CHARACTERS = 128 * 1024;

export const snapshot = read(async (db: Driver, input: Input<"snapshot">): Promise<Snapshot> => {
  const self = await whoComes(db, input.userId);
  const user = toMe(self);
  requireEnabled(user);
  const list = await listOf(db, input.userId, { hasFresh: self.has_threads === 1 });
  const users = await peopleIn(db, self, list);
  const { ids, heads, accesses, surplus } = list;
  const waiting = await whatWaits(db, input.userId, self);
  const requests = mayDecideRequests(user) === "allowed"
    ? { requests: await countWaiting(db) }
    : {};
  return {
    user,
    rooms: listText(list.rooms),
    ids,
    heads,
    accesses,
    surplus,
    users: listText(users.map(({ text }) => text)),
    userIds: users.map(({ user: { id } }) => id),
    ...waiting,
    ...requests,
    lastRoom: self.last_room,
  };
});

async function whoComes(db: Driver, userId: number) {
  const row = await db.get<MeRow & WaitingRow & { last_room: number | null }>(
    `SELECT ${ME_COLUMNS}, u.last_room, ${WAITING_COLUMNS} FROM users AS u WHERE u.id = ?`,
    [userId],
  );
  if (row === undefined) throw notFound("user");
  return row;
}

export const changes = read(async (db: Driver, input: Input<"changes">) => {
  const { head } = await requireReader(db, input.userId, input.room);
  return await changesSince(db, input.room, head, input.since, input.limit);
});

/** Checks no permission: for the hub, which knows who is in the room. */
export const roomChanges = read(async (db: Driver, input: Input<"roomChanges">) => {
  const room = await db.get<{ head: number }>("SELECT head FROM rooms WHERE id = ?", [input.room]);
  if (room === undefined) throw notFound("room");
  return await changesSince(db, input.room, room.head, input.since, input.limit);
});

/**
 * Unchanged messages, found by their `seq`, and changed ones, found by their `rev`: each read in
 * the order of an index, then merged in that order.
 */
const CHANGED_SINCE = `
  SELECT ${MESSAGE_COLUMNS}, x.seq AS place
  FROM messages AS x JOIN users AS author ON author.id = x.user_id
  WHERE x.room_id = ? AND x.seq > ? AND x.rev = x.seq
  UNION ALL
  SELECT ${MESSAGE_COLUMNS}, x.rev AS place
  FROM messages AS x JOIN users AS author ON author.id = x.user_id
  WHERE x.room_id = ? AND x.rev > ? AND x.rev > x.seq
  ORDER BY place LIMIT ?`;

/** `head` must come from the same view: the client takes it as its new position. */
async function changesSince(
  db: Driver,
  room: number,
  head: number,
  since: number,
  limit: number,
): Promise<Changes> {
  // The client is ahead of the server: it knows a history that this database does not have.
  const reset = since > head || head - since > RESET_AFTER;
  if (reset || since === head) return { messages: [], head, more: false, reset };
  const rows = await db.all<MessageRow>(CHANGED_SINCE, [room, since, room, since, limit + 1]);
  const page = rows.slice(0, Math.min(limit, fitting(rows)));
  return { messages: page.map(toMessage), head, more: rows.length > page.length, reset };
}

/** How many of the rows fit into one frame; at least one. */
function fitting(rows: readonly MessageRow[]): number {
  let size = 0;
  const end = rows.findIndex((row) => {
    size += row.text.length + row.reactions.length;
    return size > PAGE_CHARACTERS;
  });
  return end === -1 ? rows.length : Math.max(1, end);
}
