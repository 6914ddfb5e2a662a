/** Sockets of people without a required second factor end, also where that cannot be told at first. */
import assert from "node:assert/strict";
import { EnforcedFactor } from "../../lib/auth/enforced_factor.ts";

/** One whose rechecks end as the test says. */
function setUp() {
  const asked: (number[] | null)[] = [];
  const logged: string[] = [];
  const pauses: (() => void)[] = [];
  const world = { required: true, away: false };
  const enforced = new EnforcedFactor({
    isRequired: () => world.required,
    recheck(people) {
      asked.push(people && [...people]);
      return world.away ? Promise.reject(new Error("away")) : Promise.resolve();
    },
    loop: { after: (_ms, task) => void pauses.push(task) },
    log: (message) => void logged.push(message),
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { asked, logged, pauses, world, enforced, settled };
}

Deno.test("where the store is away it is tried again until it can be told, and logged once", async () => {
  const { asked, logged, pauses, world, enforced, settled } = setUp();
  world.away = true;
  enforced.required();
  await settled();
  enforced.changed(7);
  pauses.shift()!();
  await settled();
  world.away = false;
  pauses.shift()!();
  await settled();
  assert.deepEqual(asked, [null, null, null]);
  assert.equal(logged.length, 1);
  assert.equal(pauses.length, 0);
});

Deno.test("of somebody with a new role or fewer factors only their own sockets are asked about", async () => {
  const { asked, world, enforced, settled } = setUp();
  enforced.changed(7);
  enforced.changed(8);
  await settled();
  assert.deepEqual(asked, [[7], [8]]);
  world.required = false;
  enforced.changed(9);
  await settled();
  assert.equal(asked.length, 2, "nothing is asked where none is required");
});

Deno.test("after the end nothing is tried any more", async () => {
  const { asked, pauses, world, enforced, settled } = setUp();
  world.away = true;
  enforced.required();
  await settled();
  enforced.close();
  pauses.shift()!();
  await settled();
  assert.equal(asked.length, 1);
});
