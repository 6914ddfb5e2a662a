/** Showing once more who one is: what it takes, how often it may be tried, and how long it lasts. */
import assert from "node:assert/strict";
import { requireConfirmed } from "../../lib/auth/confirmed.ts";
import { CONFIRMED_FOR } from "../../lib/protocol/permissions.ts";
import { ann, caller, fails, home, setUp, strict } from "./auth_fixture.ts";

const where = { client: home, site: null };
const LATER = CONFIRMED_FOR + 1;

Deno.test(
  "signing in counts for a quarter of an hour, then the password counts again",
  strict,
  async () => {
    const { auth, clock } = setUp();
    const { token } = await auth.signup(ann, home);
    const fresh = await caller(auth, token);
    requireConfirmed(fresh, clock.now);
    assert.deepEqual(await auth.confirming.state(fresh), {
      methods: ["password"],
      until: clock.now + CONFIRMED_FOR,
    });

    clock.now += LATER;
    const stale = await caller(auth, token);
    assert.throws(() => requireConfirmed(stale, clock.now), { code: "confirm_first" });
    assert.equal((await auth.confirming.state(stale)).until, null);

    await auth.confirming.confirm(stale, { password: ann.password }, where);
    requireConfirmed(await caller(auth, token), clock.now);
  },
);

Deno.test("a wrong password confirms nothing, and names its field", strict, async () => {
  const { auth, clock } = setUp();
  const { token } = await auth.signup(ann, home);
  clock.now += LATER;
  const stale = await caller(auth, token);
  await assert.rejects(auth.confirming.confirm(stale, { password: "seven loud gulls" }, where), {
    code: "forbidden",
    errors: [{ path: "password", message: "The current password is wrong.", reason: "wrong" }],
  });
  assert.throws(() => requireConfirmed(stale, clock.now), { code: "confirm_first" });
});

Deno.test("one session's proof is no other session's", strict, async () => {
  const { auth, clock } = setUp();
  const { token: here } = await auth.signup(ann, home);
  const { token: there } = await auth.login(ann, home);
  clock.now += LATER;
  await auth.confirming.confirm(await caller(auth, here), { password: ann.password }, where);
  requireConfirmed(await caller(auth, here), clock.now);
  const other = await caller(auth, there);
  assert.throws(() => requireConfirmed(other, clock.now), { code: "confirm_first" });
});

Deno.test(
  "whoever holds a session guesses at its password a few times, and then waits",
  strict,
  async () => {
    const { auth, work } = setUp({ authRate: 60 });
    const holder = await caller(auth, (await auth.signup(ann, home)).token);
    for (let guess = 0; guess < 11; guess++) {
      await fails(
        auth.confirming.confirm(holder, { password: `guess ${guess}` }, where),
        "forbidden",
      );
    }
    const compared = work.comparisons;
    await fails(auth.confirming.confirm(holder, { password: ann.password }, where), "rate_limited");
    assert.equal(work.comparisons, compared, "nothing was compared");
  },
);

Deno.test("what the account does not have proves nothing", strict, async () => {
  const { auth } = setUp();
  const holder = await caller(auth, (await auth.signup(ann, home)).token);
  await fails(auth.confirming.confirm(holder, { code: "123456" }, where), "invalid");
  await fails(auth.confirming.confirm(holder, {}, where), "invalid");
});
