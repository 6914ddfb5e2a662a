/** What a page without an engine takes away is what the engine keeps of this user, and no more. */
import assert from "node:assert/strict";
import type { TabChannel } from "../../lib/client/environment.ts";
import { forgetUser } from "../../lib/client/forget.ts";
import { createMemoryStorage } from "../../lib/client/outbox_storage.ts";
import { createMemoryShelf } from "../../lib/client/shelf.ts";
import { FakeClock, settle } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";
import { sane, world } from "./outbox_fixture.ts";

Deno.test("drafts and what waits to be sent are forgotten, of this user alone", sane, async () => {
  const server = new ModelServer([1, 2], [1, 2]);
  const clock = new FakeClock();
  const [shelf, storage] = [createMemoryShelf(), createMemoryStorage()];
  for (const user of [1, 2]) {
    const { client } = world({ shelf, storage, clock, name: `tab${user}` }, server, user);
    client.start();
    client.actions.send(`sent by ${user}`);
    client.actions.changeDraft(2, { text: `written by ${user}` });
    await settle();
    client.stop();
  }
  const kept = (user: number) => shelf.all("confab.").filter(([key]) => key.includes(`.${user}.`));
  shelf.put("confab.sending.1.on-the-shelf-only", "{}");
  assert.ok(kept(1).length > 1 && kept(2).length > 0);
  assert.equal((await storage.all(1)).length, 1);
  const others = [kept(2), await storage.all(2)];

  const heard: unknown[] = [];
  const channel = (name: string): TabChannel => ({
    post: (message) => heard.push([name, message]),
    close() {},
  });
  await forgetUser({ ...timers, shelf, storage, channel }, "model", 1);
  assert.deepEqual([kept(1), await storage.all(1)], [[], []]);
  assert.deepEqual([kept(2), await storage.all(2)], others);
  assert.deepEqual(heard, [["confab-outbox-model-1", { type: "cleared" }]]);
});

Deno.test(
  "a browser that forbids both shelf and storage keeps nobody from leaving",
  sane,
  async () => {
    const forbidden = () => {
      throw new DOMException("denied", "SecurityError");
    };
    const shelf = { ...createMemoryShelf(), all: forbidden };
    const storage = { ...createMemoryStorage(), all: () => Promise.reject(new Error("denied")) };
    await forgetUser({ ...timers, shelf, storage }, "model", 1);
  },
);

const timers = {
  setTimeout: (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds),
  clearTimeout: (timer: unknown) => clearTimeout(timer as number),
};
