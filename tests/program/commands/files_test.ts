/** Files and the operator's commands: backed up with the chat, restored, checked, moved. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { buildProject } from "../../../build.ts";
import { newKey } from "../../../lib/files/blobs.ts";
import { DiskBlobs } from "../../../lib/files/disk.ts";
import { WatchedBlobs } from "../../../lib/files/kept_failing.ts";
import { BUCKET_KEYS, startBucketServer } from "../../support/bucket_server.ts";
import { changeFile, makeChat, runCommand, withFolder } from "../../support/operator.ts";
import { bytesOf } from "../../contract/blobs.ts";

await buildProject();

const [PICTURE, TEXT] = ["a1".repeat(16), "b2".repeat(16)];

const settings = (folder: string) => ({ CONFAB_DATA_DIR: `${folder}/data` });

function diskAt(folder: string): WatchedBlobs {
  const anyKey = () => newKey((length) => crypto.getRandomValues(new Uint8Array(length)));
  return new WatchedBlobs(new DiskBlobs({ folder, newKey: anyKey }), {
    error: () => {},
    info: () => {},
  });
}

const keysIn = async (folder: string) =>
  (await Array.fromAsync(diskAt(folder).list())).map(({ key }) => key).sort();

/** A chat with a picture, its thumbnail and a text, which two rows name. */
async function withFiles(test: (folder: string, chat: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const chat = `${folder}/data/chat.db`;
    await Deno.mkdir(`${folder}/data`);
    await makeChat(chat);
    changeFile(chat, "DELETE FROM files", "DELETE FROM file_totals");
    for (const [key, thumbnail, size] of [[PICTURE, 1, 100_000], [TEXT, 0, 7]]) {
      changeFile(
        chat,
        `INSERT INTO files (key, user_id, state, kind, name, type, size, thumbnail, alt, position,
           created_at, touched_at)
         SELECT '${key}', id, 'ready', 'file', 'x', '', ${size}, ${thumbnail}, '', 0, 1, 1
         FROM users LIMIT 1`,
      );
    }
    changeFile(
      chat,
      `INSERT INTO file_totals (user_id, bytes)
       SELECT user_id, sum(size) FROM files GROUP BY user_id UNION ALL SELECT 0, sum(size) FROM files`,
    );
    const blobs = diskAt(`${folder}/data/files`);
    await blobs.put(PICTURE!, bytesOf(100_000));
    await blobs.put(`${PICTURE}-t`, bytesOf(50));
    await blobs.put(TEXT!, bytesOf(7));
    await test(folder, chat);
  });
}

const ALL = [PICTURE, `${PICTURE}-t`, TEXT];

Deno.test("a backup has the chat's files beside it, and a restore brings both back", () =>
  withFiles(async (folder) => {
    const backup = await runCommand(settings(folder), "backup", `${folder}/b.db`);
    assert.equal(backup.code, 0, backup.stderr);
    assert.match(
      backup.stdout,
      /b\.db\.files: 2 files, 0\.1 MB; it belongs to \S+b\.db, keep both/,
    );
    assert.deepEqual(await keysIn(`${folder}/b.db.files`), ALL);
    const other = { CONFAB_DATA_DIR: `${folder}/other` };
    const restored = await runCommand(other, "restore", `${folder}/b.db`);
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, /Its files are in \S+other\/files: 2 files, 0\.1 MB\.\n/);
    assert.deepEqual(await keysIn(`${folder}/other/files`), ALL);
    const found = await diskAt(`${folder}/other/files`).read(PICTURE!);
    assert.deepEqual(
      new Uint8Array(await new Response(found!.stream).arrayBuffer()),
      bytesOf(100_000),
    );
    const check = await runCommand(other, "check");
    assert.equal(check.code, 0, check.stdout);
    assert.match(check.stdout, /, 2 files \(0\.1 MB\) in/);
    const ofBackup = await runCommand(
      settings(`${folder}/nowhere`),
      ...["check", "--database", `sqlite:${folder}/b.db`],
    );
    assert.equal(ofBackup.code, 0, ofBackup.stdout + ofBackup.stderr);
  }));

Deno.test("the next backup of the same name forgets what the chat no longer has", () =>
  withFiles(async (folder, chat) => {
    const again = () => runCommand(settings(folder), "backup", "--replace", `${folder}/b.db`);
    assert.equal((await again()).code, 0);
    changeFile(chat, `DELETE FROM files WHERE key = '${PICTURE}'`);
    assert.equal((await again()).code, 0);
    assert.deepEqual(await keysIn(`${folder}/b.db.files`), [TEXT]);
    changeFile(chat, "DELETE FROM files");
    assert.equal((await again()).code, 0);
    assert.deepEqual(await keysIn(`${folder}/b.db.files`), []);
  }));

Deno.test("a backup leaves files out on demand, and says what it did not find", () =>
  withFiles(async (folder) => {
    const without = ["backup", "--without-files", `${folder}/a.db`];
    assert.equal((await runCommand(settings(folder), ...without)).code, 0);
    await assert.rejects(Deno.stat(`${folder}/a.db.files`), Deno.errors.NotFound);
    await diskAt(`${folder}/data/files`).remove(TEXT!);
    const backup = await runCommand(settings(folder), "backup", `${folder}/b.db`);
    assert.match(backup.stdout, /\n1 file of these could not be found: deleted just now, or lost/);
    const restored = await runCommand(
      { CONFAB_DATA_DIR: `${folder}/other` },
      ...["restore", `${folder}/a.db`],
    );
    assert.match(restored.stdout, /3 files could not be found there or in \S+a\.db\.files/);
  }));

Deno.test("a file that is missing, cut short or nameless is told by check", () =>
  withFiles(async (folder) => {
    const check = () => runCommand(settings(folder), "check");
    assert.equal((await check()).code, 0);
    const blobs = diskAt(`${folder}/data/files`);
    await blobs.put(PICTURE!, bytesOf(5));
    await blobs.remove(`${PICTURE}-t`);
    const nameless = "c3".repeat(16);
    await blobs.put(nameless, bytesOf(5));
    const young = await check();
    assert.match(young.stdout, /^A file, a1\S+, has 5 bytes instead of 100000\.\n/);
    assert.match(young.stdout, /\nA file's small picture, a1\S+-t, is not there\.\n/);
    assert.match(young.stdout, /: 2 faults\.\n$/);
    const old = new Date(2020, 1);
    await Deno.utime(`${folder}/data/files/c3/c3/${nameless}`, old, old);
    assert.match((await check()).stdout, /\nNothing names 1 file that lie here for days, 0\.0 MB/);
  }));

Deno.test("files move from a folder into a bucket and back, and go on where they were", () =>
  withFiles(async (folder) => {
    await using server = await startBucketServer("confab");
    const env = {
      ...settings(folder),
      CONFAB_S3_ENDPOINT: server.endpoint,
      CONFAB_S3_ACCESS_KEY: BUCKET_KEYS.accessKey,
      CONFAB_S3_SECRET_KEY: BUCKET_KEYS.secretKey,
    };
    const [from, bucket] = [`files:${folder}/data/files`, "s3://confab/team"];
    const there = await runCommand(env, "migrate", from, bucket);
    assert.equal(there.code, 0, there.stderr);
    assert.match(
      there.stdout,
      /^s3:\/\/confab\/team\/ has all files of .*: 3 files copied, 0\.1 MB/,
    );
    const again = await runCommand(env, "migrate", from, bucket);
    assert.match(again.stdout, /0 files copied, 0\.0 MB, 3 there before/);
    const check = await runCommand({ ...env, CONFAB_FILES: bucket }, "check");
    assert.equal(check.code, 0, check.stdout + check.stderr);
    const back = await runCommand(env, "migrate", bucket, `files:${folder}/back`);
    assert.equal(back.code, 0, back.stderr);
    assert.deepEqual(await keysIn(`${folder}/back`), ALL);
    const mixed = await runCommand(env, "migrate", from, "sqlite:x.db");
    assert.match(mixed.stderr, /^FROM and TO must both be files/);
  }));

Deno.test("what was deleted a moment ago takes its files along: into no backup, and to no other database", () =>
  withFiles(async (folder, chat) => {
    changeFile(chat, "UPDATE messages SET deleted_at = 5, text = '' WHERE id = 1");
    changeFile(
      chat,
      `UPDATE files SET message_id = 1, place = 16,
         room_id = (SELECT room_id FROM messages WHERE id = 1) WHERE key = '${TEXT}'`,
    );
    changeFile(
      chat,
      `INSERT INTO deleted_messages (message_id, user_id, deleted_by, deleted_at, content)
       SELECT id, user_id, user_id, 5, '{}' FROM messages WHERE id = 1`,
    );
    const backup = await runCommand(settings(folder), "backup", `${folder}/b.db`);
    assert.equal(backup.code, 0, backup.stderr);
    assert.deepEqual(await keysIn(`${folder}/b.db.files`), ALL.filter((key) => key !== TEXT));
    const states = (file: string) => {
      const db = new DatabaseSync(file, { readOnly: true });
      try {
        return db.prepare("SELECT key, state, message_id FROM files ORDER BY key").all()
          .map((row) => Object.values(row).join(" "));
      } finally {
        db.close();
      }
    };
    assert.deepEqual(states(`${folder}/b.db`), [`${PICTURE} ready `, `${TEXT} gone `]);
    assert.deepEqual(
      states(chat),
      [`${PICTURE} ready `, `${TEXT} ready 1`],
      "it may come back here",
    );
    assert.equal((await Array.fromAsync(Deno.readDir(folder))).length, 3, "nothing lies beside it");
  }));

Deno.test("check says in a sentence that it cannot look at the files", () =>
  withFiles(async (folder) => {
    const env = {
      ...settings(folder),
      CONFAB_FILES: "s3://away",
      CONFAB_S3_ENDPOINT: "http://127.0.0.1:19",
      CONFAB_S3_ACCESS_KEY: "key",
      CONFAB_S3_SECRET_KEY: "secret",
    };
    const { code, stdout, stderr } = await runCommand(env, "check");
    assert.equal(code, 1);
    assert.match(stdout + stderr, /^Files cannot be kept or read: [^\n]+\.\n$/);
  }));
