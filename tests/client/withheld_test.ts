/** A browser that does not give what it should: the tab works without it, and says so once. */
import assert from "node:assert/strict";
import type { Environment } from "../../lib/client/environment.ts";
import { createMemoryStorage, type OutboxStorage } from "../../lib/client/outbox_storage.ts";
import { PATIENCE } from "../../lib/client/outbox_tabs.ts";
import { BROWSER_PATIENCE } from "../../lib/client/patience.ts";
import { createMemoryShelf, type Shelf } from "../../lib/client/shelf.ts";
import { settle } from "../support/model_link.ts";
import { pending, sane, texts, world } from "./outbox_fixture.ts";

/** Answers nothing until it wakes; then everything, in the order in which it was asked. */
function sleepyStorage(inner = createMemoryStorage()) {
  let wake = () => {};
  let last: Promise<unknown> = new Promise<void>((resolve) => wake = resolve);
  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  const storage: OutboxStorage = {
    all: (userId) => queued(() => inner.all(userId)),
    put: (record) => queued(() => inner.put(record)),
    delete: (clientId) => queued(() => inner.delete(clientId)),
  };
  return { inner, storage, wake: () => wake() };
}

const refusingShelf: Shelf = {
  all: () => {
    throw new DOMException("forbidden", "SecurityError");
  },
  put: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
  delete: () => {
    throw new DOMException("forbidden", "SecurityError");
  },
  onChange: () => () => {},
};

const channel = () => ({ post() {}, close() {} });

for (const shelf of [createMemoryShelf(), refusingShelf]) {
  const where = shelf === refusingShelf ? ", nor is anything else kept" : "";
  Deno.test(`a storage that never answers holds up no message${where}`, sane, async () => {
    const { server, link, client } = world({ storage: sleepyStorage().storage, shelf });
    client.start();
    await link.drain();
    client.actions.send("one");
    await link.drain();
    assert.deepEqual(texts(server), []);
    await link.clock.advance(BROWSER_PATIENCE);
    await link.drain();
    assert.deepEqual(texts(server), ["one"]);
    // Known to be silent, it is not waited for again.
    client.actions.send("two");
    await link.drain();
    assert.deepEqual(texts(server), ["one", "two"]);
    assert.deepEqual(pending(client), []);
    client.stop();
  });
}

Deno.test("that the browser keeps nothing is said once", sane, async () => {
  const { link, client } = world({ storage: sleepyStorage().storage });
  client.start();
  await link.clock.advance(BROWSER_PATIENCE);
  assert.deepEqual(client.state.withheld.value, ["storage"]);
  client.actions.dismissWithheld();
  client.actions.send("one");
  await link.clock.advance(BROWSER_PATIENCE);
  assert.deepEqual(client.state.withheld.value, []);
  client.stop();
});

Deno.test(
  "a storage that answers late brings back nothing, and keeps nothing that was sent",
  sane,
  async () => {
    const old = { userId: 1, room: 1, replyTo: null, createdAt: 1, state: "pending", error: null };
    const { inner, storage, wake } = sleepyStorage();
    await inner.put({ ...old, state: "pending", clientId: "o".repeat(16), text: "old", order: 1 });
    const { server, link, client } = world({ storage });
    client.start();
    await link.drain();
    await link.clock.advance(BROWSER_PATIENCE);
    client.actions.send("new");
    await link.drain();
    server.refusals = [];
    assert.deepEqual(texts(server), ["new"]);
    wake();
    await link.drain();
    assert.deepEqual(texts(server), ["new", "old"]);
    assert.deepEqual(pending(client), []);
    assert.deepEqual(await inner.all(1), []);
    client.stop();
  },
);

Deno.test("what was thrown away does not come back with a late answer", sane, async () => {
  const { inner, storage, wake } = sleepyStorage();
  const shelf = createMemoryShelf();
  const record = {
    ...{ userId: 1, room: 1, replyTo: null, createdAt: 1, order: 1 },
    ...{
      clientId: "o".repeat(16),
      text: "regretted",
      state: "failed",
      error: "forbidden",
    } as const,
  };
  await inner.put(record);
  shelf.put(`confab.sending.1.${record.clientId}`, JSON.stringify(record));
  const { server, link, client } = world({ storage, shelf });
  client.start();
  await link.clock.advance(BROWSER_PATIENCE);
  assert.deepEqual(pending(client), ["regretted: failed"]);
  client.actions.discard(record.clientId);
  wake();
  await link.drain();
  assert.deepEqual([pending(client), texts(server), await inner.all(1)], [[], [], []]);
  client.stop();
});

Deno.test("a message survives its tab although the storage never answers", sane, async () => {
  const shelf = createMemoryShelf();
  const first = world({ storage: sleepyStorage().storage, shelf });
  first.client.start();
  first.client.actions.send("kept");
  // The tab dies before anything else can happen.
  first.client.stop();
  const { server } = first;
  const second = world({ storage: sleepyStorage().storage, shelf, name: "later" }, server);
  second.client.start();
  await second.link.clock.advance(BROWSER_PATIENCE);
  await second.link.drain();
  assert.deepEqual(texts(server), ["kept"]);
  assert.deepEqual(shelf.all(""), []);
  second.client.stop();
});

Deno.test("what both shelf and storage hold of an earlier tab is sent once", sane, async () => {
  const [storage, shelf] = [createMemoryStorage(), createMemoryShelf()];
  const record = {
    ...{ userId: 1, room: 1, replyTo: null, createdAt: 1, order: 1 },
    ...{ clientId: "o".repeat(16), text: "once", state: "pending", error: null } as const,
  };
  await storage.put(record);
  shelf.put(`confab.sending.1.${record.clientId}`, JSON.stringify(record));
  shelf.put("confab.sending.1.broken", "{");
  shelf.put("confab.sending.2.other", JSON.stringify({ ...record, userId: 2, text: "not mine" }));
  const { server, link, client } = world({ storage, shelf });
  client.start();
  await link.drain();
  assert.deepEqual(texts(server), ["once"]);
  assert.equal(link.commands("send").length, 1);
  client.stop();
});

/** Asks for locks are counted, so that a page that spins fails and does not hang. */
function locks(answer: (held: () => void, lost: () => void) => void) {
  let asked = 0;
  const lock: Environment["lock"] = (_name, _steal, held, lost) => {
    assert.ok(++asked < 20, "the page spins");
    answer(held, lost);
    return () => {};
  };
  return { lock, asked: () => asked };
}

Deno.test(
  "locks that are refused hold up nothing, and are not asked for again and again",
  sane,
  async () => {
    const { lock, asked } = locks((_held, lost) => void Promise.resolve().then(lost));
    const { server, link, client } = world({ environment: { lock, channel } });
    client.start();
    await link.drain();
    client.actions.send("hello");
    await link.drain();
    assert.deepEqual(texts(server), ["hello"]);
    assert.equal(asked(), 1);
    assert.deepEqual(client.state.withheld.value, ["turns"]);
    client.stop();
  },
);

Deno.test("locks that are never granted are waited for, then done without", sane, async () => {
  const { lock, asked } = locks(() => {});
  const { server, link, client } = world({ environment: { lock, channel } });
  client.start();
  await link.drain();
  client.actions.send("hello");
  await link.drain();
  assert.deepEqual(texts(server), []);
  for (let second = 0; second <= PATIENCE / 1_000; second++) {
    await link.clock.advance(1_000);
    await link.drain();
  }
  assert.deepEqual(texts(server), ["hello"]);
  assert.equal(asked(), 2);
  assert.equal(link.opened, 1);
  client.stop();
});

Deno.test(
  "a lock that is granted and taken away at once, for ever, makes no page spin",
  sane,
  async () => {
    const { lock } = locks((held, lost) => void Promise.resolve().then(held).then(lost));
    const { server, link, client } = world({ environment: { lock, channel } });
    client.start();
    await link.drain();
    client.actions.send("hello");
    for (let second = 0; second < 10; second++) {
      await link.drain();
      await link.clock.advance(1_000);
    }
    await link.drain();
    assert.deepEqual(texts(server), ["hello"]);
    client.stop();
  },
);

Deno.test("a channel that is refused leaves each tab to send by itself", sane, async () => {
  const { lock, asked } = locks(() => {});
  const { server, link, client } = world({ environment: { lock, channel: () => null } });
  client.start();
  await link.drain();
  client.actions.send("hello");
  await link.drain();
  assert.deepEqual([texts(server), asked()], [["hello"], 0]);
  client.stop();
});

Deno.test(
  "what an older version kept is cleaned; what cannot be sent has a way out",
  sane,
  async () => {
    const storage = createMemoryStorage();
    const record = { userId: 1, room: 1, replyTo: null, createdAt: 1 };
    const waiting = { ...record, state: "pending", error: null } as const;
    await storage.put({ ...waiting, clientId: "a".repeat(16), order: 1, text: "a\0b\ud800c" });
    await storage.put({ ...waiting, clientId: "b".repeat(16), order: 2, text: "\0\u200b" });
    const { server, link, client } = world({ storage });
    client.start();
    await link.drain();
    assert.deepEqual(texts(server), ["abc"]);
    assert.deepEqual(pending(client), ["\u200b: failed"]);
    client.actions.discard("b".repeat(16));
    await settle();
    assert.deepEqual(await storage.all(1), []);
    client.stop();
  },
);
