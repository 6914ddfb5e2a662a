/** Several tabs of one browser share an outbox: one of them sends. */
import assert from "node:assert/strict";
import { createMemoryStorage } from "../../lib/client/outbox_storage.ts";
import { PATIENCE } from "../../lib/client/outbox_tabs.ts";
import { FakeClock, settle } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";
import { modelTabs } from "../support/model_tabs.ts";
import { pending, sane, texts, world } from "./outbox_fixture.ts";

async function twoTabs() {
  const server = new ModelServer([1], [1, 2]);
  const shared = { storage: createMemoryStorage(), clock: new FakeClock() };
  const environment = modelTabs();
  const first = world({ ...shared, environment, name: "first" }, server);
  const second = world({ ...shared, environment, name: "second" }, server);
  for (const { client, link } of [first, second]) {
    client.start();
    await link.drain();
  }
  return { server, first, second, environment, ...shared };
}

Deno.test("what a logout on another page forgets is shown and sent by no tab", sane, async () => {
  const { server, first, second, environment } = await twoTabs();
  const tabs = [first, second];
  for (const { link } of tabs) link.cut();
  first.client.actions.send("never sent");
  await settle();
  for (const { client } of tabs) assert.deepEqual(pending(client), ["never sent: pending"]);
  // As `forgetUser` does.
  const page = environment.channel("confab-outbox-model-1", () => {})!;
  page.post({ type: "cleared" });
  page.close();
  for (const { client } of tabs) assert.deepEqual(pending(client), []);
  for (const { link } of tabs) {
    link.wake();
    await link.drain();
  }
  assert.deepEqual(texts(server), []);
  for (const { client } of tabs) client.stop();
});

Deno.test("of two tabs one sends for both, and both learn what became of it", sane, async () => {
  const { server, first, second, storage } = await twoTabs();
  second.client.actions.send("from the second");
  await settle();
  assert.deepEqual(pending(first.client), ["from the second: pending"]);
  await first.link.drain();
  assert.deepEqual(texts(server), ["from the second"]);
  assert.equal(second.link.commands("send").length, 0);
  await second.link.drain();
  assert.deepEqual([pending(first.client), pending(second.client)], [[], []]);
  assert.deepEqual(await storage.all(1), []);
  first.client.stop();
  second.client.stop();
});

Deno.test(
  "when the sending tab closes, or loses its connection, the other takes over",
  sane,
  async () => {
    const { server, first, second } = await twoTabs();
    first.link.cut();
    second.client.actions.send("hello");
    await second.link.drain();
    assert.deepEqual(texts(server), ["hello"]);
    first.client.stop();
    second.client.stop();
  },
);

Deno.test("a sending tab that hangs is replaced after a while", sane, async () => {
  const { server, first, second, clock } = await twoTabs();
  second.client.actions.send("hello");
  await second.link.drain();
  assert.deepEqual(texts(server), []);
  await clock.advance(PATIENCE);
  await second.link.drain();
  assert.deepEqual(texts(server), ["hello"]);
  // The first wakes and sends what it knows of: the server has it already.
  await first.link.drain();
  assert.deepEqual(texts(server), ["hello"]);
  first.client.stop();
  second.client.stop();
});
