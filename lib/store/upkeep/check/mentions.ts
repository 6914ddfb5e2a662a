/** What a message holds as lists: mentions, which are counted by rows of their own, and reactions. */
import type { Driver } from "../../driver.ts";
import { type Check, pages } from "./rows.ts";

interface ListRow {
  id: number;
  room_id: number;
  seq: number;
  user_id: number;
  deleted_at: number | null;
  mentions: string;
  reactions: string;
  files: string;
}

const LISTS = `SELECT id, room_id, seq, user_id, deleted_at, mentions, reactions, files
  FROM messages
  WHERE id > ? AND (mentions <> '[]' OR reactions <> '{}' OR files <> '[]') ORDER BY id`;

const lists: Check = {
  name: "message_lists",
  async *faults(db) {
    const users = new Set(
      (await db.all<{ id: number }>("SELECT id FROM users", [])).map((row) => row.id),
    );
    for await (const page of pages<ListRow>(db, LISTS, ({ id }) => id, 0)) {
      for (const row of page) {
        const { id } = row;
        const reactions = asReactions(row.reactions);
        if (asIds(row.mentions) === null) yield `Message ${id}: its mentions cannot be read.`;
        if (reactions === null) yield `Message ${id}: its reactions cannot be read.`;
        if (asList(row.files) === null) yield `Message ${id}: its files cannot be read.`;
        for (const user of new Set(reactions?.flat() ?? [])) {
          if (!users.has(user)) yield `Message ${id}: user ${user}, who reacted, does not exist.`;
        }
      }
    }
  },
};

/** Rows of `mentions` that a message calls for. */
function counted({ user_id, deleted_at, mentions }: ListRow): number[] {
  return deleted_at !== null ? [] : (asIds(mentions) ?? []).filter((id) => id !== user_id);
}

const uncounted: Check = {
  name: "mentions_missing",
  async *faults(db) {
    for await (const page of pages<ListRow>(db, LISTS, ({ id }) => id, 0)) {
      const rows = new Set(await mentionRows(db, page));
      for (const row of page) {
        for (const user of counted(row)) {
          if (rows.has(`${user} ${row.room_id} ${row.seq}`)) continue;
          yield `Message ${row.id} mentions user ${user}, for whom it is not counted.`;
        }
      }
    }
  },
};

/** Of the rooms' messages between the first and the last of the page: "user room seq". */
async function mentionRows(db: Driver, page: readonly ListRow[]): Promise<string[]> {
  const wanted = page.flatMap((row) => counted(row).map((user) => [user, row.room_id, row.seq]));
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

const surplus: Check = {
  name: "mentions_surplus",
  async *faults(db) {
    let after = [0, 0, 0];
    let rows: MentionRow[];
    do {
      rows = await db.all<MentionRow>(SURPLUS, after);
      for (const row of rows) {
        const why = whySurplus(row);
        if (why === null) continue;
        yield `User ${row.user_id} has a mention at place ${row.seq} of room ${row.room_id}, ${why}.`;
      }
      const last = rows.at(-1);
      if (last !== undefined) after = [last.user_id, last.room_id, last.seq];
    } while (rows.length === 1_000);
  },
};

/** A row comparison follows the table's key. */
const SURPLUS =
  `SELECT m.user_id, m.room_id, m.seq, x.id, x.user_id AS author, x.deleted_at, x.mentions
  FROM mentions AS m LEFT JOIN messages AS x ON x.room_id = m.room_id AND x.seq = m.seq
  WHERE (m.user_id, m.room_id, m.seq) > (?, ?, ?)
  ORDER BY m.user_id, m.room_id, m.seq LIMIT 1000`;

function whySurplus({ user_id, id, author, deleted_at, mentions }: MentionRow): string | null {
  if (id === null) return "where no message is";
  if (deleted_at !== null) return `in message ${id}, which is deleted`;
  if (author === user_id) return `in their own message ${id}`;
  if (asIds(mentions ?? "")?.includes(user_id) === false) {
    return `in message ${id}, which does not mention them`;
  }
  return null;
}

function asList(json: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function asIds(json: string): number[] | null {
  const list = asList(json);
  return list !== null && list.every((each) => Number.isSafeInteger(each))
    ? list as number[] // just checked
    : null;
}

/** Who reacted, for each emoji. */
function asReactions(json: string): number[][] | null {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    const people = Object.values(value).map((each) => asIds(JSON.stringify(each)));
    return people.every((each) => each !== null) ? people : null;
  } catch {
    return null;
  }
}

export const mentionChecks: readonly Check[] = [lists, uncounted, surplus];
