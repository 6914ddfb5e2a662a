/** Being recognised by a token, and the marks that this leaves. */
import assert from "node:assert/strict";
import { createTokens } from "../../lib/auth/token.ts";
import { ConfabError } from "../../lib/errors.ts";
import { ann, bob, caller, fails, home, setUp, start, strict } from "./auth_fixture.ts";

const MINUTE = 60_000;

Deno.test("a token of nobody's, a forged one and one of an ended session are no caller", async () => {
  const { auth, clock } = setUp();
  const { token, expiresAt } = await auth.signup(ann, home);
  const forger = createTokens({ secret: new Uint8Array(32).fill(2), now: () => clock.now });
  const claims = { userId: 1, sessionId: 1, issuedAt: start, expiresAt };
  assert.equal(await auth.authenticate("", home.address), null);
  assert.equal(await auth.authenticate(await forger.issue(claims), home.address), null);
  clock.now = expiresAt;
  assert.equal(await auth.authenticate(token, home.address), null);
});

Deno.test("a revoked session is no caller at once, though its token was just good", async () => {
  const { auth } = setUp();
  const { token } = await auth.signup(ann, home);
  await auth.logout(await caller(auth, token));
  assert.equal(await auth.authenticate(token, home.address), null);
});

Deno.test("a disabled account is no caller at once", async () => {
  const { accounts, auth } = setUp();
  const { token } = await auth.signup(ann, home);
  await caller(auth, token);
  accounts.account("ann").user.disabled = true;
  assert.equal(await auth.authenticate(token, home.address), null);
});

Deno.test("a token does not open another's session that was given its id", async () => {
  const { accounts, auth } = setUp();
  const { token } = await auth.signup(ann, home);
  await auth.signup(bob, home);
  const row = accounts.rows.get(1)!;
  accounts.rows.set(1, { ...row, userId: 2 });
  assert.equal(await auth.authenticate(token, home.address), null);
  accounts.rows.set(1, { ...row, expiresAt: row.expiresAt + 1000 });
  assert.equal(await auth.authenticate(token, home.address), null);
  accounts.rows.set(1, row);
  await caller(auth, token);
});

Deno.test("a store that fails is unavailable, never a caller that is signed out", async () => {
  const { accounts, auth } = setUp();
  const { token } = await auth.signup(ann, home);
  for (const failure of [new Error("disk I/O error"), new ConfabError("unavailable", "Down.")]) {
    accounts.failure = failure;
    await fails(auth.authenticate(token, home.address), "unavailable");
  }
  accounts.failure = null;
  await caller(auth, token);
});

Deno.test("a session is marked as seen at most once a minute, many in one batch", async () => {
  const { accounts, auth, clock } = setUp();
  const [{ token: one }, { token: two }] = [
    await auth.signup(ann, home),
    await auth.signup(bob, home),
  ];
  clock.now = start + 59_000;
  await caller(auth, one);
  clock.now = start + 61_000;
  await auth.authenticate(one, "198.51.100.1");
  await auth.authenticate(two, home.address);
  assert.deepEqual(accounts.touched, []);
  clock.now += 5_000;
  await auth.authenticate(one, "198.51.100.2");
  await auth.close();
  assert.deepEqual(accounts.touched, [[
    { id: 1, at: clock.now, address: "198.51.100.2" },
    { id: 2, at: start + 61_000, address: home.address },
  ]]);
  clock.now += 30_000;
  await caller(auth, one);
  await auth.close();
  assert.equal(accounts.touched.length, 1);
});

Deno.test("a mark waits no longer because the clock was set back an hour", async () => {
  const { accounts, auth, clock } = setUp();
  const { token } = await auth.signup(ann, home);
  clock.now = start + 2 * MINUTE;
  clock.ticks = 0;
  await caller(auth, token);
  clock.now -= 60 * MINUTE;
  clock.ticks = 4_999;
  await caller(auth, token);
  assert.equal(accounts.touched.length, 0);
  clock.ticks = 5_000;
  await caller(auth, token);
  await Promise.resolve();
  assert.equal(accounts.touched.length, 1);
  await auth.close();
});

Deno.test("closing writes the marks that wait", strict, async () => {
  const { accounts, auth, clock } = setUp();
  const { token } = await auth.signup(ann, home);
  clock.now = start + 2 * MINUTE;
  await caller(auth, token);
  assert.equal(accounts.rows.get(1)!.lastSeen, start);
  await auth.close();
  assert.equal(accounts.rows.get(1)!.lastSeen, clock.now);
});

Deno.test("a mark that cannot be written fails nobody's request", async () => {
  const { accounts, auth, clock } = setUp();
  const { token } = await auth.signup(ann, home);
  accounts.store.touchSessions = () => Promise.reject(new Error("disk I/O error"));
  clock.now = start + 2 * MINUTE;
  await caller(auth, token);
  clock.now += 6_000;
  await caller(auth, token);
  await auth.close();
});
