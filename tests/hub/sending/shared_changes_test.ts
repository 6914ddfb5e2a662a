/** Answers to `sync`, and what waits behind them. */
import assert from "node:assert/strict";
import type { Notice } from "../../../lib/chat/notice.ts";
import { ConfabError } from "../../../lib/errors.ts";
import type { Changes } from "../../../lib/protocol/sync.ts";
import { message as modelMessage } from "../../support/model_message.ts";
import { caller, message, room, setUp } from "../hub_fixture.ts";

Deno.test("live events wait for the answer to a sync, and come after it", async () => {
  const { virtual, bus, pages, connectLive } = setUp();
  const client = await connectLive(caller(1));
  client.handlers.received('{"type":"sync","rooms":{"1":0}}');
  await virtual.pass(0);
  bus.publish([message(1, 1)]);
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready"], "held until the store has answered");
  pages.pop()!.resolve({ messages: [], head: 0, more: false, reset: false });
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "ack", "changes", "message"]);
});

Deno.test("a thousand who ask for the same changes cost one read, until something new is heard", async () => {
  const { virtual, bus, pages, connectLive } = setUp();
  const clients = [await connectLive(caller(1)), await connectLive(caller(2))];
  const ask = (since: number) => {
    for (const { handlers } of clients) {
      handlers.received(JSON.stringify({ type: "sync", rooms: { "1": since } }));
    }
  };
  ask(0);
  await virtual.pass(0);
  assert.equal(pages.length, 1);
  pages[0]!.resolve({ messages: [], head: 0, more: false, reset: false });
  await virtual.pass(100);
  ask(0);
  await virtual.pass(100);
  assert.equal(pages.length, 1, "the page that is kept is still true");
  bus.publish([message(1, 1)]);
  ask(0);
  await virtual.pass(0);
  assert.equal(pages.length, 2, "what is kept may lack what was just heard");
  pages[1]!.resolve({ messages: [], head: 1, more: false, reset: false });
  await virtual.pass(100);
  for (const client of clients) {
    assert.equal(client.types().filter((type) => type === "changes").length, 3);
  }
});

Deno.test("changes are read anew once somebody has another name, also those being read", async () => {
  const { virtual, bus, pages, connectLive } = setUp();
  const client = await connectLive(caller(1));
  const ask = async () => {
    client.handlers.received('{"type":"sync","rooms":{"1":0}}');
    await virtual.pass(100);
  };
  const answer = async (username: string) => {
    const said = { ...modelMessage(1, { room: 1 }), username };
    pages.pop()!.resolve({ messages: [said], head: 1, more: false, reset: false });
    await virtual.pass(100);
  };
  const names = () =>
    client.events().flatMap((event) =>
      // The cast: the fixture keeps events as they come.
      event.type === "changes" ? (event as unknown as Changes).messages[0]!.username : []
    );
  await ask();
  await answer("before");
  await ask();
  assert.deepEqual(names(), ["before", "before"]);
  bus.publish([{ type: "user", user: { ...caller(2).user, username: "former-member-2" } }]);
  await ask();
  bus.publish([{ type: "user", user: { ...caller(2).user, username: "former-member-3" } }]);
  await answer("former-member-2");
  await ask();
  await answer("former-member-3");
  assert.deepEqual(names(), ["before", "before", "former-member-2", "former-member-3"]);
});

Deno.test("a room that the connection is not in is answered like one that does not exist", async () => {
  const { virtual, pages, answers, connectLive } = setUp();
  const client = await connectLive(caller(1));
  client.handlers.received('{"type":"sync","rooms":{"2":0,"999":0}}');
  for (let room = 0; room < 2; room++) {
    await virtual.pass(0);
    answers.pop()!.reject(new ConfabError("not_found", "There is no such room."));
  }
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "ack", "left", "left"]);
  assert.equal(pages.length, 0);
});

Deno.test("a room that is not in the list is caught up with all the same", async () => {
  const { virtual, answers, connectLive } = setUp();
  const client = await connectLive(caller(1));
  client.handlers.received('{"type":"sync","rooms":{"7":3},"ref":"s"}');
  await virtual.pass(0);
  answers.pop()!.resolve({ messages: [], head: 3, more: false, reset: false });
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "ack", "changes"]);
});

Deno.test("who is removed while such a room is read hears nothing of it", async () => {
  const { virtual, bus, answers, connectLive } = setUp();
  const client = await connectLive(caller(1));
  client.handlers.received('{"type":"sync","rooms":{"7":3},"ref":"s"}');
  await virtual.pass(0);
  bus.publish([{ type: "left", userId: 1, room: 7, access: 0 }]);
  answers.pop()!.resolve({ messages: [], head: 4, more: false, reset: false });
  await virtual.pass(100);
  assert.deepEqual(client.types(), ["ready", "left", "ack"]);
});

Deno.test("a page of changes that could not be read is asked for again", async () => {
  const { virtual, pages, connectLive } = setUp();
  const client = await connectLive(caller(1));
  for (const outcome of ["fails", "works"]) {
    client.handlers.received('{"type":"sync","rooms":{"1":0},"ref":"s"}');
    await virtual.pass(0);
    const page = pages.pop()!;
    if (outcome === "fails") page.reject(new ConfabError("unavailable", "Try again."));
    else page.resolve({ messages: [], head: 0, more: false, reset: false });
    await virtual.pass(100);
  }
  assert.deepEqual(client.types(), ["ready", "error", "ack", "changes"]);
});

Deno.test("syncs of one client wait for each other, and too many are refused", async () => {
  const { virtual, pages, connectLive } = setUp();
  const client = await connectLive(caller(1));
  for (let i = 0; i < 20; i++) {
    client.handlers.received(JSON.stringify({ type: "sync", rooms: { "1": i } }));
  }
  await virtual.pass(100);
  assert.equal(pages.length, 1, "the second waits for the answer to the first");
  const refused = client.events().filter(({ code }) => code === "rate_limited");
  assert.equal(refused.length, 0, "held, as everything is until the answer");
  for (let answered = 0; answered < 16; answered++) {
    pages[answered]!.resolve({ messages: [], head: 0, more: false, reset: false });
    await virtual.pass(100);
  }
  assert.equal(client.types().filter((type) => type === "changes").length, 16);
  assert.equal(client.types().filter((type) => type === "error").length, 4);
});

Deno.test("a long answer goes out in pieces, each when the one before was read", async () => {
  const rooms = [room(1, 9), room(2, 9), room(3, 9)];
  const { virtual, pages, connectLive } = setUp();
  const client = await connectLive(caller(1), rooms);
  client.handlers.received('{"type":"sync","rooms":{"1":0,"2":0,"3":0}}');
  const long = message(1, 1) as Extract<Notice, { type: "message" }>;
  const messages = [{ ...long.message, text: "x".repeat(300_000) }];
  client.buffered = 300_000;
  for (const expected of [1, 1]) {
    await virtual.pass(100);
    assert.equal(pages.length, expected, "the client has not read the first piece");
    pages[0]!.resolve({ messages, head: 1, more: false, reset: false });
  }
  client.buffered = 0;
  await virtual.pass(100);
  assert.equal(pages.length, 2);
  pages[1]!.resolve({ messages: [], head: 1, more: false, reset: false });
  await virtual.pass(100);
  pages[2]!.resolve({ messages: [], head: 1, more: false, reset: false });
  await virtual.pass(100);
  assert.equal(client.types().filter((type) => type === "changes").length, 3);
  assert.equal(client.closed, null);
});
