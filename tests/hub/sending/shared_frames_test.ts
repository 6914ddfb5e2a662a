import assert from "node:assert/strict";
import { FRAME_LIMIT, joinUpTo, SharedFrames } from "../../../lib/hub/sending/shared_frames.ts";

const parts = (...texts: string[]) => texts.map((text) => ({ room: 1, text }));

Deno.test("connections that wait for the same parts get the very same frames", () => {
  const frames = new SharedFrames();
  const [first, second, third] = parts("1,2", "3", "4");
  const once = frames.of([first!, second!]);
  assert.deepEqual(once, ["[1,2,3]"]);
  assert.equal(frames.of([first!, second!]), once);
  assert.deepEqual(frames.of([first!, third!]), ["[1,2,4]"], "another part is another frame");
  assert.deepEqual(frames.of([first!]), ["[1,2]"], "fewer parts are another frame");
  assert.deepEqual(frames.of(parts("1,2")), ["[1,2]"], "parts are known by what they are");
});

Deno.test("a frame has a bound, and what is split is still all there and in order", () => {
  const texts = Array.from({ length: 10 }, (_, i) => String(i).repeat(FRAME_LIMIT / 3));
  const frames = new SharedFrames().of(parts(...texts));
  assert.ok(frames.length > 1);
  for (const frame of frames) assert.ok(frame.length <= FRAME_LIMIT + texts.length);
  assert.equal(frames.map((frame) => frame.slice(1, -1)).join(","), texts.join(","));
});

Deno.test("a text beyond the bound is a frame of its own", () => {
  const long = "x".repeat(FRAME_LIMIT * 2);
  assert.deepEqual(joinUpTo(FRAME_LIMIT, ["1", long, "2"]), ["1", long, "2"]);
  assert.deepEqual(joinUpTo(FRAME_LIMIT, []), []);
});
