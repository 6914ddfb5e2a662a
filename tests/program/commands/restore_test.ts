/** "restore": the backup or what was there, whole; never under a running server. */
import assert from "node:assert/strict";
import { buildProject } from "../../../build.ts";
import { MIGRATIONS } from "../../../lib/store/migrations/steps.ts";
import { startProgram } from "../../support/program.ts";
import {
  changeFile,
  contentsOf,
  killNow,
  makeChat,
  makeOldChat,
  metaOf,
  runCommand,
  startCommand,
  withFolder,
} from "../../support/operator.ts";

await buildProject();

/** A chat in data/, a backup of it beside. */
async function withBackup(
  test: (place: { env: Record<string, string>; chat: string; file: string }) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const env = { CONFAB_DATA_DIR: `${folder}/data` };
    const [chat, file] = [`${folder}/data/chat.db`, `${folder}/b.db`];
    await Deno.mkdir(env.CONFAB_DATA_DIR);
    await makeChat(chat);
    const { code, stderr } = await runCommand(env, "backup", file);
    assert.equal(code, 0, stderr);
    await test({ env, chat, file });
  });
}

Deno.test("a backup is restored into an empty place: the same chat with a new epoch", () =>
  withBackup(async ({ file }) => {
    await withFolder(async (folder) => {
      const env = { CONFAB_DATA_DIR: `${folder}/new` };
      const { code, stdout, stderr } = await runCommand(env, "restore", file);
      assert.equal(code, 0, stderr);
      assert.match(stdout, /chat\.db is now what \S+ holds: 3 users, 5 rooms, 44 messages\.\n/);
      const chat = `${folder}/new/chat.db`;
      const { commits: _, ...rest } = contentsOf(chat);
      assert.deepEqual(rest.messages, contentsOf(file).messages);
      assert.equal(metaOf(chat).instance, metaOf(file).instance);
      assert.notEqual(metaOf(chat).epoch, metaOf(file).epoch);
      assert.equal((await Deno.stat(chat)).mode! & 0o777, 0o600);
      const epoch = metaOf(chat).epoch;
      await using program = await startProgram({ dataDir: `${folder}/new` });
      assert.equal(program.stderr(), "", "the server finds it in order");
      await program.kill("SIGTERM");
      assert.equal(metaOf(chat).epoch, epoch, "and gives it no other epoch");
    });
  }));

Deno.test("a chat that is there is replaced on demand alone", () =>
  withBackup(async ({ env, chat, file }) => {
    changeFile(chat, "UPDATE users SET display_name = 'Later' WHERE id = 1");
    const refused = await runCommand(env, "restore", file);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /holds a chat of 3 users and 44 messages\. --replace [^\n]+\n$/);
    assert.match(contentsOf(chat).users!.join(), /Later/);
    const { code, stderr } = await runCommand(env, "restore", file, "--replace");
    assert.equal(code, 0, stderr);
    assert.deepEqual(contentsOf(chat).users, contentsOf(file).users);
    assert.deepEqual(contentsOf(chat).messages, contentsOf(file).messages);
  }));

Deno.test("the log of the chat that is replaced does not get into the new one", () =>
  withBackup(async ({ env, chat, file }) => {
    await using program = await startProgram({ dataDir: env.CONFAB_DATA_DIR! });
    await signUp(program.url);
    await program.kill("SIGKILL");
    assert.ok((await Deno.stat(`${chat}-wal`)).size > 0, "the server left a log");
    const { code, stderr } = await runCommand(env, "restore", file, "--replace");
    assert.equal(code, 0, stderr);
    await assert.rejects(Deno.stat(`${chat}-wal`), Deno.errors.NotFound);
    assert.deepEqual(contentsOf(chat).messages, contentsOf(file).messages);
  }));

async function signUp(url: string): Promise<void> {
  const body = JSON.stringify({ username: "dan", password: "a long walk to the sea" });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/signup`, { method: "POST", headers, body });
  await response.body?.cancel();
  assert.ok(response.ok, `signed up: ${response.status}`);
}

Deno.test("while a server runs nothing is restored, and after its end it is", () =>
  withBackup(async ({ env, file }) => {
    const program = await startProgram({ dataDir: env.CONFAB_DATA_DIR! });
    const { code, stderr } = await runCommand(env, "restore", file, "--replace");
    assert.equal(code, 1);
    assert.match(stderr, /^A Confab is running already \(the process \d+\)[^\n]+\n$/);
    await program.kill("SIGTERM");
    assert.equal((await runCommand(env, "restore", file, "--replace")).code, 0);
  }));

Deno.test("what is no backup, damaged, or of a newer Confab is refused in a sentence and changes nothing", () =>
  withBackup(async ({ env, chat, file }) => {
    const before = contentsOf(chat);
    const bad = `${file}.bad`;
    const refuse = async (sentence: RegExp) => {
      const { code, stdout, stderr } = await runCommand(env, "restore", bad, "--replace");
      assert.match(stderr, sentence);
      assert.match(stderr, /^[^\n]+\n$/);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.deepEqual(contentsOf(chat), before);
    };
    await refuse(/^There is no file \S+\.bad\.$/m);
    await Deno.writeTextFile(bad, "");
    await refuse(/holds no Confab chat/);
    await Deno.writeTextFile(bad, "text ".repeat(5000));
    await refuse(/is not a SQLite database/);
    await Deno.copyFile(file, bad);
    await Deno.truncate(bad, 40_000);
    await refuse(/damaged/);
    await Deno.copyFile(file, bad);
    changeFile(bad, "UPDATE schema_version SET version = 77");
    await refuse(/^A newer Confab wrote \S+: its schema is version 77/);
    await Deno.remove(bad);
    changeFile(bad, "CREATE TABLE other (id INTEGER)");
    await refuse(/holds no Confab chat/);
    const itself = await runCommand(env, "restore", chat, "--replace");
    assert.match(itself.stderr, /^\S+ is the database itself\.\n$/);
  }));

Deno.test("a backup of an older Confab is brought up to date, and stays as it is itself", () =>
  withFolder(async (folder) => {
    const file = `${folder}/old.db`;
    await makeOldChat(file);
    const env = { CONFAB_DATA_DIR: `${folder}/data` };
    const { code, stderr } = await runCommand(env, "restore", file);
    assert.equal(code, 0, stderr);
    assert.deepEqual(Array.from(Deno.readDirSync(`${folder}/data`), ({ name }) => name).sort(), [
      "chat.db",
      "chat.db.lock",
      "chat.db.mark",
      "confab.lock",
    ]);
    const version = (path: string) => contentsOf(path).schema_version![0];
    assert.equal(version(file), '{"version":5}');
    assert.equal(version(`${folder}/data/chat.db`), `{"version":${MIGRATIONS.length}}`);
  }));

Deno.test("killed at any moment it leaves the chat of before or the backup's, whole", () =>
  withBackup(async ({ env, chat, file }) => {
    changeFile(
      file,
      "CREATE TABLE ballast (data BLOB)",
      `INSERT INTO ballast SELECT randomblob(1000) FROM
         (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n)`,
    );
    const before = contentsOf(chat).messages!.length;
    changeFile(file, "DELETE FROM mentions");
    let replaced = 0;
    // How long it takes, only the machine knows: each time it is left alone for a little longer.
    for (let wait = 40; wait < 20_000 && replaced < 2; wait *= 1.25) {
      const child = startCommand(env, ["restore", file, "--replace"]);
      const timer = setTimeout(() => killNow(child), wait);
      const { success } = await child.output();
      clearTimeout(timer);
      changeFile(chat, "SELECT 1 FROM sqlite_master"); // what was interrupted is undone, as by a server
      const now = contentsOf(chat, ["messages", "mentions", "sqlite_master"]);
      assert.equal(now.messages!.length, before);
      const isNew = now.sqlite_master!.join().includes("ballast");
      assert.equal(now.mentions!.length === 0, isNew, "of one or the other");
      if (isNew) replaced += 1;
      assert.ok(isNew || !success);
    }
    assert.ok(replaced > 0, "left alone for long enough, it is done");
    assert.equal((await runCommand(env, "restore", file, "--replace")).code, 0);
    await assert.rejects(Deno.stat(`${chat}.restoring`), Deno.errors.NotFound);
  }));

Deno.test("called by root it leaves the database to the user who serves it", () =>
  withBackup(async ({ env, chat, file }) => {
    if (Deno.uid() !== 0) return; // nobody else may give a file away
    await Deno.chown(chat, 65534, 65534);
    assert.equal((await runCommand(env, "restore", file, "--replace")).code, 0);
    const { uid, gid } = await Deno.stat(chat);
    assert.deepEqual([uid, gid], [65534, 65534]);
  }));
