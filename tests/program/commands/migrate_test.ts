/** "migrate": there and back the same chat; interrupted it goes on; what may not be is refused. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { buildProject } from "../../../build.ts";
import { openSqliteStore } from "../../../lib/store/sqlite/store.ts";
import { signUp } from "../../support/chat_client.ts";
import {
  changeFile,
  contentsOf,
  killNow,
  makeChat,
  metaOf,
  runCommand,
  startCommand,
  withFolder,
} from "../../support/operator.ts";
import { postgresTests } from "../../support/postgres.ts";
import { startProgram } from "../../support/program.ts";

await buildProject();

const test = postgresTests();

const SECRET = "a secret that moves along, 0123456789abcdef";

/** A SQLite chat with its secret. */
async function withChat(test: (chat: string, folder: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    await makeChat(`${folder}/data/chat.db`);
    await Deno.writeTextFile(`${folder}/data/secret`, `${SECRET}\n`);
    await test(`${folder}/data/chat.db`, folder);
  });
}

/** The chat's tables; not how often a file was written, nor what a backup adds. */
function chatOf(path: string): Record<string, unknown[]> {
  const contents = contentsOf(path);
  delete contents.events;
  delete contents.deleted_messages; // over by then: see NOT_COPIED
  contents.meta = contents.meta!.filter((row) => !/"(commits|probed_at|secret)"/.test(String(row)));
  return contents;
}

test("from SQLite to PostgreSQL and back it is the same chat, with the same names and secret", (postgres) =>
  withChat(async (chat, folder) => {
    changeFile(
      chat,
      "DELETE FROM sessions WHERE id = 3",
      "DELETE FROM ended_sessions WHERE id = 3",
    );
    const url = await postgres.createDatabase();
    const there = await runCommand({}, "migrate", `sqlite:${chat}`, url);
    assert.equal(there.code, 0, there.stderr);
    assert.match(there.stdout, /^messages +44 rows +SHA-256 [0-9a-f]{16}$/m);
    assert.match(there.stdout, /everybody stays signed in/);
    assert.match(
      there.stdout,
      /^The database "\S+" at \S+ now holds the chat of \S+chat\.db, which stays/m,
    );
    assert.doesNotMatch(there.stdout, new RegExp(SECRET));
    assert.equal((await runCommand({ DATABASE_URL: url }, "check")).code, 0);
    const session = "SELECT nextval('sessions_id_seq')";
    assert.equal(await postgres.query(session, url), "4", "an id that ended is not given again");

    const back = await runCommand({}, "migrate", url, `sqlite:${folder}/back/chat.db`);
    assert.equal(back.code, 0, back.stderr);
    assert.deepEqual(chatOf(`${folder}/back/chat.db`), chatOf(chat));
    assert.equal(metaOf(`${folder}/back/chat.db`).epoch, metaOf(chat).epoch);
    assert.equal((await Deno.readTextFile(`${folder}/back/secret`)).trim(), SECRET);
    assert.deepEqual(there.stdout.split("\n").slice(0, 13), back.stdout.split("\n").slice(0, 13));
    assert.equal((await runCommand({ CONFAB_DATA_DIR: `${folder}/back` }, "check")).code, 0);

    const other = await postgres.createDatabase();
    assert.equal((await runCommand({}, "migrate", url, other)).code, 0);
    assert.equal(
      await postgres.query("SELECT value FROM meta WHERE key = 'secret'", other),
      SECRET,
    );
    const file = await runCommand({}, "migrate", `sqlite:${chat}`, `sqlite:${folder}/file/x.db`);
    assert.equal(file.code, 0, file.stderr);
    assert.deepEqual(chatOf(`${folder}/file/x.db`), chatOf(chat));

    await using program = await startProgram({ dataDir: folder, env: { DATABASE_URL: url } });
    const dan = await signUp(program.url, "dan");
    assert.equal(dan.id, 4, "new rows go on after those that came");
    const next = await dan.api.request<{ id: number }>("POST", "/api/rooms/1/messages", {
      text: "x",
    });
    assert.equal(next.status, 201);
  }));

test("a chat that is served is not moved, nor into a place that is served or has one", (postgres) =>
  withChat(async (chat, folder) => {
    const url = await postgres.createDatabase();
    const refuse = async (from: string, to: string, sentence: RegExp) => {
      const { code, stderr, stdout } = await runCommand({}, "migrate", from, to);
      assert.match(stderr, sentence);
      assert.match(stderr, /^[^\n]+\n$/);
      assert.deepEqual([code, stdout], [1, ""]);
    };
    const program = await startProgram({ dataDir: `${folder}/data` });
    await refuse(`sqlite:${chat}`, url, /^A Confab is running already/);
    await program.kill("SIGTERM");
    assert.equal((await runCommand({}, "migrate", `sqlite:${chat}`, url)).code, 0);
    await refuse(
      `sqlite:${chat}`,
      url,
      /holds a chat of 3 users and 44 messages\. A chat moves to an/,
    );
    await makeChat(`${folder}/full.db`);
    await refuse(
      url,
      `sqlite:${folder}/full.db`,
      /holds a chat of 3 users .* to an empty place only/,
    );
    await Deno.writeTextFile(`${folder}/text`, "text ".repeat(2000));
    await refuse(url, `sqlite:${folder}/text`, /is not a SQLite database/);
    await refuse(`sqlite:${folder}/none.db`, url, /^There is no file /);
    const node = await startProgram({ dataDir: folder, env: { DATABASE_URL: url } });
    await refuse(url, `sqlite:${folder}/new.db`, /^Confab is running on /);
    await refuse(`sqlite:${chat}`, url, /^Confab is running on /);
    await node.kill("SIGTERM");
    assert.equal((await runCommand({}, "migrate", url, `sqlite:${folder}/new.db`)).code, 0);
  }));

test("wrong uses are told without the password", async () => {
  const cases: [args: string[], sentence: RegExp][] = [
    [[], /^"migrate" needs FROM: confab migrate FROM TO/],
    [["sqlite:a.db"], /^"migrate" needs TO: /],
    [["mysql://hidden@x", "sqlite:a.db"], /^FROM must be "sqlite:PATH" or "postgres:/],
    [["sqlite:a.db", "postgres://u:hidden@h/x?sslmode=maybe"], /^TO: Its sslmode must be one of/],
    [["sqlite:a.db", "sqlite:a.db"], /^FROM and TO are the same database\.$/],
    [["postgres://u:hidden@h/x", "postgres://v@h:5432/x"], /^FROM and TO are the same database\.$/],
  ];
  for (const [args, sentence] of cases) {
    const { code, stdout, stderr } = await runCommand({}, "migrate", ...args);
    assert.match(stderr.trimEnd(), sentence);
    assert.doesNotMatch(stderr, /hidden/);
    assert.deepEqual([code, stdout], [2, ""]);
  }
});

/** So many messages that a copy takes some seconds. */
async function fill(chat: string): Promise<void> {
  changeFile(
    chat,
    `WITH RECURSIVE n(i) AS (SELECT 41 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
     INSERT INTO messages (room_id, seq, rev, user_id, client_id, text, ts, reactions, mentions, files)
     SELECT 2, i, i, 1 + i % 2, 'client-' || i, 'message ' || i, i, '{}', '[]', '[]' FROM n`,
    "UPDATE rooms SET head = 60000 WHERE id = 2",
  );
  await (await openSqliteStore({
    path: chat,
    randomId: () => crypto.randomUUID(),
    onCommit: () => {},
    log: () => {},
  })).close();
}

for (const kind of ["PostgreSQL", "SQLite"] as const) {
  test(`killed in the middle, a copy to ${kind} cannot be served, and goes on where it stopped`, (postgres) =>
    withChat(async (chat, folder) => {
      await fill(chat);
      const to = kind === "SQLite"
        ? `sqlite:${folder}/to/chat.db`
        : await postgres.createDatabase();
      const half = async () =>
        kind === "SQLite" ? copiedInFile(`${folder}/to/chat.db.migrating`) : Number(
          await postgres.query("SELECT copied FROM copying", to).catch(() => "0"),
        );
      await killInTheMiddle(["migrate", `sqlite:${chat}`, to], half);
      const copied = await half();
      assert.ok(copied > 0 && copied < 60_000, `half: ${copied}`);
      const env: Record<string, string> = kind === "SQLite"
        ? { CONFAB_DATA_DIR: `${folder}/to` }
        : { DATABASE_URL: to };
      const check = await runCommand(env, "check");
      assert.equal(check.code, 1);
      assert.match(check.stderr, /There is no file|is being copied into/);
      if (kind === "PostgreSQL") {
        await assert.rejects(
          startProgram({ dataDir: folder, env }),
          /run the same "migrate" again/,
        );
      }
      const other = `${folder}/other.db`;
      await makeChat(other);
      changeFile(other, "UPDATE meta SET value = 'another' WHERE key = 'instance'");
      const refused = await runCommand({}, "migrate", `sqlite:${other}`, to);
      assert.match(refused.stderr, /holds half a copy of another chat: --restart/);
      const again = await runCommand({}, "migrate", `sqlite:${chat}`, to);
      assert.equal(again.code, 0, again.stderr);
      assert.match(again.stderr, /^Going on after [\d,]+ rows\.$/m);
      assert.equal((await runCommand(env, "check")).code, 0);
      if (kind === "SQLite") assert.deepEqual(chatOf(`${folder}/to/chat.db`), chatOf(chat));
    }));
}

/** Once it has copied some thousands of rows. */
async function killInTheMiddle(
  args: string[],
  copied: () => number | Promise<number>,
): Promise<void> {
  const child = startCommand({}, args);
  const output = child.output();
  let ended = false;
  void output.then(() => ended = true);
  while (!ended && (await copied()) < 4_000) await new Promise((resolve) => setTimeout(resolve, 5));
  killNow(child);
  const { signal, stderr } = await output;
  assert.equal(signal, "SIGKILL", new TextDecoder().decode(stderr));
}

function copiedInFile(path: string): number {
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return Number(db.prepare("SELECT copied FROM copying").get()?.copied ?? 0);
    } finally {
      db.close();
    }
  } catch {
    return 0; // not made yet
  }
}

test("a chat that was written to in between is found by its digests, and --restart begins anew", (postgres) =>
  withChat(async (chat) => {
    await fill(chat);
    const url = await postgres.createDatabase();
    await killInTheMiddle(
      ["migrate", `sqlite:${chat}`, url],
      async () => Number(await postgres.query("SELECT copied FROM copying", url).catch(() => "0")),
    );
    changeFile(chat, "UPDATE users SET display_name = 'Ben' WHERE id = 2");
    const different = await runCommand({}, "migrate", `sqlite:${chat}`, url);
    assert.deepEqual([different.code, different.stdout], [1, ""]);
    assert.match(
      different.stderr,
      /^The copy differs from \S+ in users \(3 rows, copied 3\), as when/m,
    );
    assert.equal((await runCommand({ DATABASE_URL: url }, "check")).code, 1);
    const anew = await runCommand({}, "migrate", `sqlite:${chat}`, url, "--restart");
    assert.equal(anew.code, 0, anew.stderr);
  }));

test("a row that the target refuses is told, with its table", (postgres) =>
  withChat(async (chat) => {
    changeFile(
      chat,
      "PRAGMA ignore_check_constraints = ON",
      "UPDATE members SET notify = 'loudly' WHERE user_id = 2",
    );
    const url = await postgres.createDatabase();
    const { code, stderr } = await runCommand({}, "migrate", `sqlite:${chat}`, url);
    assert.equal(code, 1);
    assert.match(stderr, /^the database \S+ at \S+ refuses a row of members: new row [^\n]+\.\n$/);
  }));
