import assert from "node:assert/strict";
import { isTooLarge, readEnvelope, readFrame, Tally } from "../../../lib/hub/sockets/frames.ts";
import { ticks } from "../../support/ticks.ts";

const read = (text: string | null) => readFrame(readEnvelope(text));

Deno.test("a frame is measured in UTF-8 bytes", () => {
  assert.equal(isTooLarge("a".repeat(65_536)), false);
  assert.equal(isTooLarge("a".repeat(65_537)), true);
  assert.equal(isTooLarge("я".repeat(32_768)), false);
  assert.equal(isTooLarge("я".repeat(32_769)), true);
});

Deno.test("what is not a JSON object with a known type is a bad request", () => {
  const bad = ["", "{", "[]", "null", "7", '"send"', "{}", '{"type":7}', '{"type":"nonsense"}'];
  for (const text of [...bad, '{"type":"toString"}', '{"type":"__proto__"}']) {
    assert.throws(() => read(text), { code: "bad_request" }, text);
  }
  assert.throws(() => read(null), { code: "bad_request" }, "a binary message");
});

Deno.test("a ref is kept where it fits, and left out where it does not", () => {
  assert.equal(read('{"type":"pong","ref":"a"}').ref, "a");
  assert.equal(read('{"type":"pong","ref":7}').ref, undefined);
  assert.equal(read(JSON.stringify({ type: "pong", ref: "x".repeat(65) })).ref, undefined);
});

Deno.test("a ref has up to 64 characters, of which an emoji is one", () => {
  const refOf = (ref: string) => read(JSON.stringify({ type: "pong", ref })).ref;
  assert.equal(refOf("👍".repeat(64)), "👍".repeat(64));
  assert.equal(refOf("👍".repeat(65)), undefined);
});

Deno.test("the ref of a frame whose type is unknown is known", () => {
  for (const type of ['"nonsense"', "7", "null", '"__proto__"']) {
    assert.equal(readEnvelope(`{"ref":"a","type":${type}}`).ref, "a");
  }
  assert.equal(readEnvelope('{"ref":"a"}').ref, "a");
});

Deno.test("a tally is full at its limit and empty again after its window", () => {
  const tally = new Tally(() => 3, 1_000);
  assert.deepEqual([0, 1, 2].map((at) => tally.add(ticks(at))), [false, false, true]);
  assert.equal(tally.add(ticks(1_000)), false);
  assert.equal(new Tally(() => 0, 1_000).add(ticks(0)), false, "0 is no limit");
});
