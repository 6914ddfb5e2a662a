import assert from "node:assert/strict";
import {
  FRAME_LIMIT,
  joinUpTo,
  SharedFrames,
  SharedPart,
  type SharedQueue,
} from "../../../lib/hub/sending/shared_frames.ts";

const parts = (...texts: string[]) => texts.map((text) => new SharedPart(1, text));

function queueOf(first: SharedPart, ...others: SharedPart[]): SharedQueue {
  return others.reduce((queue, part) => part.behind(queue), first.behind(null));
}

Deno.test("connections that wait for the same parts get the very same frames", () => {
  const frames = new SharedFrames();
  const [first, second, third] = parts("1,2", "3", "4") as [SharedPart, SharedPart, SharedPart];
  const once = frames.of(queueOf(first, second));
  assert.deepEqual(once, ["[1,2,3]"]);
  assert.equal(frames.of(queueOf(first, second)), once);
  assert.deepEqual(frames.of(queueOf(first, third)), ["[1,2,4]"], "another part is another frame");
  assert.deepEqual(frames.of(queueOf(first)), ["[1,2]"], "fewer parts are another frame");
  const [same] = parts("1,2") as [SharedPart];
  assert.deepEqual(frames.of(queueOf(same)), ["[1,2]"], "parts are known by what they are");
});

Deno.test("a text that many are told alone makes one frame for each, short or long, and is forgotten", () => {
  const frames = new SharedFrames();
  const [long, other] = ["a", "b"].map((letter) => `"${letter.repeat(5_000)}"`) as [string, string];
  for (const text of ["1", "2", long, long, other, long, "1"]) {
    assert.equal(frames.ofOne(text), `[${text}]`);
  }
  frames.clear();
  assert.equal(frames.ofOne(long), `[${long}]`);
});

Deno.test("whoever waits for the same waits in the same queue, and no other", () => {
  const [first, second, third] = parts("1", "2", "3") as [SharedPart, SharedPart, SharedPart];
  const queue = queueOf(first, second);
  assert.equal(queueOf(first, second), queue);
  assert.notEqual(queueOf(second, first), queue);
  const longer = third.behind(queue);
  assert.deepEqual(queue.parts, [first, second], "a queue stays what it was");
  assert.deepEqual(longer.parts, [first, second, third]);
  assert.equal(longer.size, 3);
});

Deno.test("a part that all have remembers nobody's queue any more", () => {
  const [first, second] = parts("1", "2") as [SharedPart, SharedPart];
  const queue = queueOf(first, second);
  second.settle();
  assert.notEqual(queueOf(first, second), queue);
  assert.deepEqual(queueOf(first, second).parts, queue.parts, "it is the same to whoever waits");
});

Deno.test("a queue without a room has all of the others, in their order", () => {
  const [a, b, c] = [new SharedPart(1, "a"), new SharedPart(2, "b"), new SharedPart(3, "c")];
  assert.deepEqual(queueOf(a, b, c).without(2)?.parts, [a, c]);
  assert.deepEqual(queueOf(a, b, c).without(4)?.parts, [a, b, c]);
  assert.equal(queueOf(a).without(1), null);
});

Deno.test("a frame has a bound, and what is split is still all there and in order", () => {
  const texts = Array.from({ length: 10 }, (_, i) => String(i).repeat(FRAME_LIMIT / 3));
  const [first, ...others] = parts(...texts) as [SharedPart, ...SharedPart[]];
  const frames = new SharedFrames().of(queueOf(first, ...others));
  assert.ok(frames.length > 1);
  for (const frame of frames) assert.ok(frame.length <= FRAME_LIMIT + texts.length);
  assert.equal(frames.map((frame) => frame.slice(1, -1)).join(","), texts.join(","));
});

Deno.test("a text beyond the bound is a frame of its own", () => {
  const long = "x".repeat(FRAME_LIMIT * 2);
  assert.deepEqual(joinUpTo(FRAME_LIMIT, ["1", long, "2"]), ["1", long, "2"]);
  assert.deepEqual(joinUpTo(FRAME_LIMIT, []), []);
});
