/**
 * What lets people in is moved, backed up and put back like everything else: invitations, second
 * factors, linked accounts, addresses, the audit log; and so are files, with all that names some.
 * And what a backup brings back that is over.
 */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { buildProject } from "../../../build.ts";
import { newKey } from "../../../lib/files/blobs.ts";
import { DiskBlobs } from "../../../lib/files/disk.ts";
import { WatchedBlobs } from "../../../lib/files/kept_failing.ts";
import { COPIED } from "../../../lib/store/upkeep/tables.ts";
import { addFiles } from "../../support/chat_with_files.ts";
import {
  changeFile,
  contentsOf,
  makeChat,
  runCommand,
  withFolder,
} from "../../support/operator.ts";
import { postgresTests } from "../../support/postgres.ts";

await buildProject();

const test = postgresTests();

const TOMORROW = Date.now() + 86_400_000;

/** A row in each table that the chat of all tests leaves empty. Ann is 1, Ben is 2. */
const FILL = [
  `INSERT INTO workspace VALUES ('name', '"Our school"'), ('logo', '{"version":"v1","type":"image/png"}')`,
  "INSERT INTO workspace_logo VALUES ('v1', 'image/png', 'aGVsbG8=')",
  `INSERT INTO invites (id, code, role, uses, used, created_by, created_at)
     VALUES (1, 'a-code', 'guest', 3, 1, 1, 1)`,
  "INSERT INTO invite_rooms VALUES (1, 2)",
  `INSERT INTO join_requests (id, username, username_key, display_name, password_hash, note, address,
     created_at) VALUES (1, 'eve', 'eve', 'Eve', 'hash', 'please', '192.0.2.7', 1)`,
  `INSERT INTO totp (user_id, secret, last_step, since) VALUES (1, 'JBSWY3DPEHPK3PXP', 7, 1)`,
  "INSERT INTO recovery_codes VALUES (1, 'hash-of-a-code')",
  `INSERT INTO passkeys (id, user_id, credential, public_key, counter, transports, name, synced, alone,
     after_password, created_at) VALUES (1, 1, 'c', 'k', 5, '["usb"]', 'Key', 0, 1, 1, 1)`,
  `INSERT INTO identities (id, user_id, issuer, subject, provider, label, created_at)
     VALUES (1, 2, 'https://login.example.org', 's', 'school', 'Ben', 1)`,
  `INSERT INTO upstream_sessions (session_id, user_id, issuer, subject, provider)
     VALUES (2, 2, 'https://login.example.org', 's', 'school')`,
  `INSERT INTO emails (user_id, address, address_key, proven_at)
     VALUES (1, 'ann@example.org', 'ann@example.org', 1)`,
  `INSERT INTO email_proofs VALUES ('proof-hash', 2, 'ben@example.org', ${TOMORROW})`,
  `INSERT INTO resets (token_hash, user_id, origin, created_at, expires_at)
     VALUES ('reset-hash', 1, 'staff', 1, ${TOMORROW})`,
  `INSERT INTO letters (id, kind, user_id, detail, created_at, expires_at, try_at, tries)
     VALUES (1, 'password_reset', 1, '{}', 1, ${TOMORROW}, 1, 0)`,
  `INSERT INTO sign_ins (id, user_id, at, device, address, way) SELECT id, user_id, 1, 'Firefox',
     '192.0.2.1', 'passkey' FROM sessions WHERE id NOT IN (SELECT id FROM sign_ins) ORDER BY id LIMIT 1`,
  "INSERT INTO erasures (user_id, texts) VALUES (3, 'keep')",
  `INSERT INTO audit (id, at, action, actor_kind, actor_id, target_kind, target_id, detail, address)
     VALUES (1000, 1, 'user.role', 'user', 1, 'user', 2, '{"from":"member","to":"admin"}', '192.0.2.1')`,
  // As where a group of more than a hundred people was mentioned.
  "UPDATE messages SET mentions_all = 'room' WHERE id = 1",
  "INSERT INTO group_mentions (message_id, users) SELECT id, mentions FROM messages WHERE id = 1",
];

function filesIn(folder: string): WatchedBlobs {
  const anyKey = () => newKey((length) => crypto.getRandomValues(new Uint8Array(length)));
  return new WatchedBlobs(new DiskBlobs({ folder, newKey: anyKey }), {
    error: () => {},
    info: () => {},
  });
}

const keysIn = async (folder: string) =>
  (await Array.fromAsync(filesIn(folder).list())).map(({ key }) => key).sort();

/** With the bytes of its files in `files`. */
async function makeFullChat(path: string, files: string): Promise<void> {
  await makeChat(path);
  await addFiles(path, filesIn(files));
  changeFile(path, ...FILL);
  const empty = Object.entries(contentsOf(path, COPIED.map(({ name }) => name)))
    .filter(([, rows]) => rows.length === 0).map(([name]) => name);
  assert.deepEqual(empty, [], "the test fills every table that is copied");
}

/** But for what each place has of its own. */
function chatOf(path: string): Record<string, unknown[]> {
  const contents = contentsOf(path, COPIED.map(({ name }) => name));
  contents.meta = contents.meta!.filter((row) => !/"(commits|probed_at|secret)"/.test(String(row)));
  return contents;
}

const ONCE = ["email_proofs", "letters", "resets"];

function withoutOnce(path: string): Record<string, unknown[]> {
  const contents = chatOf(path);
  for (const table of ONCE) contents[table] = [];
  return contents;
}

test("moved to PostgreSQL and back it is the same chat, with every way in and every letter that waits", (postgres) =>
  withFolder(async (folder) => {
    const [chat, back] = [`${folder}/chat.db`, `${folder}/back/chat.db`];
    await makeFullChat(chat, `${folder}/data/files`);
    const url = await postgres.createDatabase();
    const there = await runCommand({}, "migrate", `sqlite:${chat}`, url);
    assert.equal(there.code, 0, there.stderr);
    const beside = { DATABASE_URL: url, CONFAB_DATA_DIR: `${folder}/data` };
    const checked = await runCommand(beside, "check");
    assert.equal(checked.code, 0, checked.stdout);
    await assert.rejects(
      postgres.query("UPDATE audit SET detail = '{}'", url),
      /The audit log is only ever appended/,
    );
    assert.equal((await runCommand({}, "migrate", url, `sqlite:${back}`)).code, 0);
    assert.deepEqual(chatOf(back), chatOf(chat));
    assert.throws(() => changeFile(back, "DELETE FROM audit"), /only ever appended/);
  }));

test("put back, nothing is sent again that was sent, and no link works twice; all the rest is there", (postgres) =>
  withFolder(async (folder) => {
    const [chat, file] = [`${folder}/data/chat.db`, `${folder}/b.db`];
    await Deno.mkdir(`${folder}/data`);
    await makeFullChat(chat, `${folder}/data/files`);
    const env = { CONFAB_DATA_DIR: `${folder}/data` };
    const files = await keysIn(`${folder}/data/files`);
    assert.equal((await runCommand(env, "backup", file)).code, 0);
    assert.deepEqual(chatOf(file), chatOf(chat), "the backup itself holds everything");
    assert.equal((await runCommand(env, "restore", file, "--replace")).code, 0);
    assert.deepEqual(chatOf(chat), withoutOnce(file));
    assert.deepEqual(await keysIn(`${file}.files`), files);
    assert.throws(() => changeFile(chat, "UPDATE audit SET at = 2"), /only ever appended/);

    const shared = {
      DATABASE_URL: await postgres.createDatabase(),
      CONFAB_DATA_DIR: `${folder}/shared`,
    };
    for (const flags of [[], ["--replace"]]) {
      const restored = await runCommand(shared, "restore", file, ...flags);
      assert.equal(restored.code, 0, restored.stderr);
      const again = `${folder}/again.db`;
      assert.equal((await runCommand(shared, "backup", again, "--replace")).code, 0);
      assert.deepEqual(chatOf(again), withoutOnce(file));
      assert.deepEqual(await keysIn(`${folder}/shared/files`), files);
    }
    for (const each of [env, shared]) {
      const checked = await runCommand(each, "check");
      assert.equal(checked.code, 0, checked.stdout);
    }
  }));

test("whoever was erased since the backup is back with it, which is said by name", (postgres) =>
  withFolder(async (folder) => {
    const file = `${folder}/b.db`;
    await makeChat(file);
    const erase = "UPDATE users SET erased_at = 1, disabled = 1, username = 'former' WHERE id = 2";
    await Deno.mkdir(`${folder}/data`);
    await Deno.copyFile(file, `${folder}/data/chat.db`);
    changeFile(`${folder}/data/chat.db`, erase);
    const embedded = { CONFAB_DATA_DIR: `${folder}/data` };
    const shared = { DATABASE_URL: await postgres.createDatabase() };
    assert.equal((await runCommand(shared, "restore", file)).code, 0);
    await postgres.query(erase, shared.DATABASE_URL);
    const sentence =
      /^Erased since the backup, and back with it: ben\. Erase them again, at \/admin\/people\.$/m;
    for (const env of [embedded, shared]) {
      const told = await runCommand(env, "restore", file, "--replace");
      assert.equal(told.code, 0, told.stderr);
      assert.match(told.stdout, sentence);
      const again = await runCommand(env, "restore", file, "--replace");
      assert.doesNotMatch(again.stdout, /Erased/, "nobody was, since");
    }
    const other = `${folder}/other.db`;
    await Deno.copyFile(file, other);
    changeFile(other, "UPDATE meta SET value = 'another' WHERE key = 'instance'");
    changeFile(`${folder}/data/chat.db`, erase);
    const unlike = await runCommand(embedded, "restore", other, "--replace");
    assert.doesNotMatch(unlike.stdout, /Erased/, "another chat's second person is somebody else");
    const db = new DatabaseSync(`${folder}/data/chat.db`, { readOnly: true });
    assert.equal(db.prepare("SELECT erased_at AS at FROM users WHERE id = 2").get()!.at, null);
    db.close();
  }));
