/** Earlier texts of messages, for the operations that change them. Checks no permission. */
import type { Message } from "../../../protocol/messages.ts";
import { VERSIONS_KEPT } from "../../../protocol/limits.ts";
import type { MessageVersion } from "../../../protocol/versions.ts";
import type { Driver } from "../../driver.ts";

type Edited = Pick<Message, "id" | "userId">;

export async function versionsOf(db: Driver, message: number): Promise<MessageVersion[]> {
  return await db.all<MessageVersion & Record<string, string | number>>(
    `SELECT text, at FROM message_versions WHERE message_id = ? ORDER BY id LIMIT ${VERSIONS_KEPT}`,
    [message],
  );
}

/** Adds an earlier text. Where there are too many, the second goes: the first is what was meant. */
export async function addVersion(
  db: Driver,
  { id, userId }: Edited,
  { text, at }: MessageVersion,
): Promise<void> {
  await db.run(
    "INSERT INTO message_versions (message_id, user_id, text, at) VALUES (?, ?, ?, ?)",
    [id, userId, text, at],
  );
  const surplus = await db.get<{ id: number }>(
    `SELECT id FROM message_versions WHERE message_id = ? ORDER BY id
     LIMIT 1 OFFSET ${VERSIONS_KEPT}`,
    [id],
  );
  if (surplus === undefined) return;
  await db.run(
    `DELETE FROM message_versions WHERE id = (
       SELECT id FROM message_versions WHERE message_id = ? ORDER BY id LIMIT 1 OFFSET 1
     )`,
    [id],
  );
}

export async function deleteVersions(db: Driver, message: number): Promise<void> {
  await db.run("DELETE FROM message_versions WHERE message_id = ?", [message]);
}
