import assert from "node:assert/strict";
import { GOODBYE_MS } from "../../../lib/hub/sockets/connections.ts";
import {
  AUTH_MS,
  CLOSING_MS,
  PONG_MS,
  QUIET_MS,
  SWEEP_MS,
} from "../../../lib/hub/sockets/keepalive.ts";
import { caller, setUp } from "../hub_fixture.ts";

/** How long the machine does nothing: longer than anybody has for an answer. */
const PAUSE = 60_000;

Deno.test("who was asked for a sign of life just before the server stood still has time to answer after it", async () => {
  const { virtual, connectLive } = setUp();
  const [answers, silent] = [await connectLive(caller(1)), await connectLive(caller(2))];
  await virtual.pass(QUIET_MS + SWEEP_MS);
  assert.deepEqual(silent.types().slice(-1), ["ping"]);
  virtual.spend(PAUSE);
  await virtual.pass(SWEEP_MS);
  assert.deepEqual([answers.closed, silent.closed], [null, null], "the pong is still to be read");
  answers.handlers.received('{"type":"pong"}');
  await virtual.pass(PONG_MS + SWEEP_MS);
  assert.deepEqual([answers.closed, silent.closed], [null, 4408], "it has no more time than that");
});

Deno.test("who was about to sign in when the server stood still may do so after it", async () => {
  const { virtual, connect } = setUp();
  const client = connect(undefined);
  await virtual.pass(1_000);
  virtual.spend(PAUSE);
  await virtual.pass(1_000);
  assert.equal(client.closed, null);
  await virtual.pass(AUTH_MS);
  assert.equal(client.closed, 4401);
});

Deno.test("who was told to close just before the server stood still is not cut off in the middle of it", async () => {
  const { virtual, connect } = setUp();
  const client = connect(null);
  assert.equal(client.closed, 4401);
  virtual.spend(PAUSE);
  await virtual.pass(0);
  assert.equal(client.cut, false);
  await virtual.pass(CLOSING_MS + SWEEP_MS);
  assert.equal(client.cut, true);
});

Deno.test("a server that is late again and again still finds out who is silent", async () => {
  const { virtual, connectLive } = setUp();
  const client = await connectLive(caller(1));
  for (let late = 0; late < QUIET_MS + PONG_MS + 2 * SWEEP_MS; late += SWEEP_MS) {
    virtual.spend(900);
    await virtual.pass(SWEEP_MS - 900);
  }
  assert.equal(client.closed, 4408);
});

Deno.test("a server that stands still while it says goodbye cuts nobody off before its close frames are out", async () => {
  const { virtual, hub, connectLive } = setUp();
  await connectLive(caller(1));
  let isOver = false;
  void hub.close("restart", 300).then(() => isOver = true);
  await virtual.pass(10);
  virtual.spend(PAUSE);
  await virtual.pass(GOODBYE_MS / 2);
  assert.equal(isOver, false);
  await virtual.pass(GOODBYE_MS);
  assert.equal(isOver, true);
});
