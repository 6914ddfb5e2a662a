/** A caller's own sessions, and ending them. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { ann, bob, caller, fails, home, setUp, start } from "./auth_fixture.ts";

const MINUTE = 60_000;

Deno.test("a caller sees their own sessions, with the one in use marked", async () => {
  const { auth, clock } = setUp();
  await auth.signup(ann, home);
  await auth.signup(bob, home);
  const { token } = await auth.login(ann, { ...home, userAgent: "wget/1.25.0" });
  clock.now = start + 2 * MINUTE;
  const list = await auth.sessions(await caller(auth, token));
  assert.deepEqual(list.map(({ id, device, current }) => ({ id, device, current })), [
    { id: 1, device: "curl", current: false },
    { id: 3, device: "wget", current: true },
  ]);
  assert.equal(list[1]?.lastSeen, clock.now); // What waited was written first.
  assert.deepEqual(
    Object.keys(list[0]!).sort(),
    ["address", "createdAt", "current", "device", "expiresAt", "id", "lastSeen", "way"],
  );
});

Deno.test("a caller revokes a session of their own, not one of another's", async () => {
  const { auth } = setUp();
  const first = await auth.signup(ann, home);
  const second = await auth.login(ann, home);
  const other = await auth.signup(bob, home);
  const me = await caller(auth, second.token);
  await auth.revokeSession(me, 1);
  assert.equal(await auth.authenticate(first.token, home.address), null);
  await fails(auth.revokeSession(me, 3), "not_found");
  await fails(auth.revokeSession(me, 1), "not_found");
  await caller(auth, other.token);
  await caller(auth, second.token);
});

Deno.test("signing out twice is signing out", async () => {
  const { accounts, auth } = setUp();
  const { token } = await auth.signup(ann, home);
  const me = await caller(auth, token);
  await auth.logout(me);
  await auth.logout(me);
  accounts.failure = new ConfabError("unavailable", "Down.");
  await fails(auth.logout(me), "unavailable");
});
