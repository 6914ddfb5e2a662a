/** What a message holds as lists: mentions, which are counted by rows of their own, and reactions. */
import type { Driver } from "../../driver.ts";
import { asIds, asList, asReactions } from "./lists.ts";
import { type Check, pages } from "./rows.ts";

interface ListRow {
  id: number;
  room_id: number;
  seq: number;
  user_id: number;
  deleted_at: number | null;
  thread_only: number;
  mentions: string;
  reactions: string;
  files: string;
}

/** Of a large group `group_mentions` has them all, a message the first of them. */
const LISTS = `SELECT id, room_id, seq, user_id, deleted_at, thread_only,
    coalesce((SELECT users FROM group_mentions WHERE message_id = id), mentions) AS mentions,
    reactions, files
  FROM messages
  WHERE id > ? AND (mentions <> '[]' OR reactions <> '{}' OR files <> '[]') ORDER BY id`;

const messageLists: Check = {
  name: "message_lists",
  async *faults(db) {
    const people = await db.all<{ id: number; erased: number }>(
      "SELECT id, CASE WHEN erased_at IS NULL THEN 0 ELSE 1 END AS erased FROM users",
      [],
    );
    const users = new Set(people.map(({ id }) => id));
    // Nobody counts their mentions any more.
    const erased = new Set(people.filter((each) => each.erased === 1).map(({ id }) => id));
    const wanted = new Sum();
    for await (const page of pages<ListRow>(db, LISTS, ({ id }) => id, 0)) {
      for (const row of page) {
        yield* unreadable(row, users);
        for (const user of counted(row, erased)) wanted.add(user, row.room_id, row.seq);
      }
    }
    const found = new Sum();
    for await (const page of mentionPages(db)) {
      for (const row of page) {
        if (!erased.has(row.user_id)) found.add(row.user_id, row.room_id, row.seq);
      }
    }
    // Nearly always: which of them differ takes several times as long to find out.
    if (wanted.equals(found)) return;
    yield* missing(db, erased);
    yield* surplus(db);
  },
};

/** Of mentions in any order: two different lists have the same sum once in 2 ** 64. */
class Sum {
  #count = 0;
  #one = 0;
  #two = 0;

  add(user: number, room: number, seq: number): void {
    this.#count += 1;
    this.#one = (this.#one + mixed(user, room, seq, 0x9e3779b1)) >>> 0;
    this.#two = (this.#two + mixed(user, room, seq, 0x85ebca6b)) >>> 0;
  }

  equals(other: Sum): boolean {
    return this.#count === other.#count && this.#one === other.#one && this.#two === other.#two;
  }
}

/** As MurmurHash mixes numbers of 32 bits. */
function mixed(user: number, room: number, seq: number, seed: number): number {
  let mix = seed;
  for (const part of [user, room, seq]) {
    mix = Math.imul(mix ^ (part >>> 0), 0xcc9e2d51);
    mix = Math.imul(mix ^ (mix >>> 15), 0x1b873593);
    mix ^= mix >>> 13;
  }
  return mix >>> 0;
}

function* unreadable(
  { id, mentions, reactions, files }: ListRow,
  users: ReadonlySet<number>,
): Generator<string> {
  const reacted = reactions === "{}" ? [] : asReactions(reactions);
  if (mentions !== "[]" && asIds(mentions) === null) {
    yield `Message ${id}: its mentions cannot be read.`;
  }
  if (reacted === null) yield `Message ${id}: its reactions cannot be read.`;
  if (files !== "[]" && asList(files) === null) yield `Message ${id}: its files cannot be read.`;
  for (const user of new Set(reacted?.flat() ?? [])) {
    if (!users.has(user)) yield `Message ${id}: user ${user}, who reacted, does not exist.`;
  }
}

/** Rows of `mentions` that a message calls for. */
function counted(
  { user_id, deleted_at, thread_only, mentions }: ListRow,
  erased: ReadonlySet<number>,
): number[] {
  if (deleted_at !== null || thread_only === 1) return [];
  return (asIds(mentions) ?? []).filter((id) => id !== user_id && !erased.has(id));
}

async function* missing(db: Driver, erased: ReadonlySet<number>): AsyncGenerator<string> {
  for await (const page of pages<ListRow>(db, LISTS, ({ id }) => id, 0)) {
    const rows = new Set(await mentionRows(db, page, erased));
    for (const row of page) {
      for (const user of counted(row, erased)) {
        if (rows.has(`${user} ${row.room_id} ${row.seq}`)) continue;
        yield `Message ${row.id} mentions user ${user}, for whom it is not counted.`;
      }
    }
  }
}

/** Of the rooms' messages between the first and the last of the page: "user room seq". */
async function mentionRows(
  db: Driver,
  page: readonly ListRow[],
  erased: ReadonlySet<number>,
): Promise<string[]> {
  const wanted = page.flatMap((row) =>
    counted(row, erased).map((user) => [user, row.room_id, row.seq])
  );
  const found: string[] = [];
  for (let start = 0; start < wanted.length; start += PORTION) {
    const portion = wanted.slice(start, start + PORTION);
    const filled = [...portion, ...Array<number[]>(PORTION - portion.length).fill(portion[0]!)];
    const rows = await db.all<{ user_id: number; room_id: number; seq: number }>(
      MENTION_ROWS,
      filled.flat(),
    );
    for (const row of rows) found.push(`${row.user_id} ${row.room_id} ${row.seq}`);
  }
  return found;
}

const PORTION = 64;

/** One lookup by the table's key for each. */
const MENTION_ROWS = Array(PORTION).fill(
  "SELECT user_id, room_id, seq FROM mentions WHERE user_id = ? AND room_id = ? AND seq = ?",
).join(" UNION ALL ");

interface MentionRow {
  user_id: number;
  room_id: number;
  seq: number;
  id: number | null;
  author: number | null;
  deleted_at: number | null;
  mentions: string | null;
}

async function* surplus(db: Driver): AsyncGenerator<string> {
  for await (const rows of mentionPages(db)) {
    const messages = await messagesAt(db, rows);
    for (const row of rows) {
      const why = whySurplus(row.user_id, messages.get(`${row.room_id} ${row.seq}`));
      if (why === null) continue;
      yield `User ${row.user_id} has a mention at place ${row.seq} of room ${row.room_id}, ${why}.`;
    }
  }
}

interface MentionRow {
  user_id: number;
  room_id: number;
  seq: number;
}

const MENTIONS_AT_ONCE = 2_000;

/** A row comparison follows the table's key. */
const MENTIONS = `SELECT user_id, room_id, seq FROM mentions
  WHERE (user_id, room_id, seq) > (?, ?, ?)
  ORDER BY user_id, room_id, seq LIMIT ${MENTIONS_AT_ONCE}`;

async function* mentionPages(db: Driver): AsyncGenerator<MentionRow[]> {
  let after = [0, 0, 0];
  for (;;) {
    const rows = await db.all<MentionRow>(MENTIONS, after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < MENTIONS_AT_ONCE) return;
    after = [last.user_id, last.room_id, last.seq];
  }
}

type Mentioning =
  & Pick<ListRow, "id" | "room_id" | "seq" | "deleted_at" | "thread_only" | "mentions">
  & {
    author: number;
  };

const MESSAGES_AT = Array(PORTION).fill(
  `SELECT id, room_id, seq, user_id AS author, deleted_at, thread_only,
     coalesce((SELECT users FROM group_mentions WHERE message_id = id), mentions) AS mentions
   FROM messages WHERE room_id = ? AND seq = ?`,
).join(" UNION ALL ");

async function messagesAt(
  db: Driver,
  rows: readonly MentionRow[],
): Promise<Map<string, Mentioning>> {
  const found = new Map<string, Mentioning>();
  for (let start = 0; start < rows.length; start += PORTION) {
    const portion = rows.slice(start, start + PORTION);
    const filled = [...portion, ...Array<MentionRow>(PORTION - portion.length).fill(portion[0]!)];
    const places = filled.flatMap(({ room_id, seq }) => [room_id, seq]);
    for (const row of await db.all<Mentioning>(MESSAGES_AT, places)) {
      found.set(`${row.room_id} ${row.seq}`, row);
    }
  }
  return found;
}

function whySurplus(user: number, message: Mentioning | undefined): string | null {
  if (message === undefined) return "where no message is";
  const { id, author, deleted_at, thread_only, mentions } = message;
  if (deleted_at !== null) return `in message ${id}, which is deleted`;
  if (thread_only === 1) return `in message ${id}, which is for its thread alone`;
  if (author === user) return `in their own message ${id}`;
  if (asIds(mentions)?.includes(user) === false) {
    return `in message ${id}, which does not mention them`;
  }
  return null;
}

const groups: Check = {
  name: "group_mentions",
  async *faults(db) {
    const rows = await db.all<{ message_id: number }>(
      `SELECT g.message_id FROM group_mentions AS g
       LEFT JOIN messages AS x ON x.id = g.message_id
       WHERE x.mentions_all IS NULL ORDER BY g.message_id`,
      [],
    );
    for (const { message_id: id } of rows) {
      yield `Message ${id} mentions no group, but those whom one reached are kept.`;
    }
  },
};

export const mentionChecks: readonly Check[] = [messageLists, groups];
