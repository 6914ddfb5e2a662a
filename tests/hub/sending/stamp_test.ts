import assert from "node:assert/strict";
import { msBetween, stampOf } from "../../../lib/hub/sending/stamp.ts";
import { ticks } from "../../support/ticks.ts";

const between = (from: number, to: number) => msBetween(stampOf(ticks(from)), stampOf(ticks(to)));

Deno.test("differences are right to a quarter of a millisecond, from the first moment to the last", () => {
  const day = 24 * 60 * 60 * 1_000;
  for (const start of [0, 0.3, 1_000.77, day, 3 * day + 0.1, 40 * day, 900 * day]) {
    for (const ms of [0, 0.5, 3.2, 40, 1_000, 60_000, 3_600_000]) {
      assert.ok(Math.abs(between(start, start + ms) - ms) <= 0.375, `${start} ${ms}`);
    }
  }
});

Deno.test("a stamp is a small whole number and never 0, and what comes first is not later", () => {
  for (const now of [0, 0.01, 12.5, 134_217_728, 1e12]) {
    const stamp = stampOf(ticks(now));
    assert.ok(Number.isInteger(stamp) && stamp > 0 && stamp < 2 ** 30, String(now));
  }
  assert.equal(between(10, 9), 0);
});
