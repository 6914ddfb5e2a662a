/** Which members a text mentions, and the rows from which a member's mentions are counted. */
import { mentionKeys, mentionsOf, MOST_KEYS, MOST_NAMES } from "../../../protocol/mentions.ts";
import type { Driver } from "../../driver.ts";
import { allInList, LIST } from "./lists.ts";

/**
 * For each name that a text may mention, in its order, the keys of those whom it may mean, the best
 * first: the longest name that belongs to somebody, "@ann." before "@ann".
 */
export function mentionedKeys(text: string): string[][] {
  const names = [...new Set(mentionsOf(text).map((candidate) => candidate.name))];
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

/** Ids of the room's members that the text mentions, each once, in the text's order. */
export async function findMentions(db: Driver, room: number, text: string): Promise<number[]> {
  const candidates = mentionedKeys(text);
  const keys = new Set(candidates.flat());
  if (keys.size === 0) return [];
  const idOf = await membersByKey(db, room, [...keys]);
  const ids = candidates.flatMap((those) => {
    const key = those.find((key) => idOf.has(key));
    return key === undefined ? [] : [idOf.get(key)!];
  });
  return [...new Set(ids)];
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

/** Counts a message for those it mentions; authors who mention themselves are not counted. */
export async function insertMentions(
  db: Driver,
  place: { room: number; seq: number; userId: number },
  mentions: readonly number[],
): Promise<void> {
  for (const userId of mentions) {
    if (userId === place.userId) continue;
    await db.run(
      "INSERT INTO mentions (user_id, room_id, seq) VALUES (?, ?, ?)",
      [userId, place.room, place.seq],
    );
  }
}

/** Removes a message's mentions, when it was deleted or edited. */
export async function deleteMentions(
  db: Driver,
  place: { room: number; seq: number },
  mentions: readonly number[],
): Promise<void> {
  for (const userId of mentions) {
    await db.run(
      "DELETE FROM mentions WHERE user_id = ? AND room_id = ? AND seq = ?",
      [userId, place.room, place.seq],
    );
  }
}
