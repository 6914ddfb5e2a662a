/**
 * Which members a text mentions, by name or as a group, and the rows from which a member's mentions
 * are counted.
 */
import { type GroupMention, isGroupName, MOST_LISTED } from "../../../protocol/group_mentions.ts";
import { groupsIn } from "../../../protocol/groups_in.ts";
import { hasMarkup } from "../../../protocol/markup.ts";
import {
  mayMention,
  mentionCandidates,
  mentionKeys,
  MOST_KEYS,
  MOST_NAMES,
} from "../../../protocol/mentions.ts";
import { mentionsOf } from "../../../protocol/mentions_of.ts";
import type { Message } from "../../../protocol/messages.ts";
import type { Driver } from "../../driver.ts";
import { allInList, LIST, runInList } from "./lists.ts";

/** Where a text was written, and by whom. */
type Written = Pick<Message, "room" | "userId">;

/** What a message says of those whom it reaches. */
type Lists = Pick<Message, "mentions" | "mentionsAll">;

/** Whom a text mentions. */
interface Mentioned {
  /** Members by their names, each once, in the text's order. */
  named: number[];
  group: GroupMention | null;
}

/**
 * For each name that a text may mention, in its order, the keys of those whom it may mean, the best
 * first: the longest name that belongs to somebody, "@ann." before "@ann".
 */
export async function mentionedKeys(text: string): Promise<string[][]> {
  const names = await namesIn(text);
  const candidates: string[][] = [];
  const keys = new Set<string>();
  for (const name of names.slice(0, MOST_NAMES)) {
    if (keys.size >= MOST_KEYS) break;
    const those = mentionKeys(name);
    candidates.push(those);
    for (const key of those) keys.add(key);
  }
  return candidates;
}

/** Each once. What reads markup is loaded with the first text that has some, and a name. */
async function namesIn(text: string): Promise<string[]> {
  if (!mayMention(text)) return [];
  const candidates = hasMarkup(text)
    ? (await import("../../../markup/text_runs.ts")).textRuns(text).flatMap(mentionCandidates)
    : mentionsOf(text);
  return [...new Set(candidates.map(({ name }) => name))];
}

/** Whether it may mention a group, which takes more than looking names up. */
export function mayMentionGroup(text: string): boolean {
  return groupsIn(text).size > 0;
}

/** A member whose name is a group's, from before such names were refused, is meant by it. */
async function findMentioned(db: Driver, room: number, text: string): Promise<Mentioned> {
  const candidates = await mentionedKeys(text);
  const keys = new Set(candidates.flat());
  if (keys.size === 0) return { named: [], group: null };
  const idOf = await membersByKey(db, room, [...keys]);
  const named = new Set<number>();
  let group: GroupMention | null = null;
  for (const those of candidates) {
    const key = those.find((each) => idOf.has(each) || isGroupName(each));
    if (key === undefined) continue;
    if (idOf.has(key)) named.add(idOf.get(key)!);
    else if (isGroupName(key) && group !== "room") group = key;
  }
  return { named: [...named], group };
}

async function membersByKey(
  db: Driver,
  room: number,
  keys: string[],
): Promise<Map<string, number>> {
  const rows = await allInList<{ id: number; username_key: string }>(
    db,
    `SELECT u.id, u.username_key FROM users AS u
     JOIN members AS m ON m.user_id = u.id AND m.room_id = ?
     WHERE u.username_key IN (${LIST})`,
    [room],
    keys,
  );
  return new Map(rows.map((row) => [row.username_key, row.id]));
}

/** Whom a new text reaches, and what its message says of them. */
export async function findReached(
  db: Driver,
  input: Written & { text: string; online?: readonly number[] },
): Promise<{ reached: number[]; named: number[]; lists: Lists }> {
  // Most texts: each step that is awaited costs as much as looking for the sign.
  if (!mayMention(input.text)) return { reached: [], named: [], lists: { mentions: [] } };
  const mentioned = await findMentioned(db, input.room, input.text);
  const reached = await reach(db, input, mentioned, input.online);
  return { reached, named: mentioned.named, lists: listed(reached, mentioned.group) };
}

/**
 * Everybody whom a text reaches: first who is named, then who is in the group, but for the author
 * and for disabled accounts. @param online who is online now; others may be among them
 */
async function reach(
  db: Driver,
  { room, userId }: Written,
  { named, group }: Mentioned,
  online: readonly number[] = [],
): Promise<number[]> {
  if (group === null) return named;
  const rows = group === "room"
    ? await db.all<{ id: number }>(`${MEMBERS} ORDER BY m.user_id`, [room])
    : await allInList<{ id: number }>(db, `${MEMBERS} AND m.user_id IN (${LIST})`, [room], [
      ...new Set(online),
    ]);
  const others = rows.map(({ id }) => id).filter((id) => id !== userId).sort((a, b) => a - b);
  return [...new Set([...named, ...others])];
}

const MEMBERS = `SELECT m.user_id AS id FROM members AS m JOIN users AS u ON u.id = m.user_id
  WHERE m.room_id = ? AND u.disabled = 0`;

function listed(
  reached: readonly number[],
  group: GroupMention | null,
): Lists {
  return group === null
    ? { mentions: [...reached] }
    : { mentions: reached.slice(0, MOST_LISTED), mentionsAll: group };
}

/**
 * Counts a message for those it reaches; authors who mention themselves are not counted. What is for
 * a thread alone is not among the room's unread messages, so its mentions are not either: whom it
 * mentions follows the thread.
 */
export async function insertMentions(
  db: Driver,
  { id, room, seq, userId, threadOnly }: Pick<
    Message,
    "id" | "room" | "seq" | "userId" | "threadOnly"
  >,
  reached: readonly number[],
): Promise<void> {
  const others = threadOnly ? [] : reached.filter((each) => each !== userId);
  if (others.length <= FEW) {
    for (const other of others) {
      await db.run("INSERT INTO mentions (user_id, room_id, seq) VALUES (?, ?, ?)", [
        other,
        room,
        seq,
      ]);
    }
  } else await runInList(db, INSERT_MANY, [seq, room], others);
  if (reached.length <= MOST_LISTED) return;
  await db.run("INSERT INTO group_mentions (message_id, users) VALUES (?, ?)", [
    id,
    JSON.stringify(reached),
  ]);
}

/** Rows that are written one by one; a portion costs as much as some of them. */
const FEW = 8;
const INSERT_MANY = `INSERT INTO mentions (user_id, room_id, seq)
  SELECT m.user_id, m.room_id, CAST(? AS BIGINT) FROM members AS m
  WHERE m.room_id = ? AND m.user_id IN (${LIST})`;

/** Everybody whom a message reached when it was written. */
export async function allReached(
  db: Driver,
  { id, mentions, mentionsAll }: Pick<Message, "id" | "mentions" | "mentionsAll">,
): Promise<number[]> {
  if (mentionsAll === undefined || mentions.length < MOST_LISTED) return mentions;
  const row = await db.get<{ users: string }>(
    "SELECT users FROM group_mentions WHERE message_id = ?",
    [id],
  );
  return row === undefined ? mentions : JSON.parse(row.users) as number[]; // our own JSON
}

/**
 * Counts a message for those whom its new text reaches, and for nobody else. Whom a group reached is
 * settled when it is first mentioned: a corrected word tells nobody who has come since.
 */
export async function changeMentions(
  db: Driver,
  message: Message,
  text: string,
  online?: readonly number[],
): Promise<{ named: number[]; lists: Lists }> {
  const mentioned = await findMentioned(db, message.room, text);
  const isSameGroup = mentioned.group !== null && mentioned.group === message.mentionsAll;
  const reached = isSameGroup
    ? [...new Set([...mentioned.named, ...await allReached(db, message)])]
    : await reach(db, message, mentioned, online);
  await deleteMentions(db, message);
  await insertMentions(db, message, reached);
  return { named: mentioned.named, lists: listed(reached, mentioned.group) };
}

/** Removes a message's mentions, when it was deleted or edited. */
export async function deleteMentions(
  db: Driver,
  message: Pick<Message, "id" | "room" | "seq" | "mentions" | "mentionsAll">,
): Promise<void> {
  const { id, room, seq, mentionsAll } = message;
  await runInList(
    db,
    `DELETE FROM mentions WHERE room_id = ? AND seq = ? AND user_id IN (${LIST})`,
    [room, seq],
    await allReached(db, message),
  );
  if (mentionsAll === undefined) return;
  await db.run("DELETE FROM group_mentions WHERE message_id = ?", [id]);
}
