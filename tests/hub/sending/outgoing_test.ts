import assert from "node:assert/strict";
import { Outgoing } from "../../../lib/hub/sending/outgoing.ts";
import { SharedFrames, SharedPart } from "../../../lib/hub/sending/shared_frames.ts";

const frames = () => new SharedFrames();

Deno.test("what is a connection's own goes before what rooms share", () => {
  const outgoing = new Outgoing();
  outgoing.pushShared(new SharedPart(1, '"message"'));
  outgoing.push('"ack"');
  outgoing.pushFirst('"ready"');
  assert.deepEqual(outgoing.takeFrames(frames()), ['["ready","ack","message"]']);
  assert.ok(outgoing.empty);
  assert.equal(outgoing.size, 0);
});

Deno.test("what is much is not copied for one connection: its own goes in a frame before", () => {
  const outgoing = new Outgoing();
  const long = `"${"x".repeat(40_000)}"`;
  outgoing.push('"ack"');
  outgoing.pushShared(new SharedPart(1, long));
  assert.deepEqual(outgoing.takeFrames(frames()), ['["ack"]', `[${long}]`]);
});

Deno.test("a connection's own events make frames of moderate size, in their order", () => {
  const outgoing = new Outgoing();
  const events = Array.from({ length: 60 }, (_, i) => `"${String(i % 10).repeat(500)}"`);
  for (const event of events) outgoing.push(event);
  const taken = outgoing.takeFrames(frames());
  assert.ok(taken.length > 1);
  for (const frame of taken) assert.ok(frame.length < 21_000);
  assert.deepEqual(taken.flatMap((frame) => JSON.parse(frame)), events.map((e) => JSON.parse(e)));
});

Deno.test("a room that was left is taken out of what waits, other rooms are not", () => {
  const outgoing = new Outgoing();
  outgoing.push('"changes of 1"', 1);
  outgoing.push('"typing in 2"', 2);
  outgoing.push('"ack"');
  outgoing.pushShared(new SharedPart(1, '"a"'));
  outgoing.pushShared(new SharedPart(2, '"b"'));
  outgoing.dropRoom(1);
  assert.equal(outgoing.size, '"typing in 2""ack""b"'.length);
  assert.deepEqual(outgoing.takeFrames(frames()), ['["typing in 2","ack","b"]']);
});
