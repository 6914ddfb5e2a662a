import assert from "node:assert/strict";
import { Outgoing, SharedPart } from "../../lib/hub/outgoing.ts";

Deno.test("what is a connection's own goes before what rooms share", () => {
  const outgoing = new Outgoing();
  outgoing.pushShared(new SharedPart(1, '"message"'));
  outgoing.push('"ack"');
  outgoing.pushFirst('"ready"');
  assert.equal(outgoing.takeFrame(), '["ready","ack","message"]');
  assert.ok(outgoing.empty);
  assert.equal(outgoing.size, 0);
});

Deno.test("members for whom nothing else waits are sent the very same frame", () => {
  const part = new SharedPart(1, "1,2");
  const [first, second] = [new Outgoing(), new Outgoing()];
  first.pushShared(part);
  second.pushShared(part);
  assert.equal(first.takeFrame(), "[1,2]");
  assert.equal(second.takeFrame(), "[1,2]");
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
  assert.equal(outgoing.takeFrame(), '["typing in 2","ack","b"]');
});
