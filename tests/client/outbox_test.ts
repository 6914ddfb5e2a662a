/** Messages on their way: kept until they are acknowledged, sent in order and once. */
import assert from "node:assert/strict";
import { createMemoryStorage, type OutboxStorage } from "../../lib/client/outbox_storage.ts";
import { settle } from "../support/model_link.ts";
import { ModelServer, Refused } from "../support/model_server.ts";
import { pending, sane, texts, world } from "./outbox_fixture.ts";

Deno.test(
  "a message shows at once, is stored before it is sent, and leaves when it is acknowledged",
  sane,
  async () => {
    const { server, link, storage, client } = world();
    client.start();
    await link.drain();
    client.actions.send("  hello  ");
    assert.deepEqual(pending(client), ["hello: pending"]);
    assert.equal(link.commands("send").length, 0);
    await settle();
    assert.equal((await storage.all(1)).length, 1);
    await link.drain();
    assert.deepEqual(texts(server), ["hello"]);
    assert.deepEqual(pending(client), []);
    assert.deepEqual(await storage.all(1), []);
    client.stop();
  },
);

Deno.test(
  "between its ack and its event a message does not vanish from the view",
  sane,
  async () => {
    const { link, client } = world();
    client.start();
    await link.drain();
    client.actions.openRoom(1);
    await link.drain();
    client.actions.send("hello");
    await settle();
    link.toServer();
    // The event stays behind: only the ack gets through.
    link.line!.toClient = link.line!.toClient.filter((frame) => frame.includes('"ack"'));
    const event = JSON.stringify([{
      type: "message",
      room: 1,
      rev: 1,
      message: structuredClone(link.server.rooms.get(1)!.messages[0]),
    }]);
    link.toClient();
    await settle();
    assert.deepEqual(pending(client), ["hello: pending"]);
    link.line!.handlers.frame(event);
    assert.deepEqual(pending(client), []);
    assert.equal(client.state.timeline.value!.messages.length, 1);
    client.stop();
  },
);

Deno.test(
  "what was written offline outlives the tab and is sent by the next one, in order",
  sane,
  async () => {
    const first = world();
    first.client.start();
    for (const text of ["one", "two", "three"]) first.client.actions.send(text);
    await settle();
    first.client.stop();
    const { server, storage } = first;
    const second = world({ storage, name: "later" }, server);
    second.client.start();
    await settle();
    second.client.actions.send("four");
    await second.link.drain();
    assert.deepEqual(texts(server), ["one", "two", "three", "four"]);
    second.client.stop();
  },
);

Deno.test("a message whose ack was lost with its tab is stored once", sane, async () => {
  const first = world();
  first.client.start();
  await first.link.drain();
  first.client.actions.send("once");
  await settle();
  first.link.toServer();
  first.client.stop();
  const { server, storage } = first;
  assert.deepEqual(texts(server), ["once"]);
  const second = world({ storage, name: "later" }, server);
  second.client.start();
  await second.link.drain();
  assert.deepEqual(texts(server), ["once"]);
  assert.deepEqual(await storage.all(1), []);
  second.client.stop();
});

Deno.test(
  "another account on the same browser neither sees nor sends what was left",
  sane,
  async () => {
    const first = world();
    first.client.start();
    first.client.actions.send("private");
    await settle();
    first.client.stop();
    const { server, storage } = first;
    const other = world({ storage, name: "other" }, server, 2);
    other.client.start();
    await other.link.drain();
    assert.deepEqual(pending(other.client), []);
    assert.deepEqual(texts(server), []);
    assert.equal((await storage.all(1)).length, 1);
    other.client.stop();
  },
);

Deno.test(
  "a storage that hands out somebody else's message does not get it sent",
  sane,
  async () => {
    const leaky: OutboxStorage = { ...createMemoryStorage() };
    const inner = createMemoryStorage();
    leaky.all = () => inner.all(1);
    const record = { userId: 1, room: 1, text: "private", replyTo: null, createdAt: 1, order: 1 };
    await inner.put({ ...record, clientId: "x".repeat(16), state: "pending", error: null });
    const { server, link, client } = world({ storage: leaky }, undefined, 2);
    client.start();
    await link.drain();
    assert.deepEqual(texts(server), []);
    client.stop();
  },
);

Deno.test(
  "a tab whose cookie became another account's sends nothing and is signed out",
  sane,
  async () => {
    const server = new ModelServer([1], [1, 2]);
    const { link, client } = world({}, server);
    client.start();
    client.actions.send("mine");
    await settle();
    const connect = server.connect.bind(server);
    server.connect = (_user, deliver) => connect(2, deliver);
    await link.drain();
    assert.equal(client.state.connection.value.state, "signedOut");
    assert.deepEqual(texts(server), []);
    client.stop();
  },
);

Deno.test(
  "a refusal for good is shown, kept, and can be tried again or thrown away",
  sane,
  async () => {
    const { server, link, storage, client } = world();
    client.start();
    await link.drain();
    server.refusals = [new Refused("forbidden"), new Refused("too_large")];
    client.actions.send("one");
    client.actions.send("two");
    client.actions.send("three");
    await link.drain();
    assert.deepEqual(pending(client), ["one: failed", "two: failed"]);
    assert.deepEqual(texts(server), ["three"]);
    const [one, two] = client.state.pending.value;
    assert.equal(one!.error, "forbidden");
    assert.equal((await storage.all(1)).every(({ state }) => state === "failed"), true);
    client.actions.discard(two!.clientId);
    client.actions.resend(one!.clientId);
    await link.drain();
    assert.deepEqual(texts(server), ["three", "one"]);
    assert.deepEqual(await storage.all(1), []);
    client.stop();
  },
);

Deno.test("a refusal that will pass is waited out, and keeps the order", sane, async () => {
  const { server, link, client } = world();
  client.start();
  await link.drain();
  server.refusals = [new Refused("rate_limited", 3_000)];
  client.actions.send("one");
  client.actions.send("two");
  await link.drain();
  await link.clock.advance(2_999);
  await link.drain();
  assert.deepEqual(texts(server), []);
  await link.clock.advance(1);
  await link.drain();
  assert.deepEqual(texts(server), ["one", "two"]);
  client.stop();
});

Deno.test("a room that is made to wait does not hold up the others", sane, async () => {
  const { server, link, client } = world();
  client.start();
  await link.drain();
  server.refusals = [new Refused("unavailable", 9_000)];
  client.actions.send("waits");
  await link.drain();
  client.actions.openRoom(2);
  client.actions.send("goes");
  await link.drain();
  assert.deepEqual([texts(server, 1), texts(server, 2)], [[], ["goes"]]);
  client.stop();
});

Deno.test("a send that nobody answers is sent again under the same name", sane, async () => {
  const { server, link, client } = world();
  client.start();
  await link.drain();
  client.actions.send("hello");
  await settle();
  link.line!.toServer = [];
  await link.clock.advance(15_000);
  await link.drain();
  const names = link.commands("send").map(({ clientId }) => clientId);
  assert.equal(names.length, 2);
  assert.equal(new Set(names).size, 1);
  assert.deepEqual(texts(server), ["hello"]);
  client.stop();
});

Deno.test("a storage that fails costs a message its survival, not its sending", sane, async () => {
  const refuse = () => Promise.reject(new Error("full"));
  const { server, link, client } = world({ storage: { all: refuse, put: refuse, delete: refuse } });
  client.start();
  await link.drain();
  client.actions.send("hello");
  await link.drain();
  assert.deepEqual(texts(server), ["hello"]);
  assert.deepEqual(pending(client), []);
  client.stop();
});
