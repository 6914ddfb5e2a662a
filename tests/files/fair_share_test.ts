import assert from "node:assert/strict";
import { FairShare } from "../../lib/files/fair_share.ts";
import type { Ticks } from "../../lib/protocol/time.ts";

/** Bytes that take one millisecond. */
const A_MILLISECOND = 64_000;

function shareAt(start: number) {
  let now = start;
  const share = new FairShare(() => now as Ticks);
  return { share, pass: (ms: number) => void (now += ms) };
}

Deno.test("while nobody writes, nobody waits", () => {
  const { share, pass } = shareAt(5_000);
  assert.deepEqual([1, 2, 3].map(() => share.after(1_000 * A_MILLISECOND)), [0, 0, 0]);
  share.heard();
  pass(1_000);
  assert.equal(share.after(1_000 * A_MILLISECOND), 0);
});

Deno.test("while people write, who uploads waits for what came before, and all take turns", () => {
  const { share, pass } = shareAt(5_000);
  share.heard();
  assert.deepEqual([1, 2, 3].map(() => share.after(4 * A_MILLISECOND)), [4, 8, 12]);
  pass(4);
  assert.equal(share.after(4 * A_MILLISECOND), 12);
});

Deno.test("who begins while people write waits for what came before, and for nothing where nobody writes", () => {
  const { share, pass } = shareAt(5_000);
  assert.equal(share.wait, 0);
  share.heard();
  assert.equal(share.wait, 0);
  share.after(4 * A_MILLISECOND);
  assert.equal(share.wait, 4);
  pass(1);
  assert.equal(share.wait, 3);
  share.after(5_000 * A_MILLISECOND);
  pass(999);
  assert.equal(share.wait, 0);
});

Deno.test("time in which little came is not saved up for later", () => {
  const { share, pass } = shareAt(5_000);
  share.heard();
  share.after(A_MILLISECOND);
  pass(900);
  share.heard();
  assert.equal(share.after(10 * A_MILLISECOND), 10);
});

Deno.test("what came while nobody wrote keeps nobody waiting afterwards", () => {
  const { share } = shareAt(5_000);
  share.after(100_000 * A_MILLISECOND);
  share.heard();
  assert.equal(share.after(A_MILLISECOND), 1);
});
