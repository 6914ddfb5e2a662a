/** What a page without an engine finds unsent is what the engine has not sent, of this user alone. */
import assert from "node:assert/strict";
import type { KeepingBrowser } from "../../lib/client/kept_here.ts";
import { createMemoryStorage } from "../../lib/client/outbox_storage.ts";
import { createLocalShelf } from "../../lib/client/shelf.ts";
import { unsentOf } from "../../lib/client/unsent.ts";
import { FakeClock, settle } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";
import { fakeStorage } from "./fake_storage.ts";
import { sane, world } from "./outbox_fixture.ts";

/** A browser with this storage, and no database: IndexedDB is tried in a real one. */
function browserWith(localStorage: Storage, clock: FakeClock): KeepingBrowser {
  return {
    localStorage,
    get indexedDB(): IDBFactory {
      throw new DOMException("denied", "SecurityError");
    },
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
    BroadcastChannel,
  };
}

Deno.test("what lies on the shelf is unsent, of this user and database alone", sane, async () => {
  const server = new ModelServer([1, 2], [1, 2]);
  const [local, clock] = [fakeStorage(), new FakeClock()];
  const shelf = createLocalShelf(() => local, "here");
  const put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
  const storage = { ...createMemoryStorage(), put };
  const { client } = world({ shelf, clock, storage, name: "tab1" }, server, 1);
  client.start();
  await settle();
  client.actions.send("written offline");
  assert.deepEqual(await unsentOf(browserWith(local, clock), "here", 1), [
    { text: "written offline", files: [] },
  ]);
  assert.deepEqual(await unsentOf(browserWith(local, clock), "here", 2), []);
  assert.deepEqual(await unsentOf(browserWith(local, clock), "elsewhere", 1), []);
  client.stop();
});

Deno.test("what another version left unreadable keeps nobody from leaving", sane, async () => {
  const [local, clock] = [fakeStorage(), new FakeClock()];
  createLocalShelf(() => local, "here").put("confab.sending.1.broken", "{");
  assert.deepEqual(await unsentOf(browserWith(local, clock), "here", 1), []);
});
