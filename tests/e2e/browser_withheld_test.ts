/** Browsers that do not give what they should: the chat works all the same, and says so once. */
import assert from "node:assert/strict";
import { browserTests, eventually } from "../support/browser.ts";
import { composer, open, seesMarks, write } from "../support/browser_chat.ts";

const test = browserTests();

const NOT_KEPT = /^This browser does not keep what you write/;
const NO_TURNS = /^This browser does not let its tabs take turns/;

test("a database that never opens holds up no message, and the page says so once", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await ann.page.addInitScript(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await open(ann.page);
  await write(ann.page, "m-1");
  await eventually(async () => assert.deepEqual(await bob.texts(), ["m-1"]));
  await ann.page.getByText("Sending…").waitFor({ state: "detached" });
  await ann.page.getByText(NOT_KEPT).waitFor();
  await ann.page.getByRole("status").getByRole("button", { name: "Dismiss" }).click();
  await write(ann.page, "m-2");
  await seesMarks(ann.page, ["m-1", "m-2"]);
  assert.equal(await ann.page.getByText(NOT_KEPT).count(), 0);
});

test("a transaction that neither succeeds nor fails holds up no message", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await ann.page.addInitScript(() => {
    IDBDatabase.prototype.transaction = () =>
      ({
        objectStore: () => ({
          put: () => ({}),
          delete: () => ({}),
          index: () => ({ getAll: () => ({}) }),
        }),
      }) as unknown as IDBTransaction;
  });
  await open(ann.page);
  await write(ann.page, "m-1");
  await eventually(async () => assert.deepEqual(await bob.texts(), ["m-1"]));
});

test("a browser that forbids every storage still sends, and says what that means", async (stage) => {
  const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
  await ann.page.addInitScript(() => {
    const forbid = (name: string) =>
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "BroadcastChannel"]) {
      forbid(name);
    }
  });
  await open(ann.page);
  await write(ann.page, "m-1");
  await eventually(async () => assert.deepEqual(await bob.texts(), ["m-1"]));
  await ann.page.getByText(NOT_KEPT).waitFor();
});

for (
  const [how, refuse] of [
    ["refused", () => {
      LockManager.prototype.request = () =>
        Promise.reject(new DOMException("no", "SecurityError")) as never;
    }],
    ["refused by throwing", () => {
      LockManager.prototype.request = () => {
        throw new DOMException("no", "SecurityError");
      };
    }],
    ["never granted", () => {
      LockManager.prototype.request = () => new Promise(() => {}) as never;
    }],
  ] as const
) {
  test(`Web Locks that are ${how} neither freeze the page nor hold up a message`, async (stage) => {
    const [ann, bob] = [await stage.person("ann"), await stage.account("bob")];
    await ann.page.addInitScript(refuse);
    await open(ann.page);
    await write(ann.page, "m-1");
    await eventually(async () => assert.deepEqual(await bob.texts(), ["m-1"]));
    await ann.page.getByText(NO_TURNS).waitFor();
    await composer(ann.page).fill("the page still answers");
    assert.equal(await composer(ann.page).inputValue(), "the page still answers");
  });
}
