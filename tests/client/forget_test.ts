/** What a page without an engine takes away is what the engine keeps of this user, and no more. */
import assert from "node:assert/strict";
import { forgetUser, type KeepingBrowser } from "../../lib/client/forget.ts";
import { BROWSER_PATIENCE } from "../../lib/client/patience.ts";
import { createLocalShelf } from "../../lib/client/shelf.ts";
import { FakeClock, settle } from "../support/model_link.ts";
import { ModelServer } from "../support/model_server.ts";
import { fakeStorage } from "./fake_storage.ts";
import { sane, world } from "./outbox_fixture.ts";

/** What the other tabs of this user are told. */
const cleared = (whose: string) =>
  ["outbox", "files"].map((kind) => [`confab-${kind}-${whose}`, { type: "cleared" }]);

/** A browser with this storage, and no database by default: IndexedDB is tried in a real one. */
function browserWith(
  localStorage: Storage,
  heard: unknown[],
  clock: FakeClock,
  open?: () => IDBOpenDBRequest,
): KeepingBrowser {
  class Channel {
    constructor(readonly name: string) {}
    postMessage(message: unknown) {
      heard.push([this.name, message]);
    }
    close() {}
  }
  return {
    localStorage,
    get indexedDB(): IDBFactory {
      if (open === undefined) throw new DOMException("denied", "SecurityError");
      return { open } as unknown as IDBFactory;
    },
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
    BroadcastChannel: Channel as unknown as typeof BroadcastChannel,
  };
}

Deno.test(
  "drafts and what lies on the shelf are forgotten, of this user and database alone",
  sane,
  async () => {
    const server = new ModelServer([1, 2], [1, 2]);
    const clock = new FakeClock();
    const local = fakeStorage();
    for (const [user, instance] of [[1, "here"], [2, "here"], [1, "elsewhere"]] as const) {
      const shelf = createLocalShelf(() => local, instance);
      const { client } = world({ shelf, clock, name: `tab${user}` }, server, user);
      client.start();
      client.actions.changeDraft(2, { text: `written by ${user}` });
      await settle();
      client.stop();
      shelf.put(`confab.sending.${user}.on-its-way`, "{}");
    }
    const kept = () => Array.from({ length: local.length }, (_, at) => local.key(at)!).sort();
    assert.equal(kept().length, 6);
    const others = kept().filter((key) => !/^confab-here:.*\.1\./.test(key));
    assert.equal(others.length, 4);

    const heard: unknown[] = [];
    await forgetUser(browserWith(local, heard, clock), "here", 1);
    assert.deepEqual(kept(), others);
    assert.deepEqual(heard, cleared("here-1"));
  },
);

Deno.test("a database that never answers keeps nobody from leaving", sane, async () => {
  const [local, clock, heard] = [fakeStorage(), new FakeClock(), [] as unknown[]];
  createLocalShelf(() => local, "here").put("confab.sending.1.never-sent", "{}");
  const silent = () => ({}) as IDBOpenDBRequest;
  const forgotten = forgetUser(browserWith(local, heard, clock, silent), "here", 1);
  await settle();
  await clock.advance(BROWSER_PATIENCE);
  await forgotten;
  assert.equal(local.length, 0);
  assert.deepEqual(heard, cleared("here-1"), "the other tabs know");
  assert.equal(clock.pending, 0);
});

Deno.test("a browser that forbids everything keeps nobody from leaving", sane, async () => {
  const denied = {
    get: () => {
      throw new DOMException("denied", "SecurityError");
    },
  };
  const names = ["localStorage", "indexedDB", "BroadcastChannel"];
  const clock = new FakeClock();
  const browser = Object.defineProperties(
    { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout },
    Object.fromEntries(names.map((name) => [name, denied])),
  ) as KeepingBrowser;
  await forgetUser(browser, "here", 1);
});
