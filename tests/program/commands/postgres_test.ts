/** The operator's commands on PostgreSQL, on the real program. */
import assert from "node:assert/strict";
import { buildProject } from "../../../build.ts";
import { readAddress } from "../../../lib/postgres/address.ts";
import { Connection } from "../../../lib/postgres/connection.ts";
import { openPostgresStore } from "../../../lib/store/postgres/store.ts";
import { ChatSocket, signUp } from "../../support/chat_client.ts";
import {
  contentsOf,
  fillChat,
  makeOldChat,
  metaOf,
  runCommand,
  startCommand,
  withFolder,
} from "../../support/operator.ts";
import { type Postgres, postgresTests } from "../../support/postgres.ts";
import { startProgram } from "../../support/program.ts";

await buildProject();

const test = postgresTests();

/** A database with a chat in it, and a folder. */
async function withChat(
  postgres: Postgres,
  run: (place: { url: string; env: Record<string, string>; folder: string }) => Promise<void>,
): Promise<void> {
  const url = await postgres.createDatabase();
  await makeChat(url);
  await withFolder((folder) => run({ url, folder, env: { DATABASE_URL: url } }));
}

async function makeChat(url: string): Promise<void> {
  const { store } = await openPostgresStore({
    address: readAddress(url, {}),
    randomId: () => crypto.randomUUID(),
    secret: null,
    randomSecret: () => SECRET,
    onCommit: () => {},
    log: () => {},
  });
  await fillChat(store);
  await store.close();
}

const SECRET = "a secret that the database keeps, 0123456789";

test("a chat in PostgreSQL is in order, and what breaks it is named", (postgres) =>
  withChat(postgres, async ({ url, env }) => {
    const good = await runCommand(env, "check");
    assert.equal(
      good.stdout.replace(/in \S+ s/, ""),
      "Checked 3 users, 5 rooms, 44 messages : no fault.\n",
    );
    assert.equal(good.code, 0);
    await postgres.query(
      `UPDATE rooms SET member_count = 8 WHERE id = 1;
       DELETE FROM messages WHERE room_id = 2 AND seq = 7;
       UPDATE messages SET reply_to = 99 WHERE id = 2;
       DELETE FROM user_words WHERE word = 'garcia';
       DELETE FROM mentions WHERE user_id = 2;
       SELECT setval('messages_id_seq', 3);
       ALTER TABLE saved ADD CONSTRAINT later CHECK (id > 0) NOT VALID;`,
      url,
    );
    const bad = await runCommand(env, "check");
    assert.equal(bad.code, 1);
    assert.deepEqual(bad.stdout.trimEnd().split("\n").slice(0, -1), [
      "PostgreSQL has not validated the constraint later.",
      "The next row of messages would get the id 4, but ids up to 44 are taken.",
      "Room 1 counts 8 members, and has 3.",
      "In room 2 the number 7 is missing: a message is lost.",
      "Message 2: what it answers, message 99 does not exist.",
      "User 2 is found by other words than those of their names.",
      "Message 1 mentions user 2, for whom it is not counted.",
    ]);
  }));

test("its backup is a SQLite file, with the secret, which is said; restored it is the same chat", (postgres) =>
  withChat(postgres, async ({ url, env, folder }) => {
    const file = `${folder}/b.db`;
    const made = await runCommand(env, "backup", file);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /3 users, 5 rooms, 44 messages/);
    assert.match(made.stdout, /also holds the secret that signs sessions/);
    assert.doesNotMatch(made.stdout, /0123456789/);
    assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
    assert.equal(metaOf(file).secret, SECRET);

    const data = { CONFAB_DATA_DIR: `${folder}/data` };
    const embedded = await runCommand(data, "restore", file);
    assert.equal(embedded.code, 0, embedded.stderr);
    assert.match(
      embedded.stdout,
      /The secret that signs sessions came along, into \S+\/data\/secret/,
    );
    assert.equal((await Deno.readTextFile(`${folder}/data/secret`)).trim(), SECRET);
    assert.equal(metaOf(`${folder}/data/chat.db`).secret, undefined);
    assert.equal((await runCommand(data, "check")).code, 0);

    const refused = await runCommand(env, "restore", file);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /holds a chat of 3 users and 44 messages\. --replace [^\n]+\n$/);
    await postgres.query("UPDATE users SET display_name = 'Later'; DELETE FROM saved", url);
    const replaced = await runCommand(env, "restore", file, "--replace");
    assert.equal(replaced.code, 0, replaced.stderr);
    const other = { DATABASE_URL: await postgres.createDatabase() };
    assert.equal((await runCommand(other, "restore", file)).code, 0);
    for (const each of [env, other]) {
      const again = `${folder}/again.db`;
      assert.equal((await runCommand(each, "backup", again, "--replace")).code, 0);
      assert.deepEqual(contentsOf(again), contentsOf(file));
      assert.notEqual(metaOf(again).epoch, metaOf(file).epoch);
      assert.equal((await runCommand(each, "check")).stdout.includes("no fault"), true);
    }
    await makeMore(url);
    assert.equal((await runCommand(env, "check")).code, 0, "new rows get ids of their own");
  }));

/** As a server would. */
async function makeMore(url: string): Promise<void> {
  const { store } = await openPostgresStore({
    address: readAddress(url, {}),
    randomId: () => crypto.randomUUID(),
    secret: null,
    randomSecret: () => "another secret that must not be taken, 01234",
    onCommit: () => {},
    log: () => {},
  });
  const now = Date.now();
  const clientId = crypto.randomUUID();
  await store.sendMessage({ room: 1, userId: 1, text: "@ben", replyTo: null, clientId, now });
  await store.createRoom({ userId: 2, name: "More", kind: "public", topic: "", now });
  await store.close();
}

test("while nodes have the database nothing is restored into it, and a backup is of one moment", (postgres) =>
  withChat(postgres, async ({ env, folder }) => {
    const file = `${folder}/b.db`;
    assert.equal((await runCommand(env, "backup", file)).code, 0);
    const program = await startProgram({ env, dataDir: folder });
    const person = await signUp(program.url, "dan");
    let stopped = false;
    const writing = (async () => {
      while (!stopped) {
        await person.api.request("POST", "/api/rooms/1/messages", { text: "x @ann" });
      }
    })();
    for (let round = 0; round < 2; round++) {
      const beside = await runCommand(env, "backup", file, "--replace");
      assert.equal(beside.code, 0, beside.stderr);
      const checked = await runCommand({ DATABASE_URL: `sqlite:${file}` }, "check");
      assert.equal(checked.code, 0, checked.stdout);
      assert.equal((await runCommand(env, "check")).code, 0);
    }
    stopped = true;
    await writing;
    const { code, stderr } = await runCommand(env, "restore", file, "--replace");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^Confab is running on the database "\S+" at \S+ \(1 node, from 127\.0\.0\.1\): stop it first\.\n$/,
    );
    await program.kill("SIGTERM");
    assert.equal((await runCommand(env, "restore", file, "--replace")).code, 0);
  }));

test("a backup of an older Confab is brought up to date on its way, and stays as it is", (postgres) =>
  withFolder(async (folder) => {
    const env = { DATABASE_URL: await postgres.createDatabase() };
    await makeOldChat(`${folder}/old.db`);
    const before = contentsOf(`${folder}/old.db`);
    const { code, stdout, stderr } = await runCommand(env, "restore", `${folder}/old.db`);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /1 user, 1 room, 1 message\./);
    assert.equal((await runCommand(env, "check")).code, 0);
    assert.deepEqual(contentsOf(`${folder}/old.db`), before);
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["old.db"]);
  }));

test("a restore that was killed leaves the chat of before", (postgres) =>
  withChat(postgres, async ({ url, env, folder }) => {
    const file = `${folder}/b.db`;
    assert.equal((await runCommand(env, "backup", file)).code, 0);
    await postgres.query("UPDATE users SET display_name = 'Later'", url);
    // Holds the restore in the middle: it has emptied the tables before it and waits for this one.
    const blocker = await Connection.open(readAddress(url, {}), { patient: true });
    await blocker.query({ text: "BEGIN" });
    await blocker.query({ text: "INSERT INTO saved (user_id, message_id) VALUES (1, 1)" });
    const child = startCommand(env, ["restore", file, "--replace"]);
    await until(async () =>
      await postgres.query(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'TRUNCATE%' AND wait_event_type = 'Lock'",
      ) === "1"
    );
    child.kill("SIGKILL");
    await child.output();
    await blocker.close();
    // The server still waits for a lock on behalf of a client that is gone.
    await until(async () =>
      await postgres.query(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'TRUNCATE%' AND state <> 'idle'",
      ) === "0"
    );
    assert.equal(
      await postgres.query("SELECT count(*) FROM users WHERE display_name = 'Later'", url),
      "3",
    );
    assert.equal((await runCommand(env, "restore", file, "--replace")).code, 0);
    assert.equal(
      await postgres.query("SELECT count(*) FROM users WHERE display_name = 'Later'", url),
      "0",
    );
  }));

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, "it did not come");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("accounts change beside nodes, which learn of it", (postgres) =>
  withChat(postgres, async ({ env, folder }) => {
    await using program = await startProgram({ env, dataDir: folder });
    const dan = await ChatSocket.connect(await signUp(program.url, "dan"));
    assert.match((await runCommand(env, "users", "list")).stdout, /^4 +dan +member /m);
    assert.equal((await runCommand(env, "users", "disable", "dan")).code, 0);
    assert.deepEqual(await dan.closed, { code: 4403, reason: "disabled" });
    const last = await runCommand(env, "users", "disable", "ann");
    assert.match(last.stderr, /^ann is the only owner who can sign in/);
    const reset = await runCommand(env, "users", "reset-password", "ann");
    assert.match(reset.stdout, /^([a-z2-9]{5}-){3}[a-z2-9]{5}\n$/);
  }));

test("what is wrong with an address is one sentence without a password", (postgres) =>
  withFolder(async (folder) => {
    const url = postgres.url.replace("confab@", "confab:hidden@");
    const cases: [url: string, sentence: RegExp][] = [
      [url.replace(/\/postgres$/, "/none"), /there is no such database/],
      [url.replace(`:${postgres.port}`, ":1"), /nothing listens there/],
      [url, /holds no Confab chat\.$/],
    ];
    for (const [wrong, sentence] of cases) {
      for (const args of [["check"], ["backup", `${folder}/none.db`], ["users", "list"]]) {
        const { code, stdout, stderr } = await runCommand({ DATABASE_URL: wrong }, ...args);
        assert.match(stderr.trimEnd(), sentence);
        assert.match(stderr, /^[^\n]+\n$/);
        assert.doesNotMatch(stderr, /hidden/);
        assert.deepEqual([code, stdout], [1, ""]);
      }
    }
  }));

test("a link to a new password is made in PostgreSQL too, and works once on a running server", (postgres) =>
  withFolder(async (dataDir) => {
    const url = await postgres.createDatabase();
    await using program = await startProgram({ dataDir, env: { DATABASE_URL: url } });
    await signUp(program.url, "ann");
    const env = { DATABASE_URL: url, CONFAB_ORIGIN: program.url };
    const { stdout, stderr } = await runCommand(env, "users", "reset-link", "ann");
    assert.match(stdout, /^http:\S+\/reset\/[\w-]{43}\n$/, stderr);
    const body = () => new URLSearchParams({ password: "the sea walks back at night" });
    for (const status of [303, 404]) {
      const form = { method: "POST", body: body(), redirect: "manual" } as const;
      const answer = await fetch(stdout.trim(), form);
      await answer.body?.cancel();
      assert.equal(answer.status, status);
    }
  }));
