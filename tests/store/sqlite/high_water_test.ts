/** The mark beside the database: which database is the one that this server wrote last. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { accountInput, messageInput, openIn, tested, withFolder } from "./support.ts";
import { historyOf } from "../../support/store_reads.ts";

/** Opens the database of a folder, writes, and gives the epoch it had; `next` names a new one. */
async function visit(folder: string, next: string, messages = 0): Promise<string> {
  const { store } = await openIn(folder, { randomId: () => next });
  try {
    if (messages > 0 && !await store.hasAccounts()) {
      await store.createAccount(accountInput("ann"));
    }
    for (let n = 0; n < messages; n++) await store.sendMessage(messageInput(1, `${next}-${n}`));
    return await store.epoch();
  } finally {
    await store.close();
  }
}

const database = (folder: string) => `${folder}/confab.db`;
const markOf = (folder: string) => `${folder}/confab.db.mark`;

/** As an operator's backup: consistent, one file. */
function backUp(folder: string, to: string): void {
  const db = new DatabaseSync(database(folder));
  db.exec(`VACUUM INTO '${to}'`);
  db.close();
}

tested(
  "the epoch stays while the database is the one that was written here",
  () =>
    withFolder(async (folder) => {
      assert.equal(await visit(folder, "first", 3), "first");
      assert.equal(await visit(folder, "second"), "first");
      assert.equal(await visit(folder, "third", 2), "first");
    }),
);

tested(
  "an older copy that was put back gets a new epoch, once",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 3);
      backUp(folder, `${folder}/backup.db`);
      await visit(folder, "unused", 5);
      await Deno.copyFile(`${folder}/backup.db`, database(folder));
      assert.equal(await visit(folder, "restored", 2), "restored");
      assert.equal(await visit(folder, "unused", 8), "restored");
    }),
);

tested(
  "a copy in which only an account is missing is older, too",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 1);
      backUp(folder, `${folder}/backup.db`);
      const { store } = await openIn(folder);
      await store.createAccount(accountInput("ben"));
      await store.close();
      await Deno.copyFile(`${folder}/backup.db`, database(folder));
      assert.equal(await visit(folder, "restored"), "restored");
    }),
);

tested(
  "a copy of the last state is no older, and keeps its epoch",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 3);
      backUp(folder, `${folder}/backup.db`);
      await Deno.copyFile(`${folder}/backup.db`, database(folder));
      assert.equal(await visit(folder, "unused"), "first");
    }),
);

tested(
  "a database that is new to its folder gets a new epoch, and so it does where it came from",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 3);
      await Deno.mkdir(`${folder}/other`);
      await Deno.copyFile(database(folder), database(`${folder}/other`));
      assert.equal(await visit(`${folder}/other`, "moved", 4), "moved");
      await Deno.copyFile(database(`${folder}/other`), database(folder));
      assert.equal(await visit(folder, "back"), "back");
    }),
);

tested(
  "a mark that was copied together with its database is known by its file's time",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 3);
      // A copy is made later than what it holds was written: here the writing is put back in time,
      // by as little as a script takes that stops the server, restores and starts it again.
      for (const [by, name] of [[5_000, "restored"], [200, "at once"]] as const) {
        const mark = JSON.parse(await Deno.readTextFile(markOf(folder)));
        await Deno.writeTextFile(markOf(folder), JSON.stringify({ ...mark, at: mark.at - by }));
        assert.equal(await visit(folder, name), name);
        assert.equal(await visit(folder, "unused"), name);
      }
    }),
);

tested(
  "a mark that was copied with its time of writing is known by the time of its making",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 3);
      const mark = JSON.parse(await Deno.readTextFile(markOf(folder)));
      const at = mark.at - 200;
      await Deno.remove(markOf(folder));
      await Deno.writeTextFile(markOf(folder), JSON.stringify({ ...mark, at }));
      await Deno.utime(markOf(folder), new Date(at), new Date(at));
      assert.equal(await visit(folder, "restored"), "restored");
    }),
);

tested(
  "a mark that was cut short or is gone costs a new epoch and nothing else",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 3);
      await Deno.writeTextFile(markOf(folder), '{"epoch":"fir');
      assert.equal(await visit(folder, "second", 1), "second");
      await Deno.remove(markOf(folder));
      assert.equal(await visit(folder, "third", 1), "third");
      const { store } = await openIn(folder);
      const { messages } = await historyOf(store, { userId: 1, room: 1, anchor: {}, limit: 10 });
      await store.close();
      assert.equal(messages.length, 5);
    }),
);

tested(
  "a commit whose mark was not written yet is the same history",
  () =>
    withFolder(async (folder) => {
      await visit(folder, "first", 3);
      const before = JSON.parse(await Deno.readTextFile(markOf(folder)));
      await visit(folder, "unused", 1);
      await Deno.writeTextFile(markOf(folder), JSON.stringify({ ...before, at: Date.now() }));
      assert.equal(await visit(folder, "unused"), "first");
    }),
);

tested(
  "the operator is told of a database that was put back, not of a new one",
  () =>
    withFolder(async (folder) => {
      const first = await openIn(folder);
      await first.store.close();
      assert.deepEqual(first.logged, []);
      await Deno.remove(markOf(folder));
      const second = await openIn(folder, { randomId: () => "second" });
      await second.store.close();
      assert.match(second.logged.join(), /not the one that was written here last/);
    }),
);

tested("what is only refused does not move the mark", () =>
  withFolder(async (folder) => {
    const { store } = await openIn(folder);
    await store.createAccount(accountInput("ann"));
    const commits = async () => JSON.parse(await Deno.readTextFile(markOf(folder))).commits;
    const before = await commits();
    await assert.rejects(store.sendMessage({ ...messageInput(1, "x"), room: 99 }));
    assert.equal(await commits(), before);
    await store.sendMessage(messageInput(1, "y"));
    assert.equal(await commits(), before + 1);
    await store.close();
  }));
