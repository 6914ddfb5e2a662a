import assert from "node:assert/strict";
import { Seal } from "../../lib/auth/sealed.ts";

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const secret = new Uint8Array(32).fill(7);

function setUp(more: { secret?: Uint8Array<ArrayBuffer>; purpose?: string } = {}) {
  const clock = { now: 1000 };
  const seal = new Seal<{ word: string }>({
    ...{ secret, purpose: "a test", randomBytes, ...more },
    now: () => clock.now,
  });
  return { clock, seal };
}

Deno.test("what was sealed opens until its time is over, on every node with the secret", async () => {
  const { clock, seal } = setUp();
  const sealed = await seal.seal({ word: "harbour" }, 2000);
  assert.doesNotMatch(sealed, /harbour/);
  assert.deepEqual(await seal.open(sealed), { content: { word: "harbour" }, until: 2000 });
  assert.deepEqual((await setUp().seal.open(sealed))?.content, { word: "harbour" });
  clock.now = 2000;
  assert.equal(await seal.open(sealed), null);
});

Deno.test("what was changed, sealed for something else, or elsewhere does not open", async () => {
  const { seal } = setUp();
  const sealed = await seal.seal({ word: "harbour" }, 2000);
  for (let at = 0; at < sealed.length; at += 7) {
    const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
    assert.equal(await seal.open(changed), null, String(at));
  }
  for (
    const text of ["", "a".repeat(24), "a".repeat(10_000), sealed.slice(0, -4), "=".repeat(40)]
  ) {
    assert.equal(await seal.open(text), null);
  }
  assert.equal(await setUp({ purpose: "another" }).seal.open(sealed), null);
  assert.equal(await setUp({ secret: new Uint8Array(32).fill(8) }).seal.open(sealed), null);
});
