/** Messages by their ids. */
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { allInList, LIST } from "./parts/lists.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./parts/rows.ts";
import { requireActive } from "./parts/users.ts";

/** Every member may read: `mayRead`. */
const READABLE = `SELECT ${MESSAGE_COLUMNS} FROM messages AS x
  JOIN members AS m ON m.room_id = x.room_id AND m.user_id = ?
  JOIN users AS author ON author.id = x.user_id
  WHERE x.id IN (${LIST})`;

export const listMessages = read(async (db: Driver, input: Input<"listMessages">) => {
  const { userId, ids } = input;
  await requireActive(db, userId);
  const rows = await allInList<MessageRow>(db, READABLE, [userId], [...new Set(ids)]);
  return rows.map(toMessage).sort((a, b) => a.id - b.id);
});
