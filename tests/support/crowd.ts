/**
 * Many people in `general`, put into a running program's database: a large room without thousands
 * of sign-ups. Nobody of them can log in; they are there to be seen, named and found.
 */
import { DatabaseSync } from "node:sqlite";
import { keepUserWords } from "../../lib/store/operations/parts/user_words.ts";
import { SqliteDriver } from "../../lib/store/sqlite/driver.ts";
import { GENERAL } from "./browser_account.ts";

export interface CrowdMember {
  id: number;
  username: string;
  displayName: string;
}

/** Call it before anybody looks: the program does not hear of it. */
export async function addCrowd(
  dataDir: string,
  count: number,
  nameOf = (number: number) => `Crowd Member ${number}`,
): Promise<CrowdMember[]> {
  using db = new DatabaseSync(`${dataDir}/chat.db`);
  const driver = new SqliteDriver(db);
  db.exec("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE");
  const crowd: CrowdMember[] = [];
  for (let number = 1; number <= count; number++) {
    const username = `crowd-${String(number).padStart(4, "0")}`;
    const displayName = nameOf(number);
    const id = await driver.insert(
      `INSERT INTO users (username, username_key, display_name, display_key, role, password_hash,
         created_at) VALUES (?, ?, ?, ?, 'member', 'none', 0)`,
      [username, username, displayName, displayName.toLowerCase()],
    );
    await driver.run(
      `INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
       VALUES (${GENERAL}, ?, 'member', 0, 0)`,
      [id],
    );
    await keepUserWords(driver, { id, username, displayName });
    crowd.push({ id, username, displayName });
  }
  db.exec(`UPDATE rooms SET member_count = member_count + ${count} WHERE id = ${GENERAL}; COMMIT`);
  return crowd;
}

/**
 * Direct rooms of somebody with each of the crowd, in which something was said: what strangers
 * with many accounts can make of somebody's list.
 */
export async function addDirectRooms(
  dataDir: string,
  victim: number,
  crowd: readonly CrowdMember[],
  { unread = true }: { unread?: boolean } = {},
): Promise<number[]> {
  using db = new DatabaseSync(`${dataDir}/chat.db`);
  const driver = new SqliteDriver(db);
  db.exec("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE");
  const rooms: number[] = [];
  for (const { id } of crowd) {
    const room = await driver.insert(
      `INSERT INTO rooms (kind, direct_key, created_by, created_at, member_count, head)
       VALUES ('direct', ?, ?, 0, 2, 1)`,
      [[victim, id].sort((a, b) => a - b).join(","), id],
    );
    for (const [userId, read] of [[victim, unread ? 0 : 1], [id, 1]] as const) {
      await driver.run(
        `INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
         VALUES (?, ?, 'member', ?, 0)`,
        [room, userId, read],
      );
    }
    await driver.run(
      `INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions,
         files) VALUES (?, 1, 1, ?, ?, 'buy this', ?, '{}', '[]', '[]')`,
      [room, id, `crowd-message-${room}`, room],
    );
    rooms.push(room);
  }
  db.exec("COMMIT");
  return rooms;
}
