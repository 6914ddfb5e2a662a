/** Replies from before there were threads are put into theirs, and nobody finds them new. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { threads } from "../../../lib/store/migrations/0030_threads.ts";
import { migrate } from "../../../lib/store/migrations/migrate.ts";
import { MIGRATIONS } from "../../../lib/store/migrations/steps.ts";
import type { Migration } from "../../../lib/store/migrations/migration.ts";
import { SQLITE_DIALECT } from "../../../lib/store/sqlite/driver.ts";
import { SqliteTransaction } from "../../../lib/store/sqlite/transaction.ts";
import { runInTransaction } from "../../../lib/store/transaction.ts";

const BEFORE = `
  INSERT INTO users (id, username, username_key, display_name, display_key, role, password_hash,
    created_at) VALUES (1, 'ann', 'ann', 'Ann', 'ann', 'owner', '', 0),
    (2, 'ben', 'ben', 'Ben', 'ben', 'member', '', 0), (3, 'cid', 'cid', 'Cid', 'cid', 'member', '', 0);
  INSERT INTO rooms (id, kind, name, name_key, created_by, created_at, head)
    VALUES (2, 'private', 'us', 'us', 1, 0, 6);
  INSERT INTO members (room_id, user_id, role, read_seq, joined_at)
    VALUES (2, 1, 'owner', 0, 0), (2, 2, 'member', 0, 0);
  INSERT INTO messages (id, room_id, seq, rev, user_id, client_id, text, ts, deleted_at, reply_to,
    reactions, mentions, files) VALUES
    (1, 2, 1, 1, 1, 'a', 'root', 10, NULL, NULL, '{}', '[]', '[]'),
    (2, 2, 2, 2, 2, 'b', 'first', 20, NULL, 1, '{}', '[]', '[]'),
    (3, 2, 3, 3, 3, 'c', 'below', 30, NULL, 2, '{}', '[]', '[]'),
    (4, 2, 4, 4, 2, 'd', '', 40, 41, 3, '{}', '[]', '[]'),
    (5, 2, 5, 5, 2, 'e', 'deepest', 50, NULL, 4, '{}', '[]', '[]'),
    (6, 2, 6, 6, 1, 'f', 'plain', 60, NULL, NULL, '{}', '[]', '[]')`;

Deno.test("earlier replies, however deep, are counted by their root, and read", async () => {
  const db = new DatabaseSync(":memory:");
  try {
    const on = new SqliteTransaction(db, "BEGIN IMMEDIATE");
    const take = (migrations: readonly Migration[]) =>
      migrate({
        dialect: SQLITE_DIALECT,
        transaction: (step) => runInTransaction(on, step),
        epoch: "epoch-1",
        migrations,
      });
    await take(MIGRATIONS.slice(0, threads.version - 1));
    db.exec(BEFORE);
    await take(MIGRATIONS.slice(0, threads.version));
    const rows = (sql: string) => db.prepare(sql).all().map((row) => Object.values(row));
    assert.deepEqual(rows("SELECT id, thread_id FROM messages ORDER BY id"), [
      [1, null],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 1],
      [6, null],
    ]);
    assert.deepEqual(
      rows(`SELECT id, reply_count, last_reply_seq, last_reply_ts, repliers FROM messages
        WHERE reply_count > 0`),
      [[1, 3, 5, 50, "[2,3]"]],
    );
    assert.deepEqual(
      rows("SELECT root_id, user_id, room_id, state, read_seq, fresh FROM thread_marks ORDER BY 2"),
      [[1, 1, 2, 1, 5, 0], [1, 2, 2, 1, 5, 0]],
      "who has left the room follows nothing",
    );
  } finally {
    db.close();
  }
});
