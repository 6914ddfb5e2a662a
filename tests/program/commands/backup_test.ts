/** "backup": one file, of one moment, whole or not there, and nobody else's to read. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { buildProject } from "../../../build.ts";
import { mountSmallDisk } from "../../support/small_disk.ts";
import { startProgram } from "../../support/program.ts";
import {
  changeFile,
  contentsOf,
  killNow,
  makeChat,
  runCommand,
  startCommand,
  withFolder,
} from "../../support/operator.ts";
import { SECRET, seedPeople } from "../../support/seeded_people.ts";

await buildProject();

const settings = (folder: string) => ({ CONFAB_DATA_DIR: `${folder}/data` });

async function withChat(test: (folder: string, chat: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    await makeChat(`${folder}/data/chat.db`);
    await test(folder, `${folder}/data/chat.db`);
  });
}

/** All but what was deleted a moment ago. */
const toBeKept = (chat: string) => ({ ...contentsOf(chat), deleted_messages: [] });

Deno.test("a backup holds everything, is its owner's alone, and says what it holds", () =>
  withChat(async (folder, chat) => {
    const file = `${folder}/b.db`;
    const { code, stdout, stderr } = await runCommand(settings(folder), "backup", file);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /b\.db: 3 users, 5 rooms, 44 messages of \d{4}-\S+Z; \d+\.\d MB, examined/,
    );
    assert.match(stdout, /does not hold the secret that signs sessions\. Keep \S+\/secret too/);
    assert.deepEqual(contentsOf(file), toBeKept(chat));
    assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(), [
      "b.db",
      "data",
    ]);
  }));

Deno.test("what was deleted a moment ago, and could come back, is not in a backup", () =>
  withChat(async (folder, chat) => {
    const text = "nobody-shall-read-this";
    changeFile(
      chat,
      `INSERT INTO deleted_messages (message_id, user_id, deleted_by, deleted_at, content)
       SELECT id, user_id, user_id, 1, '{"text":"${text}"}' FROM messages LIMIT 1`,
    );
    const file = `${folder}/b.db`;
    assert.equal((await runCommand(settings(folder), "backup", file)).code, 0);
    assert.deepEqual(contentsOf(file, ["deleted_messages"]), { deleted_messages: [] });
    assert.ok(!(await Deno.readTextFile(file)).includes(text), "nor in its free pages");
  }));

Deno.test("a file that exists is kept unless it is to be replaced, and the database itself always is", () =>
  withChat(async (folder, chat) => {
    const file = `${folder}/b.db`;
    await Deno.writeTextFile(file, "precious");
    const refused = await runCommand(settings(folder), "backup", file);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /^\S+b\.db exists already; --replace writes over it\.\n$/);
    assert.equal(await Deno.readTextFile(file), "precious");
    assert.equal((await runCommand(settings(folder), "backup", "--replace", file)).code, 0);
    assert.deepEqual(contentsOf(file), toBeKept(chat));
    await Deno.symlink(chat, `${folder}/data/link.db`);
    for (const itself of [chat, `${folder}/data/link.db`]) {
      const { code, stderr } = await runCommand(settings(folder), "backup", itself, "--replace");
      assert.equal(code, 1);
      assert.match(stderr, /is the database itself; name another file/);
    }
  }));

Deno.test("where no backup can be made, one sentence says why, and no file is left", () =>
  withChat(async (folder, chat) => {
    const env = settings(folder);
    const cases: [args: string[], code: number, sentence: RegExp, env?: typeof env][] = [
      [
        ["backup"],
        2,
        /^"backup" needs FILE: confab backup FILE \[--replace\] \[--without-files\]\. /,
      ],
      [["backup", "a", "b"], 2, /^Unknown argument "b"; /],
      [["backup", "--quick", "a"], 2, /^Unknown argument "--quick"; /],
      [["backup", `${folder}/none/b.db`], 1, /^There is no folder \S+\/none\.\n$/],
      [["backup", folder], 1, /^\S+ is not a file\.\n$/],
      [["backup", `${folder}/b.db`], 1, /^There is no file \S+empty\/chat\.db\.\n$/, {
        CONFAB_DATA_DIR: `${folder}/empty`,
      }],
    ];
    for (const [args, code, sentence, other = env] of cases) {
      const result = await runCommand(other, ...args);
      assert.match(result.stderr, sentence);
      assert.deepEqual([result.code, result.stdout], [code, ""]);
    }
    changeFile(chat, "UPDATE schema_version SET version = 99");
    const newer = await runCommand(env, "backup", `${folder}/b.db`);
    assert.match(
      newer.stderr,
      /^A newer Confab wrote \S+: its schema is version 99, and [^\n]+\n$/,
    );
    await Deno.writeTextFile(chat, "no database ".repeat(1000));
    const other = await runCommand(env, "backup", `${folder}/b.db`);
    assert.match(other.stderr, /^\S+chat\.db is not a SQLite database\.\n$/);
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["data"]);
  }));

Deno.test("a database that is damaged is told, and its copy is not kept as a backup", () =>
  withChat(async (folder, chat) => {
    const file = await Deno.open(chat, { write: true });
    await file.seek(4096 * 8, Deno.SeekMode.Start);
    await file.write(new Uint8Array(4096 * 4).fill(0xa5));
    file.close();
    const { code, stderr } = await runCommand(settings(folder), "backup", `${folder}/b.db`);
    assert.equal(code, 1);
    assert.match(stderr, /damaged|SQLite says/);
    assert.doesNotMatch(stderr, /fault of its own/);
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["data"]);
  }));

Deno.test("beside a server under load the backup ends, and is the chat of one moment", () =>
  withFolder(async (dataDir) => {
    const join = await seedPeople(dataDir, 4);
    await using program = await startProgram({
      dataDir,
      env: { CONFAB_SECRET: SECRET, CONFAB_SEND_RATE: "0" },
    });
    const people = join(program.url);
    let stopped = false;
    let sent = 0;
    const writers = people.map(async ({ api }) => {
      while (!stopped) {
        const { status } = await api.request("POST", "/api/rooms/1/messages", {
          text: "x @person-0002",
        });
        assert.equal(status, 201);
        sent += 1;
      }
    });
    const env = { CONFAB_DATA_DIR: dataDir };
    for (let round = 0; round < 3; round++) {
      const before = sent;
      const file = `${dataDir}/b${round}.db`;
      const { code, stderr } = await runCommand(env, "backup", file);
      assert.equal(code, 0, stderr);
      const { messages, rooms } = contentsOf(file) as Record<string, string[]>;
      assert.ok(messages!.length >= before, "what was acknowledged before it began is in it");
      assert.ok(rooms![0]!.includes(`"head":${messages!.length},`), "heads and messages agree");
    }
    stopped = true;
    await Promise.all(writers);
    assert.ok(sent > 0);
  }));

Deno.test("a backup that was killed leaves no file with its name, and the next one goes on over it", () =>
  withChat(async (folder, chat) => {
    changeFile(
      chat,
      "CREATE TABLE ballast (data BLOB)",
      `INSERT INTO ballast SELECT randomblob(1000) FROM
         (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT i FROM n)`,
    );
    const file = `${folder}/b.db`;
    const child = startCommand(settings(folder), ["backup", file]);
    let ended = false;
    const output = child.output().finally(() => ended = true);
    const begun = () => Deno.stat(`${file}.unfinished`).then(({ size }) => size > 0, () => false);
    while (!ended && !(await begun())) await new Promise((resolve) => setTimeout(resolve, 1));
    killNow(child);
    if ((await output).signal === "SIGKILL") {
      await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
    } else await Deno.remove(file); // it was faster than the signal
    const { code, stderr } = await runCommand(settings(folder), "backup", file);
    assert.equal(code, 0, stderr);
    const messages = (path: string) => contentsOf(path, ["messages"]);
    assert.deepEqual(messages(file), messages(chat));
    await assert.rejects(Deno.stat(`${file}.unfinished`), Deno.errors.NotFound);
  }));

Deno.test("on a disk that is too small one sentence says so, and nothing is left there", () =>
  withChat(async (folder, chat) => {
    await using disk = await mountSmallDisk(100_000);
    // deno-lint-ignore no-console -- says why it proves nothing here
    if (disk === null) return console.log("left out: this machine lets nobody mount a disk");
    assert.ok((await Deno.stat(chat)).size > 100_000, "it does not fit");
    const { code, stdout, stderr } = await runCommand(
      settings(folder),
      "backup",
      `${disk.path}/b.db`,
    );
    assert.match(stderr, /^The disk is full: there is no room for \S+\.\n$/);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.deepEqual([...Deno.readDirSync(disk.path)], []);
  }));

Deno.test("a database that another program holds locked is told", () =>
  withChat(async (folder, chat) => {
    const other = new DatabaseSync(chat);
    other.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    const { code, stderr } = await runCommand(settings(folder), "backup", `${folder}/b.db`);
    other.close();
    assert.equal(code, 1);
    assert.match(stderr, /^Another program holds \S+chat\.db locked; try again [^\n]+\n$/);
  }));

Deno.test("by deno task start a backup goes where nothing else may be written", () =>
  withChat(async (folder) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", "start", "backup", `${folder}/my b.db`, "--data-dir", `${folder}/data`],
      cwd: new URL("../../../", import.meta.url),
    }).output();
    const [out, words] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert.equal(code, 0, words);
    assert.match(out!, /\/my b\.db: 3 users, 5 rooms/);
    assert.ok((await Deno.stat(`${folder}/my b.db`)).isFile);
  }));
