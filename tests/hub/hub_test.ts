/** Who is here, who is sent away and why, and how it all ends. */
import assert from "node:assert/strict";
import { GOODBYE_MS } from "../../lib/hub/sockets/connections.ts";
import { caller, message, revs, setUp } from "./hub_fixture.ts";
import { message as modelMessage } from "../support/model_message.ts";

Deno.test("presence is right after two people came back within a moment", async () => {
  const { virtual, connectLive } = setUp();
  const first = [await connectLive(caller(1)), await connectLive(caller(2))];
  await virtual.pass(1_500);
  for (const client of first) client.handlers.closed();
  const [one, two] = [await connectLive(caller(1)), await connectLive(caller(2))];
  await virtual.pass(1_500);
  for (const [client, other] of [[one, "2"], [two, "1"]] as const) {
    let status = "offline";
    for (const event of client.frames.flat()) {
      const told = (event.presence ?? event.users) as Record<string, string> | undefined;
      if (event.type !== "room") status = told?.[other] ?? status;
    }
    assert.equal(status, "online");
  }
});

Deno.test("a session that has expired ends its socket", async () => {
  const { virtual, time, connectLive } = setUp();
  const client = await connectLive(caller(1));
  time.now = 1_000_000;
  await virtual.pass(5_000);
  assert.equal(client.closed, 4401);
});

Deno.test("a client that does not read is dropped with 1013, the others go on", async () => {
  const { virtual, bus, connectLive } = setUp();
  const [slow, quick] = [await connectLive(caller(1)), await connectLive(caller(2))];
  slow.reads = false;
  const text = "x".repeat(100_000);
  for (let rev = 1; rev <= 12; rev++) {
    const long = { ...modelMessage(rev, { room: 1 }), text };
    const unread = slow.buffered;
    bus.publish([{ type: "message", room: 1, rev, access: 0, message: long }]);
    await virtual.pass(100);
    assert.equal(slow.closed, unread <= 1 << 20 ? null : 1013, `after ${rev} messages`);
  }
  assert.equal(slow.closed, 1013);
  assert.equal(quick.closed, null);
  assert.equal(revs(quick.events()).length, 12);
});

Deno.test("twenty bad frames in a minute close the connection with 4400", async () => {
  const { virtual, connectLive } = setUp();
  const client = await connectLive(caller(1));
  for (let i = 0; i < 19; i++) client.handlers.received("{");
  await virtual.pass(100);
  assert.equal(client.closed, null);
  assert.equal(client.types().filter((type) => type === "error").length, 19);
  client.handlers.received("{");
  assert.equal(client.closed, 4400);
});

Deno.test("a flood of frames is closed with 4429", async () => {
  const { connectLive } = setUp({ perUser: 0, perAddress: 0, frameRate: 5 });
  const client = await connectLive(caller(1));
  for (let i = 0; i < 50; i++) client.handlers.received('{"type":"pong"}');
  assert.equal(client.closed, 4429);
});

Deno.test("at the end everyone is told bye, gets what waits, and is closed with 1012", async () => {
  const { bus, hub, connectLive } = setUp();
  const client = await connectLive(caller(1));
  bus.publish([message(1, 1)]);
  void hub.close("shutdown", 500);
  assert.deepEqual(client.types(), ["ready", "bye", "message"]);
  assert.equal(client.closed, 1012);
});

Deno.test("asked for a sign of life, who gives one is no suspect; a suspect is cut off at once", async () => {
  const { virtual, hub, connectLive } = setUp();
  const awake = await connectLive(caller(1));
  const asleep = await connectLive(caller(2));
  hub.challenge();
  await virtual.pass(10);
  assert.equal(awake.types().at(-1), "ping");
  awake.handlers.received('{"type":"pong"}');
  const suspects = hub.suspects();
  assert.deepEqual(suspects.map((suspect) => suspect.caller?.sessionId), [2]);
  suspects[0]!.cut();
  assert.equal(asleep.cut, true);
  assert.equal(awake.cut, false);
  assert.equal(hub.size, 1);
  assert.deepEqual(hub.suspects(), []);
});

Deno.test("a client that is told to close and does not is cut off; one that does is not", async () => {
  const { virtual, connect } = setUp();
  const [stubborn, willing] = [connect(null), connect(null)];
  assert.deepEqual([stubborn.closed, willing.closed], [4401, 4401]);
  willing.handlers.closed();
  await virtual.pass(10_000);
  assert.equal(stubborn.cut, true);
  assert.equal(willing.cut, false);
});

Deno.test("after the goodbye, what is not closed can be cut off", async () => {
  const { hub, connectLive } = setUp();
  const client = await connectLive(caller(1));
  void hub.close("shutdown", 500);
  assert.equal(client.closed, 1012);
  hub.cutOff();
  assert.equal(client.cut, true);
});

Deno.test("the goodbye ends when all have gone, and does not wait for ever", async () => {
  for (const stubborn of [false, true]) {
    const { virtual, hub, connectLive } = setUp();
    const [first, last] = [await connectLive(caller(1)), await connectLive(caller(2))];
    let ended = false;
    void hub.close("shutdown", 500).then(() => ended = true);
    first.handlers.closed();
    await virtual.pass(GOODBYE_MS - 1);
    assert.equal(ended, false, "one is still here");
    if (!stubborn) last.handlers.closed();
    await virtual.pass(stubborn ? 1 : 0);
    assert.equal(ended, true);
  }
});

Deno.test("with nobody here the goodbye is over at once; who comes behind it is sent away", async () => {
  const { hub, connect } = setUp();
  await hub.close("shutdown", 500);
  const late = connect(caller(1));
  assert.equal(late.closed, 1012);
  hub.cutOff();
  assert.equal(late.cut, true);
});
