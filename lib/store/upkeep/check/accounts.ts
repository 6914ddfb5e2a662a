/** Accounts: the keys, words and looks that follow from their names, and who owns the place. */
import { nameKey } from "../../../protocol/names.ts";
import { wordsOfPerson } from "../../../protocol/search_words.ts";
import type { Driver } from "../../driver.ts";
import { looksOf } from "../../looks/looks.ts";
import { CLASH } from "../../operations/parts/identity.ts";
import { allInList, LIST } from "../../operations/parts/lists.ts";
import { type Check, pages, rowCheck } from "./rows.ts";

const owner: Check = {
  name: "owner",
  async *faults(db) {
    const some = await db.get("SELECT id FROM users LIMIT 1", []);
    const found = await db.get(
      "SELECT id FROM users WHERE role = 'owner' AND disabled = 0 LIMIT 1",
      [],
    );
    if (some === undefined || found !== undefined) return;
    yield 'No owner can sign in: "users role NAME owner" makes somebody one.';
  },
};

interface NamedUser {
  id: number;
  username: string;
  username_key: string;
  display_name: string;
  display_key: string;
}

const USERS = `SELECT id, username, username_key, display_name, display_key
  FROM users WHERE id > ? ORDER BY id`;

function usersOf(db: Driver): AsyncGenerator<NamedUser[]> {
  return pages<NamedUser>(db, USERS, ({ id }) => id, 0);
}

const keys: Check = {
  name: "user_keys",
  async *faults(db) {
    for await (const page of usersOf(db)) {
      for (const user of page) {
        const key = nameKey(user.username);
        if (user.username_key !== key && user.username_key !== `${key}${CLASH}${user.id}`) {
          yield `User ${user.id} is found by another username than their own.`;
        }
        if (user.display_key !== nameKey(user.display_name)) {
          yield `User ${user.id} is sorted by another name than their own.`;
        }
      }
    }
  },
};

/** What a table keeps for each person of a page, as one text for each. */
async function kept(
  db: Driver,
  page: readonly NamedUser[],
  sql: string,
): Promise<Map<number, string>> {
  const rows = await db.all<{ user_id: number; kept: string }>(sql, [
    page[0]!.id,
    page.at(-1)!.id,
  ]);
  const found = new Map<number, string[]>();
  for (const row of rows) {
    const those = found.get(row.user_id);
    if (those === undefined) found.set(row.user_id, [row.kept]);
    else those.push(row.kept);
  }
  return new Map([...found].map(([id, those]) => [id, those.sort().join("\n")]));
}

/** The search index: what people are found by. */
const words: Check = {
  name: "user_words",
  async *faults(db) {
    const sql = "SELECT user_id, word AS kept FROM user_words WHERE user_id BETWEEN ? AND ?";
    for await (const page of usersOf(db)) {
      const found = await kept(db, page, sql);
      for (const { id, username, display_name } of page) {
        const right = wordsOfPerson({ username, displayName: display_name }).sort().join("\n");
        if ((found.get(id) ?? "") === right) continue;
        yield `User ${id} is found by other words than those of their names.`;
      }
    }
  },
};

const displayLooks: Check = {
  name: "display_looks",
  async *faults(db) {
    const sql = "SELECT user_id, look AS kept FROM display_looks WHERE user_id BETWEEN ? AND ?";
    for await (const page of usersOf(db)) {
      const found = await kept(db, page, sql);
      for (const { id, display_name } of page) {
        if ((found.get(id) ?? "") === looksOf(display_name).sort().join("\n")) continue;
        yield `The looks of user ${id} are not those of their name.`;
      }
    }
  },
};

/** An earlier version may have given one look twice: then the older account has it. */
const usernamesTaken: Check = {
  name: "username_looks_missing",
  async *faults(db) {
    for await (const page of usersOf(db)) {
      const all = page.flatMap(({ username }) => looksOf(username));
      const rows = await allInList<{ look: string }>(
        db,
        `SELECT look FROM username_looks WHERE look IN (${LIST})`,
        [],
        [...new Set(all)],
      );
      const taken = new Set(rows.map(({ look }) => look));
      for (const { id, username } of page) {
        if (looksOf(username).every((look) => taken.has(look))) continue;
        yield `Nothing keeps others from taking a username that looks like that of user ${id}.`;
      }
    }
  },
};

const usernameLooks: Check = {
  name: "username_looks",
  async *faults(db) {
    const rows = pages<{ look: string; user_id: number; username: string }>(
      db,
      `SELECT l.look, l.user_id, u.username FROM username_looks AS l
       JOIN users AS u ON u.id = l.user_id WHERE l.look > ? ORDER BY l.look`,
      ({ look }) => look,
      "",
    );
    for await (const page of rows) {
      for (const { look, user_id, username } of page) {
        if (looksOf(username).includes(look)) continue;
        yield `The look “${look}” is kept for user ${user_id}, whose username does not look like that.`;
      }
    }
  },
};

const namesakes = rowCheck<{ id: number; namesake: number }>(
  "namesakes",
  `SELECT u.id, u.namesake FROM users AS u
   WHERE u.namesake <> CASE WHEN EXISTS (
     SELECT 1 FROM display_looks AS mine WHERE mine.user_id = u.id AND (
       EXISTS (
         SELECT 1 FROM display_looks AS theirs
         WHERE theirs.look = mine.look AND theirs.user_id <> mine.user_id
       ) OR EXISTS (
         SELECT 1 FROM username_looks AS taken
         WHERE taken.look = mine.look AND taken.user_id <> mine.user_id
       )
     )
   ) THEN 1 ELSE 0 END ORDER BY u.id`,
  ({ id, namesake }) =>
    namesake === 1
      ? `User ${id} is marked as somebody's namesake, and is not.`
      : `User ${id} has a namesake, and is not marked.`,
);

const statuses = rowCheck<{ id: number }>(
  "statuses",
  `SELECT id FROM users WHERE (status_emoji IS NULL) <> (status_text IS NULL)
     OR (status_emoji IS NULL AND status_until IS NOT NULL)
     OR (hides_time = 1 AND time_zone IS NOT NULL) ORDER BY id`,
  ({ id }) => `User ${id} has half a status, or a time zone in spite of hiding it.`,
);

export const accountChecks: readonly Check[] = [
  owner,
  keys,
  words,
  displayLooks,
  usernamesTaken,
  usernameLooks,
  namesakes,
  statuses,
];
