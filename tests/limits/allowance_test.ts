import assert from "node:assert/strict";
import { Allowance } from "../../lib/limits/allowance.ts";
import { ticks } from "../support/ticks.ts";

function setUp() {
  const clock = { now: 0 };
  const allowance = new Allowance({ burst: 3, every: 1_000, ticks: () => ticks(clock.now) });
  return { clock, allowance };
}

Deno.test("so many are there at once, then one comes back in a while, never more than at first", () => {
  const { clock, allowance } = setUp();
  for (let i = 0; i < 3; i++) {
    assert.equal(allowance.wait("ann"), 0);
    allowance.take("ann");
  }
  assert.equal(allowance.wait("ann"), 1_000);
  clock.now += 400;
  assert.equal(allowance.wait("ann"), 600);
  clock.now += 600;
  assert.equal(allowance.wait("ann"), 0);
  clock.now += 1_000_000;
  for (let i = 0; i < 3; i++) allowance.take("ann");
  assert.equal(allowance.wait("ann"), 1_000);
  assert.equal(allowance.wait("bob"), 0);
});

Deno.test("what was taken for nothing is given back, and a count can begin anew", () => {
  const { allowance } = setUp();
  for (let i = 0; i < 3; i++) allowance.take("ann");
  allowance.giveBack("ann");
  assert.equal(allowance.wait("ann"), 0);
  allowance.take("ann");
  assert.ok(allowance.wait("ann") > 0);
  allowance.renew("ann");
  for (let i = 0; i < 3; i++) allowance.take("ann");
  assert.ok(allowance.wait("ann") > 0);
});

Deno.test("of very many keys the latest are kept, and what is counted again and again", () => {
  const { allowance } = setUp();
  for (let i = 0; i < 3; i++) for (const key of ["ann", "long ago"]) allowance.take(key);
  for (let index = 0; index < 500_000; index++) {
    allowance.take(`stranger ${index}`);
    if (index % 1_000 === 0) allowance.take("ann");
  }
  assert.ok(allowance.wait("ann") > 0);
  assert.equal(allowance.wait("long ago"), 0, "forgotten: the room has a bound");
});

Deno.test("one is taken only where there is one, and who has all again is forgotten in time", () => {
  const { allowance, clock } = setUp();
  for (let i = 0; i < 3; i++) assert.equal(allowance.spend("ann"), 0);
  assert.equal(allowance.spend("ann"), 1_000);
  clock.now += 1_000;
  assert.equal(allowance.spend("ann"), 0);
  for (let i = 0; i < 1_000; i++) allowance.take(`stranger ${i}`);
  clock.now += 100_000;
  allowance.take("bob");
  assert.equal(allowance.size, 1);
});

Deno.test("what others spent is owed", () => {
  const { allowance, clock } = setUp();
  allowance.take("ann", 10);
  assert.equal(allowance.wait("ann"), 8_000);
  clock.now += 8_000;
  assert.equal(allowance.wait("ann"), 0);
  allowance.giveBack("ann", 10);
  for (let i = 0; i < 3; i++) assert.equal(allowance.spend("ann"), 0);
  assert.ok(allowance.spend("ann") > 0);
});

Deno.test("who has all again and takes one as the others are forgotten has taken one", () => {
  const { allowance, clock } = setUp();
  allowance.take("ann");
  clock.now += 100_000;
  for (let i = 0; i < 3; i++) assert.equal(allowance.spend("ann"), 0);
  assert.ok(allowance.spend("ann") > 0);
});
