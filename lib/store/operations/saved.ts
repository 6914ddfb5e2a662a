/** A user's saved messages. Nobody else learns of them, so they raise no room's head. */
import { ConfabError } from "../../errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { maySave } from "../../protocol/permissions.ts";
import type { SavedPage } from "../../protocol/saved.ts";
import type { Driver } from "../driver.ts";
import { findForChange, requireChange } from "./parts/message_changes.ts";
import { type Input, NO_CHANGES, read, writeIndependently } from "./operation.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./parts/rows.ts";
import { savedIds } from "./parts/saved_messages.ts";
import { requireActive } from "./parts/users.ts";

export const saveMessage = writeIndependently(async (db: Driver, input: Input<"saveMessage">) => {
  const { userId, message, on } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  const saved = await isSaved(db, userId, message);
  if (saved && !on) {
    await db.run("DELETE FROM saved WHERE message_id = ? AND user_id = ?", [message, userId]);
    return { result: undefined, changes: [{ type: "saved", userId, message, on }] };
  }
  const target = await findForChange(db, userId, message);
  if (saved || !on) return { result: undefined, changes: NO_CHANGES };
  requireChange(target, maySave(target.standing, target.facts), "You may not save this message.");
  requirePlace(await savedIds(db, userId));
  await db.run("INSERT INTO saved (user_id, message_id) VALUES (?, ?)", [userId, message]);
  return { result: undefined, changes: [{ type: "saved", userId, message, on }] };
});

async function isSaved(db: Driver, userId: number, message: number): Promise<boolean> {
  const row = await db.get<{ id: number }>(
    "SELECT id FROM saved WHERE message_id = ? AND user_id = ?",
    [message, userId],
  );
  return row !== undefined;
}

function requirePlace(saved: readonly number[]): void {
  if (saved.length < LIMITS.saved) return;
  const message = `You can save at most ${LIMITS.saved} messages.`;
  throw new ConfabError("invalid", message, {
    errors: [{ path: "message", message, reason: "too_long" }],
  });
}

/** Every member may read: `mayRead`. */
const READABLE = `FROM saved AS s
  JOIN messages AS x ON x.id = s.message_id
  JOIN members AS m ON m.room_id = x.room_id AND m.user_id = s.user_id
  JOIN users AS author ON author.id = x.user_id`;

export const listSaved = read(async (db: Driver, input: Input<"listSaved">): Promise<SavedPage> => {
  const { userId, before, limit } = input;
  await requireActive(db, userId);
  const rows = await db.all<MessageRow & { place: number }>(
    `SELECT ${MESSAGE_COLUMNS}, s.id AS place ${READABLE}
     WHERE s.user_id = ? AND s.id < ? ORDER BY s.id DESC LIMIT ?`,
    [userId, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    messages: page.map(toMessage),
    next: rows.length > page.length ? page.at(-1)!.place : null,
  };
});
