/** "check" on the real program: its exit code, its words, JSON, and a server beside it. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { buildProject } from "../../../build.ts";
import { startProgram } from "../../support/program.ts";
import {
  changeFile,
  contentsOf,
  makeChat,
  runCommand,
  withFolder,
} from "../../support/operator.ts";
import { SECRET, seedPeople } from "../../support/seeded_people.ts";

await buildProject();

Deno.test("in order: exit code 0; with faults: each in a line, and exit code 1", () =>
  withFolder(async (folder) => {
    const env = { CONFAB_DATA_DIR: folder };
    await makeChat(`${folder}/chat.db`);
    const good = await runCommand(env, "check");
    assert.equal(good.code, 0, good.stderr);
    assert.match(good.stdout, /^Checked 3 users, 5 rooms, 44 messages in \d+\.\d s: no fault\.\n$/);
    changeFile(`${folder}/chat.db`, "UPDATE rooms SET member_count = 9 WHERE id < 3");
    const bad = await runCommand(env, "check");
    assert.equal(bad.code, 1);
    assert.match(
      bad.stdout,
      /^Room 1 counts 9 members, and has 3\.\nRoom 2 counts 9 [^\n]+\nChecked [^\n]+: 2 faults\.\n$/,
    );
    const json = await runCommand(env, "check", "--json");
    assert.equal(json.code, 1);
    assert.deepEqual(JSON.parse(json.stdout).findings[0], {
      check: "member_count",
      sentence: "Room 1 counts 9 members, and has 3.",
    });
  }));

Deno.test("where there is no chat, or an older one, one sentence says so", () =>
  withFolder(async (folder) => {
    const none = await runCommand({ CONFAB_DATA_DIR: folder }, "check");
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(none.stderr, /^There is no file \S+\/chat\.db\.\n$/);
    await makeChat(`${folder}/chat.db`);
    changeFile(`${folder}/chat.db`, "UPDATE schema_version SET version = 3");
    const old = await runCommand({ CONFAB_DATA_DIR: folder }, "check");
    assert.equal(old.code, 1);
    assert.match(old.stderr, /^An older Confab wrote \S+: start this one on it once, [^\n]+\n$/);
    assert.equal((await runCommand({}, "check", "now")).code, 2);
  }));

Deno.test("beside a server under load it sees one moment, and finds no fault", () =>
  withFolder(async (dataDir) => {
    const join = await seedPeople(dataDir, 3);
    await using program = await startProgram({
      dataDir,
      env: { CONFAB_SECRET: SECRET, CONFAB_SEND_RATE: "0" },
    });
    let stopped = false;
    const writers = join(program.url).map(async ({ api }) => {
      while (!stopped) {
        await api.request("POST", "/api/rooms/1/messages", { text: "hi @person-0001" });
      }
    });
    for (let round = 0; round < 3; round++) {
      const { code, stdout, stderr } = await runCommand({ CONFAB_DATA_DIR: dataDir }, "check");
      assert.equal(code, 0, stdout + stderr);
    }
    stopped = true;
    await Promise.all(writers);
  }));

Deno.test("a chat whose writer was killed in the middle is looked at, backed up and listed as it was before", () =>
  withFolder(async (folder) => {
    const [env, chat] = [{ CONFAB_DATA_DIR: folder }, `${folder}/chat.db`];
    await makeChat(chat);
    const before = contentsOf(chat);
    leaveHalfWritten(chat);
    assert.match((await runCommand(env, "check")).stdout, /: no fault\.\n$/);
    for (const args of [["users", "list"], ["backup", `${chat}.copy`]]) {
      leaveHalfWritten(chat);
      const { code, stderr } = await runCommand(env, ...args);
      assert.deepEqual([code, stderr.includes("cannot be")], [0, false], args.join(" "));
    }
    assert.deepEqual(contentsOf(chat), before);
  }));

/** As a kill during a transaction leaves it: half of it in the file, and a journal to undo that. */
function leaveHalfWritten(path: string): void {
  const db = new DatabaseSync(path);
  db.exec(
    "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN IMMEDIATE; " +
      "UPDATE users SET display_name = display_name || '!'; CREATE TABLE ballast (data BLOB); " +
      "INSERT INTO ballast SELECT randomblob(5000) FROM messages",
  );
  for (const end of ["", "-journal"]) Deno.copyFileSync(path + end, `${path}.half${end}`);
  db.close();
  for (const end of ["", "-journal"]) Deno.renameSync(`${path}.half${end}`, path + end);
}
