/** That a voice message was heard reaches the server: when the network is back, and over a reload. */
import assert from "node:assert/strict";
import { type Signal, signal } from "@preact/signals";
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
  const epoch: Signal<string | null> = signal("e");
  const api = ((method: string, path: string) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve().then(answer);
  }) as Api; // the tests' answers are of the type that is asked for
  const later = new HeardLater({
    bootstrap: { me: { id: user } },
    environment: { shelf, random: () => 0, setTimeout: (run) => timers.push(run) },
    api,
    epoch,
  });
  return { asked, timers, shelf, later, epoch };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

const offline = () => {
  throw unreachable();
};

Deno.test("what was heard without a connection is told once, by whichever page is there when it is back", async () => {
  const { later, shelf } = scene(offline);
  assert.equal(await later.tell(12), true);
  assert.equal(later.has(12), true);
  const reloaded = scene(() => undefined, shelf);
  assert.equal(reloaded.later.has(12), true);
  await reloaded.later.tellAll();
  await reloaded.later.tellAll();
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
  made.epoch.value = null;
  await made.later.tellAll();
  assert.deepEqual(made.asked, []);
  made.epoch.value = "e";
  await made.later.tellAll();
  assert.deepEqual([made.asked.length, made.timers.length], [1, 1]);
  fails = false;
  made.timers[0]!();
  await turn();
  assert.equal(made.later.has(1) || made.later.has(2), false);
});

Deno.test("the page on which it was heard without a connection tells it when that is back, once", async () => {
  let answer: () => unknown = offline;
  const { later, epoch, asked, timers } = scene(() => answer());
  epoch.value = null;
  await later.tell(1);
  await later.tell(2);
  answer = () => undefined;
  asked.length = 0;
  epoch.value = "e";
  await turn();
  assert.deepEqual(asked, ["PUT /api/messages/1/heard", "PUT /api/messages/2/heard"]);
  epoch.value = null;
  epoch.value = "e";
  await turn();
  assert.deepEqual([asked.length, timers.length], [2, 0]);
});

Deno.test("however often the connection comes back, a server that refuses is asked again once at a time", async () => {
  const { later, epoch, timers } = scene(() => {
    throw new RequestError("unavailable", "The disk is full.");
  });
  await later.tell(1);
  for (let back = 0; back < 5; back++) {
    epoch.value = null;
    epoch.value = "e";
    await later.tellAll();
  }
  assert.equal(timers.length, 1);
  epoch.value = null;
  timers[0]!();
  await turn();
  epoch.value = "e";
  await turn();
  assert.equal(timers.length, 2);
});

Deno.test("a message that is gone is not told of for ever, and nothing of others' accounts is told", async () => {
  const { later, shelf, asked } = scene(offline);
  await later.tell(12);
  const other = scene(() => undefined, shelf, 8);
  await other.later.tellAll();
  assert.deepEqual(other.asked, []);
  const gone = scene(() => {
    throw new RequestError("not_found", "There is no such message.");
  }, shelf);
  await gone.later.tellAll();
  await gone.later.tellAll();
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

/** A page of which nobody hears that a message was heard, until `answers`. */
function deafWorld(shelf: Shelf) {
  const made = uploadWorld({ shelf });
  const { environment } = made.link;
  const { fetch } = environment;
  const asked: string[] = [];
  const fate = { answers: false };
  environment.fetch = (path, request) => {
    if (!path.endsWith("/heard")) return fetch(path, request);
    asked.push(`${request.method} ${path}`);
    if (!fate.answers) return Promise.reject(new TypeError("network"));
    const json = () => Promise.resolve(null);
    return Promise.resolve({ ok: true, status: 204, headers: { get: () => null }, json });
  };
  return { made, asked, fate };
}

Deno.test(
  "a page that begins tells what an earlier one has kept, and again after a broken connection",
  sane,
  async () => {
    const shelf = createMemoryShelf();
    shelf.put("confab.files.1.heard.12", "1");
    const { made, asked, fate } = deafWorld(shelf);
    const { link, client, until } = made;
    await online(made);
    await until(() => assert.deepEqual(new Set(asked), new Set(["PUT /api/messages/12/heard"])));
    fate.answers = true;
    link.cut();
    await until(() => assert.deepEqual(shelf.all("confab.files.1.heard."), []));
    client.stop();
  },
);

Deno.test(
  "a page that has no files on their way tells by itself what was heard while its connection was broken",
  sane,
  async () => {
    const { made, fate } = deafWorld(createMemoryShelf());
    const { link, client, until, shelf } = made;
    await online(made);
    const { hear } = await client.actions.fileCalls();
    link.cut();
    await hear(12);
    assert.equal(shelf.all("confab.files.1.heard.").length, 1);
    fate.answers = true;
    await until(() => assert.deepEqual(shelf.all("confab.files.1.heard."), []));
    client.stop();
  },
);
