/** Files: uploading them, saying what they show, reading them, and what a room's messages hold. */
import { notFound } from "../../errors.ts";
import type { RoomFiles, RoomLinks } from "../../protocol/files.ts";
import { mayUseUpload } from "../../protocol/file_permissions.ts";
import { mayEdit } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { FILE_COLUMNS, type FileRow, kindOf, reservedFor, toFile } from "./parts/file_rows.ts";
import { requirePlace, reserve } from "./parts/file_space.ts";
import { giveUp, LOOSE } from "./parts/files.ts";
import { FIND_FILE, mayReadIn, requireOwnFile } from "./parts/found_files.ts";
import { blobsOfRows, openUploads } from "./parts/kept_blobs.ts";
import { linksIn } from "./parts/links_in.ts";
import { filled, LIST } from "./parts/lists.ts";
import { findForChange, requireChange, storeChange } from "./parts/message_changes.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./parts/rows.ts";
import { requireReader } from "./parts/standing.ts";
import { requireActive } from "./parts/users.ts";

/** How many rows are given up, or forgotten, in one transaction. */
const AT_ONCE = 200;
/** Milliseconds in which an upload is not touched again: it makes way after an hour, at the earliest. */
const TOUCHED_FOR = 60_000;

export const beginUpload = write(async (db: Driver, input: Input<"beginUpload">) => {
  const { userId, key, name, type, alt, voice, space, now } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  await requirePlace(db, input);
  const wish = { userId, bytes: input.size, ahead: input.ahead ?? 0, space, now };
  const { bytes: size, madeWay } = await reserve(db, wish);
  const id = await db.insert(
    `INSERT INTO files (key, user_id, state, kind, name, type, size, duration, thumbnail, alt,
       waveform, position, created_at, touched_at)
     VALUES (?, ?, 'uploading', ?, ?, ?, ?, ?, 0, ?, ?, 0, ?, ?)`,
    [
      key,
      userId,
      kindOf(type, voice !== null),
      name,
      type,
      size,
      voice === null ? null : Math.round(voice.duration * 10),
      alt,
      voice === null ? null : JSON.stringify(voice.waveform),
      now,
      now,
    ],
  );
  return { result: { id, size, madeWay }, changes: NO_CHANGES };
});

export const growUpload = write(async (db: Driver, input: Input<"growUpload">) => {
  const { userId, id, ahead, space, now } = input;
  await db.lockUser(userId);
  const row = await requireOwnFile(db, userId, id);
  if (row.state !== "uploading") throw notFound("upload");
  // Before anything is counted: so it is none of those that make way.
  const touched = await db.run(
    "UPDATE files SET touched_at = ? WHERE id = ? AND state = 'uploading'",
    [now, id],
  );
  // Given up meanwhile, through another node.
  if (touched === 0) throw notFound("upload");
  const before = reservedFor(row);
  const bytes = Math.max(0, input.size - before);
  const more = await reserve(db, { userId, bytes, ahead, space, now });
  const size = before + more.bytes;
  await db.run("UPDATE files SET size = ? WHERE id = ?", [size, id]);
  return { result: { size, madeWay: more.madeWay }, changes: NO_CHANGES };
});

export const findUpload = write(async (db: Driver, input: Input<"findUpload">) => {
  const { userId, id, now } = input;
  const row = await requireOwnFile(db, userId, id);
  if (row.state === "uploading") {
    // Each part asks for its upload, and most so soon that there is nothing to commit.
    await db.run("UPDATE files SET touched_at = ? WHERE id = ? AND touched_at < ?", [
      now,
      id,
      now - TOUCHED_FOR,
    ]);
  }
  const { key, name, type } = row;
  const file = row.state === "ready" ? toFile(row) : null;
  return { result: { id, key, size: reservedFor(row), name, type, file }, changes: NO_CHANGES };
});

export const finishUpload = write(async (db: Driver, input: Input<"finishUpload">) => {
  const { userId, id, facts, space, now } = input;
  await db.lockUser(userId);
  const row = await requireOwnFile(db, userId, id);
  if (row.state === "ready") return { result: toFile(row), changes: NO_CHANGES };
  const isVoice = row.waveform !== null && /^(audio|video)\//.test(facts.type);
  // What browsers record may not tell how long it is; of what is no sound nobody's word counts.
  const said = isVoice ? row.duration : null;
  const duration = facts.duration === null ? said : Math.round(facts.duration * 10);
  await db.run(
    `UPDATE files SET state = 'ready', kind = ?, type = ?, size = ?, width = ?, height = ?,
       duration = ?, blur = ?, thumbnail = ?, waveform = ?, touched_at = ? WHERE id = ?`,
    [
      kindOf(facts.type, isVoice),
      facts.type,
      facts.size,
      facts.width,
      facts.height,
      duration,
      facts.blur,
      facts.thumbnail ? 1 : 0,
      isVoice ? row.waveform : null,
      now,
      id,
    ],
  );
  await reserve(db, { userId, bytes: facts.size - reservedFor(row), space, now });
  const ready = (await db.get<FileRow>(FIND_FILE, [id]))!; // it is locked
  return { result: toFile(ready), changes: NO_CHANGES };
});

export const deleteFile = write(async (db: Driver, { userId, id }: Input<"deleteFile">) => {
  await db.lockUser(userId);
  const row = await requireOwnFile(db, userId, id);
  if (row.scheduled_id !== null) throw notFound("file");
  // Sent meanwhile, through another node.
  if (await giveUp(db, LOOSE, id) === 0) throw notFound("file");
  return { result: undefined, changes: NO_CHANGES };
});

export const describeFile = write(async (db: Driver, input: Input<"describeFile">) => {
  const { userId, id, alt } = input;
  await requireActive(db, userId);
  const found = await db.get<FileRow>(FIND_FILE, [id]);
  if (found === undefined || found.state !== "ready") throw notFound("file");
  if (found.message_id === null) {
    const row = await requireOwnFile(db, userId, id);
    await db.run("UPDATE files SET alt = ? WHERE id = ?", [alt, id]);
    return { result: toFile({ ...row, alt }), changes: NO_CHANGES };
  }
  const target = await findForChange(db, userId, found.message_id);
  const { message, standing, facts } = target;
  if (facts.deleted) throw notFound("file");
  requireChange(target, mayEdit(standing, facts), "Only its author may describe a file.");
  const file = toFile({ ...found, alt });
  if (found.alt === alt) return { result: file, changes: NO_CHANGES };
  await db.run("UPDATE files SET alt = ? WHERE id = ?", [alt, id]);
  const files = message.files.map((each) => each.id === id ? { ...each, alt } : each);
  const { changes } = await storeChange(db, target, { ...message, files });
  return { result: file, changes };
});

export const findFile = read(async (db: Driver, input: Input<"findFile">) => {
  const { userId, id, previewed } = input;
  const { role } = await requireActive(db, userId);
  const row = await db.get<FileRow>(FIND_FILE, [id]);
  if (row === undefined || row.state !== "ready") throw notFound("file");
  const verdict = row.message_id === null
    ? mayUseUpload({ role, disabled: false }, { isUploader: row.user_id === userId })
    : await mayReadIn(db, userId, row.message_id, previewed);
  if (verdict !== "allowed") throw notFound("file");
  return { key: row.key, file: toFile(row) };
});

/** Every member may read: `mayRead`. What was deleted a moment ago is not listed. */
const IN_ROOM = `SELECT ${FILE_COLUMNS}, f.place, x.seq, x.user_id AS author, x.ts
  FROM files AS f JOIN messages AS x ON x.id = f.message_id AND x.deleted_at IS NULL`;
const ALL_IN_ROOM = `${IN_ROOM} WHERE f.room_id = ? AND f.place < ? ORDER BY f.place DESC LIMIT ?`;
const OF_KIND = `${IN_ROOM} WHERE f.room_id = ? AND f.kind = ? AND f.place < ?
  ORDER BY f.place DESC LIMIT ?`;

type ListedRow = FileRow & { place: number; seq: number; author: number; ts: number };

export const listFiles = read(async (db: Driver, input: Input<"listFiles">): Promise<RoomFiles> => {
  const { userId, room, kind, limit } = input;
  await requireReader(db, userId, room);
  const before = input.before ?? Number.MAX_SAFE_INTEGER;
  const rows = kind === null
    ? await db.all<ListedRow>(ALL_IN_ROOM, [room, before, limit + 1])
    : await db.all<ListedRow>(OF_KIND, [room, kind, before, limit + 1]);
  const page = rows.slice(0, limit);
  return {
    files: page.map((row) => ({
      message: row.message_id!, // joined by it
      seq: row.seq,
      userId: row.author,
      ts: row.ts,
      file: toFile(row),
    })),
    next: rows.length > page.length ? page.at(-1)!.place : null,
  };
});

/** The condition of the index, word for word. */
const WITH_LINKS = `SELECT ${MESSAGE_COLUMNS} FROM messages AS x
  JOIN users AS author ON author.id = x.user_id
  WHERE x.room_id = ? AND x.seq < ? AND x.text LIKE '%://%'
  ORDER BY x.seq DESC LIMIT ?`;

export const listLinks = read(async (db: Driver, input: Input<"listLinks">): Promise<RoomLinks> => {
  const { userId, room, limit } = input;
  await requireReader(db, userId, room);
  const before = input.before ?? Number.MAX_SAFE_INTEGER;
  const rows = await db.all<MessageRow>(WITH_LINKS, [room, before, limit + 1]);
  const page = rows.slice(0, limit).map(toMessage);
  const found: RoomLinks["links"] = [];
  for (const { id: message, seq, userId, ts, text, links } of page) {
    for (const url of await linksIn(text)) {
      const link = links.find((each) => each.url === url) ?? null;
      found.push({ message, seq, userId, ts, url, link });
    }
  }
  return { links: found, next: rows.length > page.length ? page.at(-1)!.seq : null };
});

export const giveUpFiles = write(async (db: Driver, input: Input<"giveUpFiles">) => {
  const { unfinished, unbound } = input;
  const old = async (state: "uploading" | "ready", before: number) =>
    await db.all<{ id: number }>(
      `SELECT id FROM files WHERE message_id IS NULL AND state = ? AND touched_at < ?
         AND scheduled_id IS NULL ORDER BY touched_at LIMIT ${AT_ONCE}`,
      [state, before],
    );
  const rows = [...await old("uploading", unfinished), ...await old("ready", unbound)];
  for (const { id } of rows) await giveUp(db, LOOSE, id);
  return { result: rows.length, changes: NO_CHANGES };
});

export const goneFiles = read((db: Driver) =>
  db.all<{ id: number; key: string }>(
    `SELECT id, key FROM files WHERE message_id IS NULL AND state = 'gone'
     ORDER BY touched_at LIMIT ${AT_ONCE}`,
    [],
  )
);

export const forgetFiles = write(async (db: Driver, { ids }: Input<"forgetFiles">) => {
  for (let at = 0; at < ids.length; at += 16) {
    const some = ids.slice(at, at + 16);
    await db.run(`DELETE FROM files WHERE state = 'gone' AND id IN (${LIST})`, filled(some));
  }
  return { result: undefined, changes: NO_CHANGES };
});

export const namedBlobs = read(async (db: Driver, input: Input<"namedBlobs">) => ({
  blobs: [...await blobsOfRows(db, input.blobs)],
  uploads: [...await openUploads(db, input.uploads)],
}));
