import assert from "node:assert/strict";
import { createRates } from "../../lib/chat/rates.ts";
import { limitsOfOneNode } from "../../lib/limits/allowance.ts";
import { ticks } from "../support/ticks.ts";

function createSendRate(sendRate: number, now: () => number) {
  const makeLimit = limitsOfOneNode(() => ticks(now()));
  return createRates({ sendRate: () => sendRate, roomRate: () => 0, makeLimit }).sendRate;
}

Deno.test("a burst passes, a flood is told how long to wait, and time makes room again", () => {
  let now = 0;
  const rate = createSendRate(10, () => now);
  for (let i = 0; i < 50; i++) assert.equal(rate.spend(1), 0);
  assert.equal(rate.spend(1), 100);
  assert.equal(rate.spend(2), 0, "another user has a bucket of their own");
  now += 100;
  assert.equal(rate.spend(1), 0);
  assert.ok(rate.spend(1) > 0);
});

Deno.test("a clock that is set back by a day locks nobody out", () => {
  let now = 86_400_000;
  const rate = createSendRate(10, () => now);
  assert.equal(rate.spend(1), 0);
  now = 0;
  assert.equal(rate.spend(1), 0);
  now = 1_000;
  assert.equal(rate.spend(1), 0);
});

Deno.test("0 is no limit", () => {
  const rate = createSendRate(0, () => 0);
  for (let i = 0; i < 10_000; i++) assert.equal(rate.spend(1), 0);
});

Deno.test("an album is begun at once, thousands of uploads are not", () => {
  let now = 0;
  const makeLimit = limitsOfOneNode(() => ticks(now));
  const { uploadRate } = createRates({ sendRate: () => 10, roomRate: () => 0, makeLimit });
  for (let i = 0; i < 240; i++) assert.equal(uploadRate.spend(1), 0);
  assert.equal(uploadRate.spend(1), 250);
  assert.equal(uploadRate.spend(2), 0);
  now += 60_000;
  for (let i = 0; i < 240; i++) assert.equal(uploadRate.spend(1), 0);
  assert.ok(uploadRate.spend(1) > 0);
});
