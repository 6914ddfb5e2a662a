/**
 * Changing an existing message. Each change raises its room's head by exactly 1, in the transaction
 * that makes it.
 */
import { ConfabError, notFound } from "../../../errors.ts";
import type { File } from "../../../protocol/files.ts";
import type { Message } from "../../../protocol/messages.ts";
import { mayReadMessage, type MessageFacts, type Verdict } from "../../../protocol/permissions.ts";
import type { Change } from "../../changes.ts";
import type { Driver } from "../../driver.ts";
import { NO_CHANGES, type Written } from "../operation.ts";
import { dueWithMessage } from "./due_reminders.ts";
import { fileIds } from "./file_rows.ts";
import { forgetHeard } from "./heard_messages.ts";
import { deleteMentions } from "./mentions.ts";
import { forgetLinks } from "./links.ts";
import { originalDigest } from "./original.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./rows.ts";
import { forgetSaved } from "./saved_messages.ts";
import { showToAll } from "./showing.ts";
import { lessFresh, makeFresh, threadChange } from "./thread_marks.ts";
import { recountReplies } from "./thread_roots.ts";
import { findStanding, requireVerdict, type RoomStanding } from "./standing.ts";
import { requireActive } from "./users.ts";
import { deleteVersions } from "./versions.ts";

const SELECT_MESSAGE = `SELECT ${MESSAGE_COLUMNS}, x.original_digest
  FROM messages AS x JOIN users AS author ON author.id = x.user_id`;

export type StoredMessage = MessageRow & { original_digest: string | null };

/** Of the room, as this transaction has it. */
type Place = Pick<RoomStanding, "head" | "access">;

/**
 * Raises a room's head by 1. The room was locked before `standing` was read, so nobody else has
 * raised it meanwhile, and commit order is the order of heads.
 */
export async function raiseHead(db: Driver, room: number, standing: Place): Promise<number> {
  await requireFreePlaces(db, room, standing.head);
  await db.run("UPDATE rooms SET head = head + 1 WHERE id = ?", [room]);
  return standing.head + 1;
}

/**
 * Refuses if a message lies beyond the head, as in a database repaired by hand: the next write
 * would take a `seq` or `rev` that clients have already seen.
 */
export async function requireFreePlaces(db: Driver, room: number, head: number): Promise<void> {
  const { taken } = (await db.get<{ taken: number }>(
    `SELECT EXISTS (SELECT 1 FROM messages WHERE room_id = ? AND seq > ?)
       OR EXISTS (SELECT 1 FROM messages WHERE room_id = ? AND rev > ? AND rev > seq) AS taken`,
    [room, head, room, head],
  ))!; // it always answers one row
  if (taken) throw new Error("A message stands beyond the head of its room.");
}

interface ForChange {
  row: StoredMessage;
  message: Message;
  facts: MessageFacts;
  standing: RoomStanding;
}

/** A message the user may read; any other looks as if it did not exist. */
export async function findForChange(db: Driver, userId: number, id: number): Promise<ForChange> {
  const place = await db.get<{ room_id: number }>("SELECT room_id FROM messages WHERE id = ?", [
    id,
  ]);
  if (place === undefined) {
    await requireActive(db, userId);
    throw notFound("message");
  }
  await db.lockRoom(place.room_id);
  const standing = await findStanding(db, userId, place.room_id);
  if (standing === null || mayReadMessage(standing) !== "allowed") throw notFound("message");
  const row = await requireStored(db, id);
  const message = toMessage(row);
  const facts = { isAuthor: message.userId === userId, deleted: message.deletedAt !== null };
  return { row, message, facts, standing };
}

export async function requireStored(db: Driver, id: number): Promise<StoredMessage> {
  const row = await db.get<StoredMessage>(`${SELECT_MESSAGE} WHERE x.id = ?`, [id]);
  if (row === undefined) throw notFound("message");
  return row;
}

export function requireChange(
  { standing, facts }: ForChange,
  verdict: Verdict,
  sentence: string,
): void {
  requireVerdict(standing, verdict, facts.deleted ? "This message was deleted." : sentence);
}

/** Only what has files may say nothing besides. */
export function noText(): ConfabError {
  const message = "must not be empty";
  return new ConfabError("invalid", "The message would be empty.", {
    errors: [{ path: "text", message, reason: "too_short" }],
  });
}

export function unchanged(message: Message): Written<Message> {
  return { result: message, changes: NO_CHANGES };
}

/** Takes away what it says, and leaves its place. Checks no permission. */
export async function takeText(
  db: Driver,
  target: { row: StoredMessage; message: Message; standing: Place },
  now: number,
): Promise<Written<Message>> {
  const { message } = target;
  const { mentionsAll: _group, ...rest } = message;
  const gone = { text: "", deletedAt: now, reactions: {}, files: [], links: [], mentions: [] };
  await forgetSaved(db, message.id);
  await forgetHeard(db, message.id);
  await deleteVersions(db, message.id);
  await deleteMentions(db, message);
  await forgetLinks(db, message, now);
  return await storeChange(db, target, { ...rest, ...gone });
}

export async function storeChange(
  db: Driver,
  { row: before, standing }: { row: StoredMessage; standing: Place },
  after: Message,
): Promise<Written<Message>> {
  const shown = await showToAll(db, after.room);
  const rev = await raiseHead(db, after.room, standing);
  const message = { ...after, rev };
  const digest = before.original_digest ??
    (before.text === after.text && hasSameFiles(before, after)
      ? null
      : await originalDigest(before.room_id, before.text, before.reply_to, filesOf(before)));
  await db.run(
    `UPDATE messages SET rev = ?, text = ?, edited_at = ?, deleted_at = ?, reactions = ?,
       mentions = ?, mentions_all = ?, files = ?, links = ?, original_digest = ?
     WHERE id = ?`,
    [
      rev,
      message.text,
      message.editedAt,
      message.deletedAt,
      JSON.stringify(message.reactions),
      JSON.stringify(message.mentions),
      message.mentionsAll ?? null,
      JSON.stringify(message.files),
      JSON.stringify(message.links),
      digest,
      message.id,
    ],
  );
  const access = shown.at(-1)?.access ?? standing.access;
  const changed: Change = { type: "message", room: message.room, rev, access, message };
  const stands = message.deletedAt === null;
  if (stands === (before.deleted_at === null)) {
    return { result: message, changes: [...shown, changed] };
  }
  const counted = await changeThread(db, before, message, access);
  const due = await dueWithMessage(db, message.id, stands);
  return { result: message, changes: [...shown, changed, ...counted, ...due] };
}

function filesOf({ files }: StoredMessage): number[] {
  return files === "[]" ? [] : fileIds({ files: JSON.parse(files) as File[] }); // our own JSON
}

function hasSameFiles(before: StoredMessage, after: Message): boolean {
  if (before.files === "[]") return after.files.length === 0;
  return String(filesOf(before)) === String(fileIds(after));
}

/** A reply that goes or comes back is counted by its root, which changes behind it. */
async function changeThread(
  db: Driver,
  before: StoredMessage,
  reply: Message,
  access: number,
): Promise<readonly Change[]> {
  if (before.thread_id === null) return NO_CHANGES;
  const stands = reply.deletedAt === null;
  const { room, seq, userId } = reply;
  const root = await requireStored(db, before.thread_id);
  const rev = await raiseHead(db, room, { head: reply.rev, access });
  const message = await recountReplies(db, root, stands ? 1 : -1, rev);
  const thread = { root: root.id, room };
  const states = stands
    ? await makeFresh(db, thread, userId, seq)
    : await lessFresh(db, thread.root);
  return [{ type: "message", room, rev, access, message }, ...threadChange(thread, states)];
}
