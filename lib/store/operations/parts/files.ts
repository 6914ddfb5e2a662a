/**
 * What other operations need from files: a new message takes some, a deleted one gives its own up.
 * Checks no permission. Bytes are not its concern: what is `gone` is taken away by somebody else.
 */
import { ConfabError } from "../../../errors.ts";
import type { File } from "../../../protocol/files.ts";
import type { Timestamp } from "../../../protocol/time.ts";
import type { Driver } from "../../driver.ts";
import { FILE_COLUMNS, type FileRow, reservedFor, toFile } from "./file_rows.ts";
import { allInList, LIST } from "./lists.ts";

/** The row in which all files are summed up. */
export const ALL_PEOPLE = 0;
/** Files of a message are numbered from the last, so that a room's lists show them in order. */
const PLACES = 16;

/** One's own complete ones that nothing holds, in this order; `invalid` for any other. */
export async function requireLoose(
  db: Driver,
  userId: number,
  ids: readonly number[],
): Promise<File[]> {
  if (ids.length === 0) return [];
  const rows = await allInList<FileRow>(
    db,
    `SELECT ${FILE_COLUMNS} FROM files AS f WHERE f.id IN (${LIST})`,
    [],
    ids,
  );
  const byId = new Map(rows.filter((row) => isLoose(row, userId)).map((row) => [row.id, row]));
  if (byId.size !== ids.length) throw noFile(ids.findIndex((id) => !byId.has(id)));
  return ids.map((id) => toFile(byId.get(id)!)); // all were found
}

function isLoose(row: FileRow, userId: number): boolean {
  return row.user_id === userId && row.state === "ready" && row.message_id === null &&
    row.scheduled_id === null;
}

/** @param place of the first that cannot be sent; -1: one is named twice */
function noFile(place: number): ConfabError {
  const message = place === -1 ? "names a file twice" : "there is no such file of yours to send";
  return new ConfabError("invalid", "The message names a file that cannot be sent with it.", {
    errors: [{ path: "files", message, reason: "invalid" }],
  });
}

/** They belong to the message from now on. They were looked at in the same transaction. */
export async function bindFiles(
  db: Driver,
  { id, room }: { id: number; room: number },
  files: readonly File[],
): Promise<void> {
  for (const [position, file] of files.entries()) {
    const changed = await db.run(
      `UPDATE files SET message_id = ?, room_id = ?, position = ?, place = ?
       WHERE id = ? AND state = 'ready' AND message_id IS NULL AND scheduled_id IS NULL`,
      [id, room, position, id * PLACES + PLACES - 1 - position, file.id],
    );
    // Another node gave it to another message meanwhile: that one has it, and this one is undone.
    if (changed !== 1) throw noFile(position);
  }
}

/** A message that waits to be sent holds them. */
export async function holdFiles(
  db: Driver,
  scheduled: number,
  files: readonly File[],
): Promise<void> {
  for (const [position, file] of files.entries()) {
    const changed = await db.run(
      `UPDATE files SET scheduled_id = ?, position = ?
       WHERE id = ? AND state = 'ready' AND message_id IS NULL AND scheduled_id IS NULL`,
      [scheduled, position, file.id],
    );
    if (changed !== 1) throw noFile(position);
  }
}

/** Those of messages that wait to be sent, by the message. */
export async function heldFiles(
  db: Driver,
  scheduled: readonly number[],
): Promise<Map<number, File[]>> {
  const rows = await allInList<FileRow>(
    db,
    `SELECT ${FILE_COLUMNS} FROM files AS f WHERE f.scheduled_id IN (${LIST})
     ORDER BY f.scheduled_id, f.position`,
    [],
    scheduled,
  );
  const held = new Map<number, File[]>();
  for (const row of rows) {
    const id = row.scheduled_id!; // asked for
    held.set(id, [...held.get(id) ?? [], toFile(row)]);
  }
  return held;
}

/** Nothing holds them any more: they can be sent otherwise, for as long as any from `now` on. */
export async function letGo(db: Driver, scheduled: number, now: Timestamp): Promise<void> {
  await db.run("UPDATE files SET scheduled_id = NULL, touched_at = ? WHERE scheduled_id = ?", [
    now,
    scheduled,
  ]);
}

/** One that nothing holds. */
export const LOOSE = "id = ? AND message_id IS NULL AND scheduled_id IS NULL";
/** One whose bytes are still coming, or were. */
export const UNFINISHED = "id = ? AND message_id IS NULL AND state = 'uploading'";

/** Which rows to give up, after `WHERE`: a text of this program, each with an index. */
export type Given =
  | "message_id = ?"
  | "scheduled_id = ?"
  | typeof LOOSE
  | typeof UNFINISHED
  | "user_id = ? AND message_id IS NULL AND state = 'ready'"
  | "user_id = ? AND message_id IS NULL AND state = 'uploading'";

/** Bytes that are counted for somebody, or no more. */
export type Count = readonly [userId: number, bytes: number];

/**
 * Gives files up: nobody can reach them, they count no more, and their bytes are taken away. Returns
 * how many: not those that another node has given to a message since they were looked for.
 */
export async function giveUp(db: Driver, given: Given, value: number): Promise<number> {
  const freed = await markGone(db, given, value);
  if (freed.length > 0) await addBytes(db, freed);
  return freed.length;
}

/** The same, but for counting: for each file, how much that is to be. */
export async function markGone(db: Driver, given: Given, value: number): Promise<Count[]> {
  const rows = await db.all<{ id: number; user_id: number }>(
    `SELECT id, user_id FROM files WHERE ${given} AND state <> 'gone' ORDER BY id`,
    [value],
  );
  const freed: Count[] = [];
  for (const { id, user_id: userId } of rows) {
    // What is reserved may have grown since, through another node.
    const gone = await db.get<{ size: number }>(
      `UPDATE files SET state = 'gone', message_id = NULL, scheduled_id = NULL, room_id = NULL,
         place = NULL WHERE ${given} AND id = ? AND state <> 'gone' RETURNING size`,
      [value, id],
    );
    if (gone !== undefined) freed.push([userId, -reservedFor(gone)]);
  }
  return freed;
}

/**
 * Counts bytes for people and for all. By their ids, everybody's row last, so that two transactions
 * never wait for each other. Returns what each of them then has, and what all have.
 */
export async function addBytes(
  db: Driver,
  counts: readonly Count[],
): Promise<ReadonlyMap<number, number>> {
  const sums = new Map<number, number>();
  let all = 0;
  for (const [userId, bytes] of counts.toSorted(([a], [b]) => a - b)) {
    sums.set(userId, (sums.get(userId) ?? 0) + bytes);
    all += bytes;
  }
  const totals = new Map<number, number>();
  for (const [userId, bytes] of sums) totals.set(userId, await addTo(db, userId, bytes));
  return totals.set(ALL_PEOPLE, await addTo(db, ALL_PEOPLE, all));
}

async function addTo(db: Driver, userId: number, bytes: number): Promise<number> {
  const row = await db.get<{ bytes: number }>(
    `INSERT INTO file_totals (user_id, bytes) VALUES (?, ?)
     ON CONFLICT (user_id) DO UPDATE SET bytes = file_totals.bytes + excluded.bytes
     RETURNING bytes`,
    [userId, bytes],
  );
  return row!.bytes; // it always answers the row
}
