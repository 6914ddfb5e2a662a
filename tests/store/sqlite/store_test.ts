/** What the SQLite store adds to the contract: group commit, outages, its files. */
import assert from "node:assert/strict";
import { ConfabError } from "../../../lib/errors.ts";
import { refused } from "../../contract/store/stage.ts";
import { accountInput, messageInput, openIn, tested, withFolder, withStore } from "./support.ts";
import { historyOf } from "../../support/store_reads.ts";

const failingWorker = () =>
  new Worker(new URL("./failing_worker.ts", import.meta.url), { type: "module" });

tested(
  "what arrives during a commit goes whole into the next one",
  () =>
    withStore(async ({ store, commits }) => {
      const { user } = await store.createAccount(accountInput("ann"));
      commits.length = 0;
      const send = (name: string) => store.sendMessage(messageInput(user.id, name));
      let later: Promise<unknown>[] = [];
      const first = Array.from({ length: 100 }, (_, index) =>
        send(`a${index}`).then(() => {
          if (later.length === 0) later = Array.from({ length: 100 }, (_, i) => send(`b${i}`));
        }));
      await Promise.all(first);
      await Promise.all(later);
      assert.deepEqual(commits.map((changes) => changes.length), [100, 100]);
    }),
);

tested(
  "a burst larger than a batch is stored in several commits, in order",
  () =>
    withStore(async ({ store, commits }) => {
      const { user } = await store.createAccount(accountInput("ann"));
      commits.length = 0;
      const burst = Array.from(
        { length: 4200 },
        (_, i) => store.sendMessage(messageInput(user.id, `m${i}`)),
      );
      const sent = await Promise.all(burst);
      assert.deepEqual(commits.map((changes) => changes.length), [2048, 2048, 104]);
      assert.deepEqual(sent.map(({ message }) => message.seq), sent.map((_, index) => index + 1));
    }),
);

tested(
  "on a full disk every write is refused, reads go on, and writes come back by themselves",
  () =>
    withStore(async ({ store, path, commits, logged }) => {
      const { user } = await store.createAccount(accountInput("ann"));
      await store.sendMessage(messageInput(user.id, "before"));
      commits.length = 0;
      await Deno.writeTextFile(`${path}.full`, "");
      const during = await Promise.allSettled(
        Array.from(
          { length: 20 },
          (_, index) => store.sendMessage(messageInput(user.id, `lost${index}`)),
        ),
      );
      for (const outcome of during) {
        assert.equal(outcome.status, "rejected");
        assert.ok(outcome.reason instanceof ConfabError);
        assert.equal(outcome.reason.code, "unavailable");
        assert.ok(outcome.reason.retryAfter! > 0);
      }
      await refused("unavailable", store.probe({ now: 1 }));
      assert.deepEqual(commits, []);
      const read = { userId: user.id, room: 1, anchor: {}, limit: 10 };
      assert.deepEqual((await historyOf(store, read)).messages.map(({ text }) => text), ["before"]);

      await Deno.remove(`${path}.full`);
      await store.probe({ now: 2 });
      const { message, duplicate } = await store.sendMessage(messageInput(user.id, "lost0"));
      assert.equal(duplicate, false);
      assert.equal(message.seq, 2);
      assert.deepEqual(logged.map((line) => line.split(".")[0]), [
        "The database writer began to fail",
        "The database writer works again",
      ]);
      assert.ok(
        logged.every((line) => !line.includes("lost0")),
        "the log holds no text of a message",
      );
    }, { createWorker: failingWorker }),
);

tested(
  "when the Worker dies, callers are asked to repeat, and nothing is stored twice",
  () =>
    withStore(async ({ store, path, logged }) => {
      const { user } = await store.createAccount(accountInput("ann"));
      await Deno.writeTextFile(`${path}.broken`, "");
      await refused("unavailable", store.sendMessage(messageInput(user.id, "hello")));
      assert.match(logged.join(), /The database writer stopped.*broken by its test/);
      await Deno.remove(`${path}.broken`);
      // It had been committed; only the answer was lost.
      const again = await store.sendMessage(messageInput(user.id, "hello"));
      assert.equal(again.duplicate, true);
      const next = await store.sendMessage(messageInput(user.id, "world"));
      assert.equal(next.message.seq, 2);
    }, { createWorker: failingWorker }),
);

tested(
  "an input that cannot be copied to the Worker fails alone",
  () =>
    withStore(async ({ store }) => {
      const { user } = await store.createAccount(accountInput("ann"));
      // The cast: no caller of the right type can do this; one with a mistake might.
      const broken = { ...messageInput(user.id, "x"), text: (() => {}) as unknown as string };
      await refused("internal", store.sendMessage(broken));
      assert.equal((await store.sendMessage(messageInput(user.id, "y"))).message.seq, 1);
    }),
);

tested(
  "the files of the database are for their owner alone",
  () =>
    withStore(async ({ store, path }) => {
      await store.createAccount(accountInput("ann"));
      for (const suffix of ["", "-wal", "-shm"]) {
        const { mode } = await Deno.stat(path + suffix);
        assert.equal(mode! & 0o777, 0o600, suffix);
      }
    }),
);

tested("a store that is opened again is the same history", () =>
  withFolder(async (folder) => {
    const first = await openIn(folder);
    const { user } = await first.store.createAccount(accountInput("ann"));
    await first.store.sendMessage(messageInput(user.id, "hello"));
    await first.store.close();
    const second = await openIn(folder, { randomId: () => "epoch-2" });
    assert.equal(await second.store.epoch(), "epoch-1");
    assert.equal((await second.store.sendMessage(messageInput(user.id, "hello"))).duplicate, true);
    await second.store.close();
  }));

tested(
  "a store that nobody asked anything closes, and what was asked meanwhile is answered",
  () =>
    withFolder(async (folder) => {
      await (await openIn(folder)).store.close();
      const { store } = await openIn(folder);
      const asked = store.hasAccounts();
      const closing = store.close();
      assert.equal(await asked, false);
      await closing;
    }),
);

tested("a file that is no database is refused with the reason", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/confab.db`, "this is not a database ".repeat(100));
    await assert.rejects(openIn(folder), /not a database/);
  }));

/** Real Workers, and which of them have opened the database. */
function watchedWorkers() {
  const open = new Set<string>();
  const bothOpen = Promise.withResolvers<void>();
  const module = new URL("../../../lib/store/sqlite/worker.ts", import.meta.url);
  const createWorker = (role: string) => {
    const worker = new Worker(module, { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      if (data.type === "opened") open.add(role);
      if (open.size === 2) bothOpen.resolve();
    });
    return worker;
  };
  return { open, bothOpen: bothOpen.promise, createWorker };
}

tested("both Workers are there before the first operation is run, whichever it needs", () => {
  const { open, createWorker } = watchedWorkers();
  return withStore(async ({ store }) => {
    await store.hasAccounts();
    assert.deepEqual(open, new Set(["writer", "reader"]));
  }, { createWorker });
});

tested(
  "whether anybody lives here is known without a Worker, which the first page would wait for",
  () =>
    withFolder(async (folder) => {
      const first = await openIn(folder);
      await first.store.createAccount(accountInput("ann"));
      assert.equal(await first.store.hasAccounts(), true);
      await first.store.close();
      const { open, createWorker } = watchedWorkers();
      const { store } = await openIn(folder, { createWorker });
      assert.equal(await store.hasAccounts(), true);
      assert.deepEqual(open, new Set());
      await store.close();
    }),
);

tested("the Workers start after the program where nobody asks anything", () => {
  const { bothOpen, createWorker } = watchedWorkers();
  const afterStart = (begin: () => void) => {
    queueMicrotask(begin);
    return () => {};
  };
  return withStore(() => bothOpen, { createWorker, afterStart });
});

tested("the Workers do not start where the store was closed before", () => {
  let [begun, cancelled] = [0, 0];
  return withStore(() => Promise.resolve(), {
    createWorker: () => {
      begun++;
      throw new Error("no Worker is to start");
    },
    afterStart: () => () => cancelled++,
  }).then(() => assert.deepEqual([begun, cancelled], [0, 1]));
});
