/** A file as somebody finds it: their own, or one of a message that they may read. */
import { notFound } from "../../../errors.ts";
import { mayReadFile, mayUseUpload } from "../../../protocol/file_permissions.ts";
import type { Verdict } from "../../../protocol/permissions.ts";
import type { Driver } from "../../driver.ts";
import { FILE_COLUMNS, type FileRow } from "./file_rows.ts";
import { findStanding } from "./standing.ts";
import { requireActive } from "./users.ts";

export const FIND_FILE = `SELECT ${FILE_COLUMNS} FROM files AS f WHERE f.id = ?`;

/** One's own that no message holds; any other is not there. */
export async function requireOwnFile(db: Driver, userId: number, id: number): Promise<FileRow> {
  const { role } = await requireActive(db, userId);
  const row = await db.get<FileRow>(FIND_FILE, [id]);
  if (row === undefined || row.state === "gone" || row.message_id !== null) throw notFound("file");
  const verdict = mayUseUpload({ role, disabled: false }, { isUploader: row.user_id === userId });
  if (verdict !== "allowed") throw notFound("file");
  return row;
}

interface Holder {
  room_id: number;
  seq: number;
  deleted_at: number | null;
  thread_only: number;
}

/** @param previewed how many messages of a public room those see who have not joined */
export async function mayReadIn(
  db: Driver,
  userId: number,
  message: number,
  previewed: number,
): Promise<Verdict> {
  const holder = (await db.get<Holder>(
    "SELECT room_id, seq, deleted_at, thread_only FROM messages WHERE id = ?",
    [message],
  ))!; // it is referenced
  const standing = await findStanding(db, userId, holder.room_id);
  if (standing === null) return "hidden";
  const deleted = holder.deleted_at !== null;
  const isPreviewed = standing.member === null && !deleted && holder.thread_only === 0 &&
    await isAmongLast(db, holder, previewed);
  return mayReadFile(standing, { deleted, previewed: isPreviewed });
}

/** As `previewRoom` counts. */
async function isAmongLast(
  db: Driver,
  { room_id: room, seq }: Holder,
  most: number,
): Promise<boolean> {
  const later = await db.all(
    `SELECT 1 AS one FROM messages WHERE room_id = ? AND seq > ? AND deleted_at IS NULL
       AND thread_only = 0 LIMIT ?`,
    [room, seq, most],
  );
  return later.length < most;
}
