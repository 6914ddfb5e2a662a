/**
 * What a deletion takes away, kept aside until nobody can take it back any more. Nothing else reads
 * it. Checks no permission.
 */
import type { Message } from "../../../protocol/messages.ts";
import type { MessageVersion } from "../../../protocol/versions.ts";
import type { Change } from "../../changes.ts";
import type { Driver } from "../../driver.ts";
import { allReached, insertMentions } from "./mentions.ts";
import { addLink, bindLinks, digestOf, mayHaveLinks, removedFrom } from "./links.ts";
import { addVersion, versionsOf } from "./versions.ts";

/** Who has saved the message, and the number of that (`saved.id`), which says in which order. */
type SavedBy = [place: number, userId: number];

interface Content
  extends Pick<Message, "text" | "reactions" | "files" | "links" | "mentions" | "mentionsAll"> {
  /** Everybody whom it mentions: more than `mentions` lists. */
  reached: number[];
  saved: SavedBy[];
  versions: MessageVersion[];
  /** Digests of the addresses whose previews were removed from it. */
  removedLinks: string[];
}

export interface KeptDeleted {
  deletedBy: number;
  deletedAt: number;
  content: Content;
}

/** To be called before the message is deleted. */
export async function keepDeleted(
  db: Driver,
  message: Message,
  deletedBy: number,
  now: number,
): Promise<void> {
  const { id, userId, text, reactions, files, links, mentions, mentionsAll } = message;
  const saved = await db.all<{ id: number; user_id: number }>(
    "SELECT id, user_id FROM saved WHERE message_id = ?",
    [id],
  );
  const content: Content = {
    text,
    reactions,
    files,
    links,
    mentions,
    ...(mentionsAll === undefined ? {} : { mentionsAll }),
    reached: await allReached(db, message),
    saved: saved.map((row) => [row.id, row.user_id]),
    versions: await versionsOf(db, id),
    removedLinks: mayHaveLinks(text) ? await removedFrom(db, id) : [],
  };
  await db.run(
    `INSERT INTO deleted_messages (message_id, user_id, deleted_by, deleted_at, content)
     VALUES (?, ?, ?, ?, ?)`,
    [id, userId, deletedBy, now, JSON.stringify(content)],
  );
}

export async function findDeleted(db: Driver, message: number): Promise<KeptDeleted | null> {
  const row = await db.get<{ deleted_by: number; deleted_at: number; content: string }>(
    "SELECT deleted_by, deleted_at, content FROM deleted_messages WHERE message_id = ?",
    [message],
  );
  if (row === undefined) return null;
  // Our own; a program from before there were links has kept none.
  const content: Content = { links: [], removedLinks: [], ...JSON.parse(row.content) };
  return { deletedBy: row.deleted_by, deletedAt: row.deleted_at, content };
}

/** It cannot come back any more. */
export async function forgetDeleted(db: Driver, message: number): Promise<void> {
  await db.run("DELETE FROM deleted_messages WHERE message_id = ?", [message]);
}

/** Puts back what hangs on the message. Its text is put back by whoever changes the message. */
export async function bringBack(
  db: Driver,
  message: Message,
  { reached, saved, versions, links, removedLinks }: Content,
): Promise<Change[]> {
  await forgetDeleted(db, message.id);
  await insertMentions(db, message, reached);
  for (const version of versions) await addVersion(db, message, version);
  for (const digest of removedLinks) await addLink(db, message.id, digest, 1);
  for (const { url } of links) await bringLinkBack(db, message.id, url);
  const changes: Change[] = [];
  for (const [place, userId] of saved) {
    if (!await saveAgain(db, message.id, place, userId)) continue;
    changes.push({ type: "saved", userId, message: message.id, on: true });
  }
  return changes;
}

async function bringLinkBack(db: Driver, message: number, url: string): Promise<void> {
  await bindLinks(db, message, [[await digestOf(url), url]]);
}

/** In its old place in the list, unless that was given away meanwhile; not for who was erased. */
async function saveAgain(
  db: Driver,
  message: number,
  place: number,
  userId: number,
): Promise<boolean> {
  const gone = await db.get("SELECT id FROM users WHERE id = ? AND erased_at IS NOT NULL", [
    userId,
  ]);
  if (gone !== undefined) return false;
  const taken = await db.get("SELECT id FROM saved WHERE id = ?", [place]);
  if (taken === undefined) {
    await db.run(
      "INSERT INTO saved (id, user_id, message_id) VALUES (?, ?, ?)",
      [place, userId, message],
    );
  } else {
    await db.run("INSERT INTO saved (user_id, message_id) VALUES (?, ?)", [userId, message]);
  }
  return true;
}
