/** That a voice message was heard reaches the server: when the network is back, and over a reload. */
import assert from "node:assert/strict";
import { HeardLater } from "../../lib/client/heard_later.ts";
import { RequestError, unreachable } from "../../lib/client/request_error.ts";
import { createMemoryShelf, type Shelf } from "../../lib/client/shelf.ts";
import type { Api } from "../../lib/client/api.ts";
import { sane } from "./outbox_fixture.ts";
import { online, uploadWorld } from "./uploads_fixture.ts";

const forbidden: Shelf = {
  all: () => {
    throw new Error("Storage is forbidden.");
  },
  put: () => {
    throw new Error("Storage is forbidden.");
  },
  delete: () => {
    throw new Error("Storage is forbidden.");
  },
  onChange: () => () => {},
};

function scene(answer: () => unknown, shelf: Shelf = createMemoryShelf(), user = 7) {
  const asked: string[] = [];
  const timers: (() => void)[] = [];
  const api = ((method: string, path: string) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve().then(answer);
  }) as Api; // the tests' answers are of the type that is asked for
  const later = new HeardLater({
    bootstrap: { me: { id: user } },
    environment: { shelf, random: () => 0, setTimeout: (run) => timers.push(run) },
    api,
  });
  return { asked, timers, shelf, later };
}

const offline = () => {
  throw unreachable();
};

Deno.test("what was heard without a connection is told once, by whichever page is there when it is back", async () => {
  const { later, shelf } = scene(offline);
  assert.equal(await later.tell(12), true);
  assert.equal(later.has(12), true);
  const reloaded = scene(() => undefined, shelf);
  assert.equal(reloaded.later.has(12), true);
  await reloaded.later.tellAll(() => true);
  await reloaded.later.tellAll(() => true);
  assert.deepEqual(reloaded.asked, ["PUT /api/messages/12/heard"]);
  assert.equal(later.has(12), false);
});

Deno.test("nothing is asked without a connection, and what a busy server refuses is told again", async () => {
  let fails = true;
  const made = scene(() => {
    if (fails) throw new RequestError("rate_limited", "Too fast.");
  });
  await made.later.tell(1);
  await made.later.tell(2);
  made.asked.length = 0;
  await made.later.tellAll(() => false);
  assert.deepEqual(made.asked, []);
  await made.later.tellAll(() => true);
  assert.deepEqual([made.asked.length, made.timers.length], [1, 1]);
  fails = false;
  made.timers[0]!();
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(made.later.has(1) || made.later.has(2), false);
});

Deno.test("a message that is gone is not told of for ever, and nothing of others' accounts is told", async () => {
  const { later, shelf, asked } = scene(offline);
  await later.tell(12);
  const other = scene(() => undefined, shelf, 8);
  await other.later.tellAll(() => true);
  assert.deepEqual(other.asked, []);
  const gone = scene(() => {
    throw new RequestError("not_found", "There is no such message.");
  }, shelf);
  await gone.later.tellAll(() => true);
  await gone.later.tellAll(() => true);
  assert.equal(gone.asked.length, 1);
  assert.equal(await gone.later.tell(13), false);
  assert.equal(asked.length, 1);
});

Deno.test("a browser that keeps nothing, or has kept enough, says that it was not told", async () => {
  assert.equal(await scene(offline, forbidden).later.tell(1), false);
  assert.equal(await scene(() => undefined, forbidden).later.tell(1), true);
  const full = scene(offline);
  for (let message = 1; message <= 200; message++) await full.later.tell(message);
  assert.equal(await full.later.tell(201), false);
  assert.equal(await full.later.tell(200), true);
});

Deno.test(
  "a page that begins tells what an earlier one has kept, and again after a broken connection",
  sane,
  async () => {
    const shelf = createMemoryShelf();
    shelf.put("confab.files.1.heard.12", "1");
    const made = uploadWorld({ shelf });
    const { link, client, until } = made;
    const { fetch } = link.environment;
    const asked: string[] = [];
    let fails = true;
    link.environment.fetch = (path, request) => {
      if (!path.endsWith("/heard")) return fetch(path, request);
      asked.push(`${request.method} ${path}`);
      if (fails) return Promise.reject(new TypeError("network"));
      const json = () => Promise.resolve(null);
      return Promise.resolve({ ok: true, status: 204, headers: { get: () => null }, json });
    };
    await online(made);
    await until(() => assert.deepEqual(new Set(asked), new Set(["PUT /api/messages/12/heard"])));
    fails = false;
    link.cut();
    await until(() => assert.deepEqual(shelf.all("confab.files.1.heard."), []));
    client.stop();
  },
);
