import assert from "node:assert/strict";
import fc from "fast-check";
import { backoffDelay, byeDelay, LONGEST_RETRY } from "../../lib/client/backoff.ts";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

Deno.test("the first retry comes within half a second, none later than thirty", () => {
  fc.assert(fc.property(fc.nat(10_000), chance, (attempt, random) => {
    const delay = backoffDelay(attempt, random);
    assert.ok(delay >= 0 && delay <= LONGEST_RETRY);
    assert.ok(backoffDelay(0, random) <= 500);
  }));
});

Deno.test("the retries of many clients spread over the whole interval", () => {
  assert.equal(backoffDelay(3, 0), 0);
  assert.equal(backoffDelay(3, 0.5), 2_000);
  assert.equal(backoffDelay(20, 0.5), 15_000);
});

Deno.test("a server that says when to come back is not disturbed before", () => {
  fc.assert(fc.property(fc.nat(60_000), chance, (retryAfter, random) => {
    assert.ok(byeDelay(retryAfter, random) >= retryAfter);
    assert.ok(byeDelay(retryAfter, random) <= retryAfter + LONGEST_RETRY);
  }));
});

Deno.test("no server can send a client away for good", () => {
  assert.ok(byeDelay(1e12, 0.999) <= 90_000);
  assert.ok(byeDelay(-5, 0) >= 0);
});
