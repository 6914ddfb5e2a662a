/**
 * Finding people: by the words of their names, among all or among a room's members, and by id. Each
 * search stops at its limit in an index, so that one letter among a hundred thousand people costs
 * no more than a whole name.
 */
import { nameKey } from "../../protocol/names.ts";
import type { User } from "../../protocol/people.ts";
import { maySearchPeople, maySeeUser } from "../../protocol/permissions.ts";
import { foldForSearch, wordsOfQuery } from "../../protocol/search_words.ts";
import type { Driver, Value } from "../driver.ts";
import { shareARoom, SHARES_A_ROOM } from "./parts/acquainted.ts";
import { allInList, LIST } from "./parts/lists.ts";
import { type Input, read } from "./operation.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./parts/rows.ts";
import { requireReader } from "./parts/standing.ts";
import { beginning, HAS_WORD } from "./parts/user_words.ts";
import { findUser, requireActive, requireActor } from "./parts/users.ts";

/**
 * Up to this size a room's members are scanned; above it, the words are: most matches are members.
 */
const WALKED_ROOM = 1_000;

const IN_ROOM = `EXISTS (
  SELECT 1 FROM members AS m WHERE m.room_id = ? AND m.user_id = u.id
)`;

type FoundRow = UserRow & { username_key: string };

const FOUND_COLUMNS = `${USER_COLUMNS}, u.username_key`;

export const searchUsers = read(async (db: Driver, input: Input<"searchUsers">) => {
  await requireActor(
    db,
    input.userId,
    maySearchPeople,
    "Guests search their rooms' members alone.",
  );
  return await search(db, input.q, input.limit, null);
});

export const searchMembers = read(async (db: Driver, input: Input<"searchMembers">) => {
  await requireReader(db, input.userId, input.room);
  const room = await db.get<{ member_count: number }>(
    "SELECT member_count FROM rooms WHERE id = ?",
    [input.room],
  );
  const walked = room!.member_count <= WALKED_ROOM || input.q.trim() === "";
  return walked
    ? await searchWalking(db, input.room, input.q, input.limit)
    : await search(db, input.q, input.limit, input.room);
});

/**
 * People whose username begins with it, and people whose names have the words: each half by its own
 * index.
 */
async function search(
  db: Driver,
  q: string,
  limit: number,
  room: number | null,
): Promise<User[]> {
  const name = nameKey(q.trim());
  const words = wordsOfQuery(q);
  const inRoom: Value[] = room === null ? [] : [room];
  const also = room === null ? "" : `AND ${IN_ROOM}`;
  const found = await db.all<FoundRow>(
    `SELECT ${FOUND_COLUMNS} FROM users AS u
     WHERE u.username_key >= ? AND u.username_key < ? ${also} ORDER BY u.username_key LIMIT ?`,
    [...beginning(name), ...inRoom, limit],
  );
  const [first, ...others] = longestFirst(words);
  if (first !== undefined) {
    found.push(
      ...await db.all<FoundRow>(
        `SELECT ${FOUND_COLUMNS} FROM user_words AS w JOIN users AS u ON u.id = w.user_id
       WHERE w.word >= ? AND w.word < ? ${others.map(() => `AND ${HAS_WORD}`).join(" ")} ${also}
       ORDER BY w.word, w.user_id LIMIT ?`,
        // A person may be found by two words with the same beginning.
        [...beginning(first), ...others.flatMap(beginning), ...inRoom, 2 * limit],
      ),
    );
  }
  return ranked(found, q).slice(0, limit);
}

/** The members of a small room one by one, or the first of a large one. */
async function searchWalking(
  db: Driver,
  room: number,
  q: string,
  limit: number,
): Promise<User[]> {
  const name = nameKey(q.trim());
  const words = wordsOfQuery(q);
  if (words.length === 0 && name !== "") return [];
  const found = await db.all<FoundRow>(
    `SELECT ${FOUND_COLUMNS} FROM members AS m JOIN users AS u ON u.id = m.user_id
     WHERE m.room_id = ? ${words.map(() => `AND ${HAS_WORD}`).join(" ")}
     ORDER BY CASE WHEN u.username_key >= ? AND u.username_key < ? THEN 0 ELSE 1 END,
       u.username_key LIMIT ?`,
    [room, ...words.flatMap(beginning), ...beginning(name), limit],
  );
  return ranked(found, q).slice(0, limit);
}

/** The longest word matches the fewest people: the other words are checked on these. */
function longestFirst(words: readonly string[]): string[] {
  return words.toSorted((a, b) => b.length - a.length);
}

/**
 * Each once: exact matches, then names that begin with it, then the others; each group by username.
 */
function ranked(found: readonly FoundRow[], q: string): User[] {
  const name = nameKey(q.trim());
  const folded = foldForSearch(q.trim());
  const rank = (row: FoundRow) => {
    const display = foldForSearch(row.display_name);
    if (row.username_key === name || display === folded) return 0;
    if (row.username_key.startsWith(name)) return 1;
    return display.startsWith(folded) ? 2 : 3;
  };
  const each = [...new Map(found.map((row) => [row.id, { row, rank: rank(row) }])).values()];
  const order = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return each
    .sort((a, b) => a.rank - b.rank || order(a.row.username_key, b.row.username_key))
    .map(({ row }) => toUser(row));
}

export const getUser = read(async (db: Driver, { userId, id }: Input<"getUser">) => {
  const asking = await requireActive(db, userId);
  const acquainted = userId === id || await shareARoom(db, userId, id);
  return maySeeUser(asking, acquainted) === "allowed" ? await findUser(db, id) : null;
});

export const listUsers = read(async (db: Driver, input: Input<"listUsers">) => {
  const { userId, room, ids } = input;
  const asking = await requireActive(db, userId);
  if (room !== undefined) await requireReader(db, userId, room);
  const [rule, parameters] = room !== undefined
    ? [`AND ${IN_ROOM}`, [room]]
    : maySeeUser(asking, false) === "hidden"
    ? [`AND ${SHARES_A_ROOM}`, [userId]]
    : ["", []];
  const rows = await allInList<UserRow>(
    db,
    `SELECT DISTINCT ${USER_COLUMNS} FROM users AS u WHERE 1 = 1 ${rule} AND u.id IN (${LIST})`,
    parameters,
    [...new Set(ids)],
  );
  return rows.map(toUser);
});
