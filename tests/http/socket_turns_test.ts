/** Turns of sockets, by a loop whose time the test owns. */
import assert from "node:assert/strict";
import { patternOf } from "../../lib/fresh/route_files.ts";
import { SOCKET } from "../../lib/http/admit_sockets.ts";
import { SocketTurns } from "../../lib/http/socket_turns.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const UPGRADE_MS = 1;

/** Upgrades that hold the loop for a while each; what happened is noted in its order. */
function setUp(limits = { pass: 8, waiting: 1_000 }) {
  const virtual = new VirtualLoop();
  const turns = new SocketTurns(virtual.loop, limits);
  const noted: string[] = [];
  async function ask(name: string) {
    const turn = turns.take();
    if (turn !== null) await turn;
    virtual.spend(UPGRADE_MS);
    noted.push(name);
  }
  return { virtual, noted, ask };
}

Deno.test("what comes while a thousand ask for sockets, as a message's ack, waits for eight of them", async () => {
  const { virtual, noted, ask } = setUp();
  for (let i = 0; i < 1_000; i++) void ask(`socket ${i}`);
  assert.equal(noted.length, 8, "at once, as ever, for the first");
  for (let i = 0; i < 50; i++) {
    const [before, asked] = [noted.length, virtual.loop.now()];
    let waited = Infinity;
    virtual.loop.immediate(() => {
      waited = virtual.loop.now() - asked;
      noted.push("ack");
    });
    while (waited === Infinity) await virtual.pass(0);
    assert.ok(noted.indexOf("ack", before) - before <= 8, noted.slice(before).join());
    assert.ok(waited <= 8 * UPGRADE_MS, `${waited} ms`);
  }
  await virtual.pass(1_000 * UPGRADE_MS);
  const sockets = noted.filter((name) => name !== "ack");
  assert.deepEqual(
    sockets,
    Array.from({ length: 1_000 }, (_, i) => `socket ${i}`),
    "in their order",
  );
});

Deno.test("who comes while others wait for a socket comes behind them, and once all are in, at once", async () => {
  const { virtual, noted, ask } = setUp({ pass: 2, waiting: 1_000 });
  for (let i = 0; i < 5; i++) void ask(`early ${i}`);
  virtual.loop.immediate(() => void ask("late"));
  await virtual.pass(100);
  assert.equal(noted.at(-1), "late", noted.join());
  void ask("alone");
  assert.equal(noted.at(-1), "alone");
  await virtual.pass(100);
});

Deno.test("where too many wait for a socket, one more is told to come again, and the others get in", async () => {
  const { virtual, noted, ask } = setUp({ pass: 1, waiting: 3 });
  const asked = Array.from({ length: 4 }, (_, i) => ask(`socket ${i}`));
  await assert.rejects(ask("one more"), { code: "unavailable", busy: true });
  await virtual.pass(100);
  await Promise.all(asked);
  assert.deepEqual(noted, ["socket 0", "socket 1", "socket 2", "socket 3"]);
  await ask("later");
  assert.equal(noted.at(-1), "later");
  await virtual.pass(100);
});

Deno.test("the route that upgrades is the one whose requests wait for turns", async () => {
  const route = "chat.ts";
  const source = await Deno.readTextFile(new URL(`../../routes/${route}`, import.meta.url));
  assert.match(source, /Deno\.upgradeWebSocket/);
  assert.equal(patternOf(route), SOCKET);
});

Deno.test("where there is always somebody who waits for a socket, all are in, in their order", async () => {
  const { virtual, noted, ask } = setUp({ pass: 2, waiting: 10 });
  for (let i = 0; i < 60; i++) {
    void ask(String(i));
    void ask(`${i} too`);
    if (i > 3) await virtual.pass(0); // four passes behind from then on
  }
  await virtual.pass(1_000);
  assert.deepEqual(noted, Array.from({ length: 60 }, (_, i) => [`${i}`, `${i} too`]).flat());
});
