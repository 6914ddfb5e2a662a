/**
 * Every query that grows with the data uses an index: what PostgreSQL plans over many rows, for a
 * statement's first parameters and for whatever parameters come later.
 */
import assert from "node:assert/strict";
import { readAddress } from "../../../lib/postgres/address.ts";
import { Connection } from "../../../lib/postgres/connection.ts";
import type { QuerySettings } from "../../../lib/postgres/pg_types.ts";
import type { OperationName } from "../../../lib/store/operations/operation.ts";
import { OPERATIONS } from "../../../lib/store/operations/table.ts";
import { PostgresDriver } from "../../../lib/store/postgres/driver.ts";
import type { Driver } from "../../../lib/store/driver.ts";
import { postgresTests } from "../../support/postgres.ts";
import { AT, SCRIPT } from "../script.ts";
import { openNode } from "./meeting_nodes.ts";

const test = postgresTests();

/** What a few years of a busy place leave. Room 1 and the people of the script stay as they are. */
const MANY = `
  INSERT INTO users (id, username, username_key, display_name, display_key, role, password_hash,
      created_at)
    SELECT n, 'user' || n, 'user' || n, 'User ' || n, 'user ' || n, 'member', '', 0
    FROM generate_series(1001, 21000) AS n;
  INSERT INTO user_words (user_id, word) SELECT id, username_key FROM users WHERE id > 1000;
  INSERT INTO username_looks (look, user_id) SELECT username, id FROM users WHERE id > 1000;
  INSERT INTO display_looks (look, user_id) SELECT display_name, id FROM users WHERE id > 1000;
  INSERT INTO rooms (id, kind, name, name_key, member_count, head, created_by, created_at)
    SELECT n, 'public', 'room' || n, 'room' || n, 20, 20, 1, 0 FROM generate_series(1001, 6000) AS n;
  INSERT INTO room_looks (look, room_id) SELECT name, id FROM rooms WHERE id > 1000;
  INSERT INTO members (room_id, user_id, role, read_seq, joined_at, hidden)
    SELECT 1001 + (u * 7 + k * 911) % 5000, u, 'member', 0, 0, CASE WHEN k = 5 THEN 1 ELSE 0 END
    FROM generate_series(1001, 21000) AS u, generate_series(1, 5) AS k;
  INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions, files)
    SELECT r, s, s, 1001 + (r * s) % 20000, 'many-' || r || '-' || s, 'text', 0, '{}', '[]', '[]'
    FROM generate_series(1001, 6000) AS r, generate_series(1, 20) AS s;
  INSERT INTO mentions (user_id, room_id, seq)
    SELECT user_id, room_id, 1 FROM members WHERE room_id > 1000;
  INSERT INTO thread_marks (root_id, user_id, room_id, state, read_seq, fresh)
    SELECT id, 1001 + id % 20000, room_id, 1, 0, CASE WHEN id % 9 = 0 THEN 1 ELSE 0 END
    FROM messages WHERE room_id > 1000;
  UPDATE messages SET thread_id = id - 1 WHERE room_id > 1000 AND seq = 2;
  UPDATE messages SET title = 'topic', last_reply_seq = 1 WHERE room_id > 1000 AND seq = 1;
  INSERT INTO sessions (user_id, created_at, expires_at, last_seen, device, address)
    SELECT u, 0, 9e15, 0, '', '' FROM generate_series(1001, 21000) AS u;
  INSERT INTO ended_sessions (id, user_id, expires_at, reason)
    SELECT u + 100000, u, 9e15, 'logout' FROM generate_series(1001, 21000) AS u;
  INSERT INTO pending_sign_ins (hash, user_id, way, expires_at)
    SELECT 'ticket' || u, u, 'password', 9e15 FROM generate_series(1001, 21000) AS u;
  INSERT INTO totp (user_id, secret) SELECT u, 'secret' FROM generate_series(1001, 21000) AS u;
  INSERT INTO recovery_codes (user_id, hash)
    SELECT u, 'code' || c FROM generate_series(1001, 21000) AS u, generate_series(1, 10) AS c;
  INSERT INTO events (at, body) SELECT n, '{}' FROM generate_series(1, 20000) AS n;
  INSERT INTO saved (user_id, message_id)
    SELECT 1001 + id % 20000, id FROM messages WHERE room_id > 1000;
  INSERT INTO heard (user_id, message_id)
    SELECT 1001 + id % 20000, id FROM messages WHERE room_id > 1000;
  INSERT INTO audit (at, action, actor_kind, actor_id, target_kind, target_id, detail)
    SELECT n, 'user.role', 'user', 1001 + n % 20, 'user', 1001 + n % 20000, '{}'
    FROM generate_series(1, 40000) AS n;
  INSERT INTO join_requests
      (username, username_key, display_name, password_hash, note, address, state, created_at)
    SELECT 'many' || n, 'many' || n, '', '', '', '', CASE WHEN n < 500 THEN 'waiting' ELSE 'refused' END, 0
    FROM generate_series(1, 20000) AS n;
  INSERT INTO invites (code, role, uses, expires_at, created_by, created_at)
    SELECT 'many-' || n, 'member', 1, 9e15, 1001 + n % 20000, 0 FROM generate_series(1, 20000) AS n;
  INSERT INTO invite_rooms (invite_id, room_id)
    SELECT id, 1001 FROM invites WHERE code LIKE 'many-%';
  INSERT INTO resets (token_hash, user_id, origin, maker_id, created_at, expires_at)
    SELECT 'reset' || u, u, 'staff', 1001 + u % 20000, 0, 9e15
    FROM generate_series(1001, 21000) AS u;
  INSERT INTO identities (user_id, issuer, subject, provider, label, created_at)
    SELECT u, 'https://id.example.org', 'sub' || u, 'id', '', 0
    FROM generate_series(1001, 21000) AS u;
  INSERT INTO upstream_sessions (session_id, user_id, issuer, subject, provider, upstream)
    SELECT id, user_id, 'https://id.example.org', 'sub' || user_id, 'id', 'there' || id
    FROM sessions WHERE user_id > 1000;
  INSERT INTO spent_once (hash, expires_at)
    SELECT 'spent' || n, 9e15 FROM generate_series(1, 20000) AS n;
  INSERT INTO sign_ins (id, user_id, at, device, address, way, seen)
    SELECT id, user_id, 0, '', '', 'password', 1 FROM sessions WHERE user_id > 1000;
  INSERT INTO phone_links (user_id, session_id, nonce, code_hash, state, created_at,
      expires_at)
    SELECT u, 1, 'nonce' || u, 'code' || u, 'waiting', 0, 9e15 FROM generate_series(1001, 21000) AS u;
  INSERT INTO emails (user_id, address, address_key, proven_at)
    SELECT u, u || '@example.org', u || '@example.org', 0 FROM generate_series(1001, 21000) AS u;
  INSERT INTO email_proofs (token_hash, user_id, address_key, expires_at)
    SELECT 'proof' || u, u, u || '@example.org', 9e15 FROM generate_series(1001, 21000) AS u;
  INSERT INTO passkeys (user_id, credential, public_key, counter, transports, name, synced, alone,
      after_password, created_at)
    SELECT u, 'key' || u, '', 0, '[]', '', 0, 1, 0, 0 FROM generate_series(1001, 21000) AS u;
  INSERT INTO letters (kind, user_id, detail, created_at, expires_at, try_at, tries)
    SELECT 'notice', u, '{}', 0, 9e15, 9e15, 0 FROM generate_series(1001, 11000) AS u;
  INSERT INTO scheduled (user_id, room_id, client_id, text, thread_only, at, created_at)
    SELECT 1001 + n % 20000, 1, 'later' || n, 'x', 0, 9e15, 0 FROM generate_series(1, 40000) AS n;
  INSERT INTO reminders (user_id, message_id, at)
    SELECT 1001 + id % 20000, id, 9e15 FROM messages WHERE room_id > 1000;
  INSERT INTO jobs (kind, subject, lane, user_id, due_at, try_at, tries)
    SELECT 'scheduled', id, 'room 1', user_id, at, at, 0 FROM scheduled WHERE user_id > 1000;
  INSERT INTO message_versions (message_id, user_id, text, at)
    SELECT id, user_id, 'before', 0 FROM messages WHERE room_id > 1000;
  INSERT INTO deleted_messages (message_id, user_id, deleted_by, deleted_at, content)
    SELECT id, user_id, user_id, 9e15, '{}' FROM messages WHERE room_id > 1000 AND seq = 1;
  INSERT INTO group_mentions (message_id, users)
    SELECT id, '[]' FROM messages WHERE room_id > 1000 AND seq < 4;
  INSERT INTO avatars (user_id, version, type, data)
    SELECT u, 'v', 't', 'd' FROM generate_series(1001, 21000) AS u;
  INSERT INTO room_pictures (room_id, version, type, data)
    SELECT id, 'v', 't', 'd' FROM rooms WHERE id > 1000;
  INSERT INTO drafts (user_id, room_id, thread_id, text, at)
    SELECT user_id, room_id, 0, 'draft', 0 FROM members WHERE room_id > 1000;
  INSERT INTO link_previews (digest, key, found, title, description, site, blob, version, looked_at,
      until)
    SELECT 'digest' || n, 'key' || n, 1, '', '', '', 'blob' || n, 1, 0, CASE WHEN n < 100 THEN 9e15 END
    FROM generate_series(1, 20000) AS n;
  INSERT INTO message_links (message_id, digest, removed)
    SELECT id, 'digest' || id, 0 FROM messages WHERE room_id > 1000;
  INSERT INTO files (key, user_id, state, kind, name, type, size, thumbnail, alt, room_id, message_id,
      position, place, created_at, touched_at)
    SELECT 'file' || id, user_id, 'ready', 'picture', 'a.png', 'image/png', 1, 0, '', room_id, id, 0,
      id * 16 + 15, 0, 0 FROM messages WHERE room_id > 1000;
  INSERT INTO files (key, user_id, state, kind, name, type, size, thumbnail, alt, position, created_at,
      touched_at)
    SELECT 'loose' || n, 1001 + n % 20000, CASE WHEN n % 2 = 0 THEN 'ready' ELSE 'uploading' END,
      'picture', 'a.png', 'image/png', 1, 0, '', 0, 0, 9e15 FROM generate_series(1, 40000) AS n;
  INSERT INTO file_totals (user_id, bytes) SELECT u, 1 FROM generate_series(1001, 21000) AS u;
  ANALYZE`;

/** Where reading a table is what was asked for: one row of it, a part of a name, a count. */
const MAY_SCAN: Partial<Record<OperationName, string[]>> = {
  hasAccounts: ["users"],
  createAccount: ["users"],
  browseRooms: ["rooms"],
  epoch: ["meta"],
  instance: ["meta"],
  probe: ["meta"],
  getHealth: ["users", "rooms", "meta"],
  // Staff search for several words, planned for words that are not known: some milliseconds.
  listAccounts: ["users"],
  // People decide them, one by one, and they are forgotten some time later: a few hundred.
  askToJoin: ["join_requests"],
  // At most 10,000 letters wait.
  waitingLetters: ["letters"],
  queueReset: ["letters"],
  setEmail: ["letters"],
  removeEmail: ["letters"],
};

/**
 * A row for each word that the program has for a setting; accounts that are just being erased; custom
 * emoji, `LIMITS.customEmoji` at most, and the one row with their revision.
 */
const SHORT = [
  "workspace",
  "workspace_logo",
  "erasures",
  "custom_emoji",
  "custom_emoji_revision",
];

interface Asked extends QuerySettings {
  operation: OperationName;
}

/** Runs every operation on a driver that remembers, once, each statement with its parameters. */
async function runAll(connection: Connection): Promise<Asked[]> {
  const asked = new Map<string, Asked>();
  let operation: OperationName = "epoch";
  const recording = {
    query(query: QuerySettings) {
      if (!asked.has(query.name!)) asked.set(query.name!, { ...query, operation });
      return connection.query(query);
    },
  } as unknown as Connection; // the driver uses nothing else of it
  const driver = new PostgresDriver(recording, () => {});
  for (const [name, input] of SCRIPT) {
    operation = name;
    await connection.query({ text: "BEGIN" });
    // The cast: the script's inputs are checked by running them.
    await (OPERATIONS[name] as { run(db: Driver, input: unknown): Promise<unknown> })
      .run(driver, input);
    await connection.query({ text: "COMMIT" });
  }
  return [...asked.values()];
}

const literal = (value: unknown) =>
  value === null ? "NULL" : `'${String(value).replaceAll("'", "''")}'`;

async function planOf(connection: Connection, { name, values = [] }: Asked): Promise<string> {
  const given = values.length === 0 ? "" : `(${values.map(literal).join(", ")})`;
  const { rows } = await connection.query<Record<string, string>>({
    text: `EXPLAIN (COSTS OFF) EXECUTE ${name}${given}`,
  });
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

test("no operation reads a whole table of many rows, whatever its parameters", async (postgres) => {
  const url = await postgres.createDatabase();
  const node = await openNode(url);
  const connection = await Connection.open(readAddress(url, {}), { patient: true });
  try {
    const asked = await runAll(connection);
    await connection.query({ text: MANY });
    assert.ok(asked.length > 60, `${asked.length} statements`);
    for (const mode of ["force_custom_plan", "force_generic_plan"]) {
      await connection.query({ text: `SET plan_cache_mode = ${mode}` });
      for (const each of asked) {
        const plan = await planOf(connection, each);
        const scanned = [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table!)
          .filter((table) => !SHORT.includes(table))
          .filter((table) => !MAY_SCAN[each.operation]?.includes(table));
        assert.deepEqual(scanned, [], `${mode}, ${each.operation}: ${each.text}\n${plan}`);
      }
    }
  } finally {
    await connection.close();
    await node.store.close();
  }
});

test("people and names are searched by the beginnings of words, in their indexes", async (postgres) => {
  const url = await postgres.createDatabase();
  const node = await openNode(url);
  const connection = await Connection.open(readAddress(url, {}), { patient: true });
  try {
    const asked = await runAll(connection);
    await connection.query({ text: MANY });
    await connection.query({ text: "SET plan_cache_mode = force_generic_plan" });
    const plansOf = async (operation: OperationName, of: RegExp) => {
      const those = asked.filter((each) => each.operation === operation && of.test(each.text));
      assert.ok(those.length > 0, `${operation} asks ${of}`);
      return (await Promise.all(those.map((each) => planOf(connection, each)))).join("\n");
    };
    assert.match(await plansOf("searchUsers", /user_words AS w/), /user_words_by_word/);
    assert.match(await plansOf("searchUsers", /username_key >=/), /users_by_username/);
    assert.match(await plansOf("history", /ORDER BY x\.seq/), /messages_by_seq/);
    assert.match(await plansOf("changes", /UNION ALL/), /messages_by_rev/);
    assert.match(await plansOf("listSaved", /FROM saved/), /saved_by_user/);
    const history = await plansOf("history", /x\.seq < /);
    assert.doesNotMatch(history, /\bSort\b/, history);
    assert.equal(AT.room, 1);
  } finally {
    await connection.close();
    await node.store.close();
  }
});
