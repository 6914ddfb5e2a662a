/**
 * A database as it would be after people had signed up and written: made with the program's own
 * schema, filled by SQL, so that thousands of accounts do not cost thousands of password hashes.
 * Nobody can log in with a password; sessions and their tokens are real ones.
 */
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { createTokens } from "../lib/auth/token.ts";
import { openSqliteStore } from "../lib/store/sqlite/store.ts";
import { note } from "./print.ts";
import { addTalk } from "./talk.ts";

/** A session and the room that its owner writes to. */
export interface Account {
  id: number;
  username: string;
  token: string;
  room: number;
}

export interface SeedOptions {
  dataDir: string;
  secret: string;
  /** Each with one session; all of them are in `general`. */
  users: number;
  /** Gives every user a private room of their own to write to. */
  ownRooms?: boolean;
  /** Rooms besides `general` in which everybody is. */
  sharedRooms?: number;
  /** In `general`, by everybody in turn. */
  messages?: number;
  /** Everybody has read them. */
  read?: boolean;
  /**
   * So many rooms in all that everybody is in, with own marks of what they have read: `general`
   * with messages as people write them, the others, up to the room that `/` opens, nearly empty.
   */
  school?: { rooms: number; messages: number };
}

/** Messages of a nearly empty room. */
const FEW = 3;
const DAY = 24 * 60 * 60 * 1000;
const GENERAL = 1;

/** Makes `chat.db` in the data folder; sessions have the ids of their users. */
export async function seed(options: SeedOptions): Promise<Account[]> {
  const path = join(options.dataDir, "chat.db");
  const now = Date.now();
  const expiresAt = Math.floor((now + 30 * DAY) / 1000) * 1000;
  await createDatabase(path, now, expiresAt);
  using db = new DatabaseSync(path);
  db.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; BEGIN");
  addUsers(db, options.users, now, expiresAt);
  if (options.ownRooms) addOwnRooms(db, now);
  addSharedRooms(db, options.sharedRooms ?? 0, options.users, now);
  addMessages(db, options.messages ?? 0, options.users, now);
  if (options.school) addSchool(db, options.school, now);
  if (options.read) {
    db.exec("UPDATE members SET read_seq = (SELECT head FROM rooms WHERE id = room_id)");
  }
  db.exec("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
  return await accountsOf(db, options, now, expiresAt);
}

/** The first account, which makes `general`, through the store itself. */
async function createDatabase(path: string, now: number, expiresAt: number): Promise<void> {
  const store = await openSqliteStore({
    path,
    randomId: () => crypto.randomUUID(),
    onCommit: () => {},
    log: (message, detail) => note(`${message} ${detail}`),
  });
  await store.createAccount({
    username: "bench-00001",
    displayName: "Bench 1",
    passwordHash: "none",
    session: { device: "bench", address: "127.0.0.1", expiresAt },
    firstOnly: true,
    now,
  });
  await store.close();
}

const NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)";

function addUsers(db: DatabaseSync, users: number, now: number, expiresAt: number): void {
  db.prepare(
    `${NUMBERS} INSERT INTO users (id, username, username_key, display_name, display_key, role,
       password_hash, created_at)
     SELECT i, printf('bench-%05d', i), printf('bench-%05d', i), 'Bench ' || i, 'bench ' || i,
       'member', 'none', ? FROM n WHERE i <= ?`,
  ).run(users, now, users);
  db.prepare(
    `${NUMBERS} INSERT INTO sessions (id, user_id, created_at, expires_at, last_seen, device,
       address)
     SELECT i, i, ?, ?, ?, 'bench', '127.0.0.1' FROM n WHERE i <= ?`,
  ).run(users, now, expiresAt, now, users);
  db.prepare(
    `${NUMBERS} INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
     SELECT ${GENERAL}, i, 'member', 0, ? FROM n WHERE i <= ?`,
  ).run(users, now, users);
  db.prepare("UPDATE rooms SET member_count = ? WHERE id = ?").run(users, GENERAL);
  db.exec(`INSERT INTO user_words (user_id, word)
    SELECT id, 'bench' FROM users WHERE id > 1
    UNION SELECT id, CAST(id AS TEXT) FROM users WHERE id > 1`);
}

/** Room 1,000,000 + N belongs to user N. */
function addOwnRooms(db: DatabaseSync, now: number): void {
  db.prepare(
    `INSERT INTO rooms (id, kind, name, name_key, member_count, created_by, created_at)
     SELECT 1000000 + id, 'private', 'own ' || id, 'own ' || id, 1, id, ? FROM users`,
  ).run(now);
  db.prepare(
    `INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
     SELECT 1000000 + id, id, 'owner', 0, ? FROM users`,
  ).run(now);
}

/** Rooms 1,000 and on: with names and topics as people give them, read here and there. */
function addSharedRooms(db: DatabaseSync, rooms: number, users: number, now: number): void {
  if (rooms === 0) return;
  db.prepare(
    `${NUMBERS} INSERT INTO rooms (id, kind, name, name_key, topic, head, member_count, created_by,
       created_at)
     SELECT 998 + i, 'public', 'project ' || i, 'project ' || i, 'What is planned for number ' || i,
       i * 7 % 50, ?, 1, ? FROM n WHERE i <= ?`,
  ).run(rooms + 1, users, now, rooms + 1);
  db.prepare(
    `INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
     SELECT r.id, u.id, 'member', r.head, ? FROM rooms AS r JOIN users AS u WHERE r.id BETWEEN 1000 AND 999999`,
  ).run(now);
}

function addMessages(db: DatabaseSync, messages: number, users: number, now: number): void {
  if (messages === 0) return;
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions,
       files)
     SELECT ${GENERAL}, i, i, 1 + i % ?, lower(hex(randomblob(16))),
       'Message ' || i || ' says a few words, as most messages do, and not much more than that.',
       ?, '{}', '[]', '[]' FROM n`,
  ).run(messages, users, now);
  db.prepare("UPDATE rooms SET head = ? WHERE id = ?").run(messages, GENERAL);
}

/** The other rooms are 2 and up; the last of them is the one where everybody was last. */
function addSchool(
  db: DatabaseSync,
  { rooms, messages }: { rooms: number; messages: number },
  now: number,
): void {
  addTalk(db, GENERAL, { messages, firstId: 1, now });
  db.prepare(
    `${NUMBERS} INSERT INTO rooms (id, kind, name, name_key, topic, member_count, created_by,
       created_at)
     SELECT i, 'private', 'Course ' || i, 'course ' || i, 'What course ' || i || ' is about',
       (SELECT count(*) FROM users), 1, ? FROM n WHERE i <= ?`,
  ).run(rooms, now, rooms);
  db.prepare(
    `INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
     SELECT r.id, u.id, CASE u.id WHEN 1 THEN 'owner' ELSE 'member' END, 0, ?
     FROM rooms AS r, users AS u WHERE r.id > ${GENERAL}`,
  ).run(now);
  for (let room = GENERAL + 1; room <= rooms; room++) {
    addTalk(db, room, { messages: FEW, firstId: messages + 1 + (room - 2) * FEW, now });
  }
  // Every second reader has read everything; the others are a few messages behind, each elsewhere.
  db.exec(
    `UPDATE members SET read_seq = (SELECT head FROM rooms WHERE id = room_id)
     WHERE (user_id + room_id) % 2 = 0`,
  );
  db.exec(
    `UPDATE members SET read_seq = max(0, (SELECT max(seq) FROM messages AS x
       WHERE x.room_id = members.room_id) - (user_id * 7 + room_id) % 20)
     WHERE (user_id + room_id) % 2 = 1`,
  );
  db.prepare("UPDATE users SET last_room = ?").run(rooms);
}

async function accountsOf(
  db: DatabaseSync,
  { secret, ownRooms }: SeedOptions,
  now: number,
  expiresAt: number,
): Promise<Account[]> {
  const tokens = createTokens({ secret: new TextEncoder().encode(secret), now: () => now });
  // The cast: node:sqlite cannot know what the statement selects.
  const users = db.prepare("SELECT id, username FROM users ORDER BY id").all() as unknown as {
    id: number;
    username: string;
  }[];
  return await Promise.all(users.map(async ({ id, username }) => ({
    id,
    username,
    token: await tokens.issue({ userId: id, sessionId: id, issuedAt: now, expiresAt }),
    room: ownRooms ? 1_000_000 + id : GENERAL,
  })));
}
