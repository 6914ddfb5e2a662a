/** A message that is stored for the first time: its row, and the object made of it. */
import type { File } from "../../../protocol/files.ts";
import type { Message } from "../../../protocol/messages.ts";
import type { NewMessage } from "../../contract/messages.ts";
import type { Driver } from "../../driver.ts";
import { bindFiles } from "./files.ts";
import { planPreviews } from "./links.ts";
import { findReached, insertMentions } from "./mentions.ts";

/** The fields decided when a message is stored; the sender gave the rest. */
export type StoredFields =
  & Pick<Message, "id" | "seq" | "username" | "mentions" | "mentionsAll">
  & Partial<Pick<Message, "files">>;

/**
 * `thread`: the id of its root. What few messages have is put in afterwards: to spread it into each
 * of them costs a microsecond.
 */
export function newMessage(
  input: NewMessage,
  { id, seq, username, mentions, mentionsAll, files }: StoredFields,
  thread: number | null = null,
): Message {
  const message: Message = {
    id,
    room: input.room,
    seq,
    rev: seq,
    userId: input.userId,
    username,
    text: input.text,
    ts: input.now,
    clientId: input.clientId,
    editedAt: null,
    deletedAt: null,
    replyTo: input.replyTo,
    thread,
    replies: null,
    reactions: {},
    files: [],
    links: [],
    mentions,
  };
  if (input.threadOnly) message.threadOnly = true;
  if (mentionsAll) message.mentionsAll = mentionsAll;
  if (files) message.files = files;
  return message;
}

/** `files` were found free just now. `named`: whom it mentions by their names, of all whom it reaches. */
export async function insertMessage(
  db: Driver,
  input: NewMessage,
  username: string,
  seq: number,
  thread: number | null,
  files: File[],
): Promise<{ message: Message; named: readonly number[] }> {
  const { room, userId, clientId, text, replyTo, threadOnly, now } = input;
  const { reached, named, lists } = await findReached(db, input);
  const [listed, group] = [JSON.stringify(lists.mentions), lists.mentionsAll ?? null];
  const only = threadOnly ? 1 : 0;
  const held = files.length === 0 ? "[]" : JSON.stringify(files);
  const id = await db.insert(
    `INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reply_to, thread_id,
       thread_only, reactions, mentions, mentions_all, files)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, ?)`,
    [room, seq, seq, userId, clientId, text, now, replyTo, thread, only, listed, group, held],
  );
  const message = newMessage(input, { id, seq, username, ...lists }, thread);
  if (files.length > 0) {
    await bindFiles(db, message, files);
    message.files = files;
  }
  await insertMentions(db, message, reached);
  if (input.previews === true) await planPreviews(db, message, now);
  return { message, named };
}
