/**
 * Names get the keys by which they are the same (NFKC_Casefold: without what nobody sees) and the
 * looks by which one is taken for another. Where two had one name, nothing is merged: the older
 * keeps it, the newer gets a key of its own, signs in by its exact spelling, and is reported.
 */
import { nameKey } from "../../protocol/names.ts";
import type { Driver } from "../driver.ts";
import { looksOf } from "../looks/looks.ts";
import {
  CLASH,
  insertDisplayLooks,
  insertRoomLooks,
  insertUsernameLooks,
} from "../operations/parts/identity.ts";
import type { Migration, Report } from "./migration.ts";

export const identityOfNames: Migration = {
  version: 6,
  statements: ({ integer, text }) => [
    `ALTER TABLE users ADD COLUMN namesake ${integer} NOT NULL DEFAULT 0`,
    `CREATE TABLE username_looks (
      look ${text} PRIMARY KEY,
      user_id ${integer} NOT NULL REFERENCES users (id)
    )`,
    `CREATE TABLE display_looks (
      look ${text} NOT NULL,
      user_id ${integer} NOT NULL REFERENCES users (id),
      PRIMARY KEY (look, user_id)
    )`,
    "CREATE INDEX display_looks_by_user ON display_looks (user_id)",
    `CREATE TABLE room_looks (
      look ${text} PRIMARY KEY,
      room_id ${integer} NOT NULL REFERENCES rooms (id)
    )`,
    // While keys are recomputed, an old key may equal another's new one.
    "DROP INDEX users_by_username",
    "CREATE INDEX users_by_username ON users (username_key)",
    "DROP INDEX rooms_by_public_name",
    "CREATE INDEX rooms_by_public_name ON rooms (name_key) WHERE kind = 'public'",
  ],
  async rewrite(db, report) {
    const told = bounded(report);
    await rewriteUsers(db, told.report);
    await db.run(MARK_NAMESAKES, []);
    await rewriteRooms(db, told.report);
    told.end();
    await db.run("DROP INDEX users_by_username", []);
    await db.run("CREATE UNIQUE INDEX users_by_username ON users (username_key)", []);
    await db.run("DROP INDEX rooms_by_public_name", []);
    await db.run(
      "CREATE UNIQUE INDEX rooms_by_public_name ON rooms (name_key) WHERE kind = 'public'",
      [],
    );
  },
};

/** Rows read at a time: a large database need not fit into memory. */
const PORTION = 1_000;
/** Clashes that are reported one by one. */
const TOLD = 200;

const MARK_NAMESAKES = `UPDATE users SET namesake = 1 WHERE id IN (
  SELECT mine.user_id FROM display_looks AS mine WHERE
    EXISTS (
      SELECT 1 FROM display_looks AS theirs
      WHERE theirs.look = mine.look AND theirs.user_id <> mine.user_id
    ) OR EXISTS (
      SELECT 1 FROM username_looks AS taken
      WHERE taken.look = mine.look AND taken.user_id <> mine.user_id
    )
)`;

interface OldUser {
  id: number;
  username: string;
  display_name: string;
}

async function rewriteUsers(db: Driver, report: Report): Promise<void> {
  let after = 0;
  for (;;) {
    const rows = await db.all<OldUser>(
      `SELECT id, username, display_name FROM users WHERE id > ? ORDER BY id LIMIT ${PORTION}`,
      [after],
    );
    for (const row of rows) await rewriteUser(db, row, report);
    if (rows.length < PORTION) return;
    after = rows.at(-1)!.id;
  }
}

async function rewriteUser(db: Driver, row: OldUser, report: Report): Promise<void> {
  const key = nameKey(row.username);
  // Rows before this one have their new keys; the older one keeps the name.
  const same = await db.get<OldUser>(
    "SELECT id, username FROM users WHERE username_key = ? AND id < ?",
    [key, row.id],
  );
  await db.run(
    "UPDATE users SET username_key = ?, display_key = ? WHERE id = ?",
    [same === undefined ? key : `${key}${CLASH}${row.id}`, nameKey(row.display_name), row.id],
  );
  if (same !== undefined) {
    report(
      `Two accounts have one name: ${shown(same)} keeps it, ${shown(row)} signs in by its exact ` +
        "spelling only and cannot be mentioned. Look at it and disable it if it is an impostor.",
    );
  } else await reportLooks(db, row, report);
  await insertUsernameLooks(db, row.id, row.username);
  await insertDisplayLooks(db, row.id, row.display_name);
}

async function reportLooks(db: Driver, row: OldUser, report: Report): Promise<void> {
  for (const look of looksOf(row.username)) {
    const alike = await db.get<OldUser>(
      `SELECT u.id, u.username FROM username_looks AS l JOIN users AS u ON u.id = l.user_id
       WHERE l.look = ?`,
      [look],
    );
    if (alike === undefined) continue;
    return report(`Two accounts have names that look alike: ${shown(alike)} and ${shown(row)}.`);
  }
}

interface OldRoom {
  id: number;
  kind: string;
  name: string;
}

async function rewriteRooms(db: Driver, report: Report): Promise<void> {
  let after = 0;
  for (;;) {
    const rows = await db.all<OldRoom>(
      `SELECT id, kind, name FROM rooms WHERE id > ? AND name IS NOT NULL
       ORDER BY id LIMIT ${PORTION}`,
      [after],
    );
    for (const row of rows) await rewriteRoom(db, row, report);
    if (rows.length < PORTION) return;
    after = rows.at(-1)!.id;
  }
}

async function rewriteRoom(db: Driver, row: OldRoom, report: Report): Promise<void> {
  const key = nameKey(row.name);
  const same = row.kind !== "public" ? undefined : await db.get<OldRoom>(
    "SELECT id, name FROM rooms WHERE kind = 'public' AND name_key = ? AND id < ?",
    [key, row.id],
  );
  await db.run(
    "UPDATE rooms SET name_key = ? WHERE id = ?",
    [same === undefined ? key : `${key}${CLASH}${row.id}`, row.id],
  );
  if (same !== undefined) {
    report(
      `Two public rooms have one name: ${shown(same)} and ${shown(row)}. Rename or archive one.`,
    );
  }
  if (row.kind !== "public") return;
  if (same === undefined) await reportRoomLooks(db, row, report);
  await insertRoomLooks(db, row.id, row.name);
}

async function reportRoomLooks(db: Driver, row: OldRoom, report: Report): Promise<void> {
  for (const look of looksOf(row.name)) {
    const alike = await db.get<OldRoom>(
      `SELECT r.id, r.name FROM room_looks AS l JOIN rooms AS r ON r.id = l.room_id
       WHERE l.look = ?`,
      [look],
    );
    if (alike === undefined) continue;
    return report(`Two public rooms look alike: ${shown(alike)} and ${shown(row)}.`);
  }
}

/** The name with invisible characters written out, and the id by which an admin finds it. */
function shown(row: { id: number; username?: string; name?: string }): string {
  const name = (row.username ?? row.name ?? "").replace(
    /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}/gu,
    (hidden) => `\\u{${hidden.codePointAt(0)!.toString(16)}}`,
  );
  return `“${name}” (id ${row.id})`;
}

/** Nobody would read a log of a hundred thousand lines. */
function bounded(report: Report): { report: Report; end(): void } {
  let count = 0;
  return {
    report(sentence) {
      if (++count <= TOLD) report(sentence);
    },
    end() {
      if (count > TOLD) report(`And ${count - TOLD} names more that clash.`);
    },
  };
}
