/** Changing the password. */
import assert from "node:assert/strict";
import { ann, caller, fails, home, setUp, strict } from "./auth_fixture.ts";

Deno.test("a new password ends every other session and is the one that signs in", async () => {
  const { auth } = setUp();
  const other = await auth.signup(ann, home);
  const { token } = await auth.login(ann, home);
  const changed = "nine loud herons";
  await auth.changePassword(await caller(auth, token), ann.password, changed);
  await caller(auth, token);
  assert.equal(await auth.authenticate(other.token, home.address), null);
  await fails(auth.login(ann, home), "unauthenticated");
  await auth.login({ ...ann, password: changed }, home);
});

Deno.test("without the current password nothing changes", async () => {
  const { accounts, auth } = setUp();
  const { token } = await auth.signup(ann, home);
  const me = await caller(auth, token);
  const wrong = auth.changePassword(me, "not the password", "nine loud herons");
  await fails(wrong, "forbidden", "The current password is wrong.");
  await fails(auth.changePassword(me, ann.password, "password123"), "invalid");
  assert.equal(accounts.account("ann").passwordHash, `hash of ${ann.password}`);
});

Deno.test(
  "guesses at the current password are slowed, even the right one then",
  strict,
  async () => {
    const { auth } = setUp({ authRate: 1000 });
    const { token } = await auth.signup(ann, home);
    const me = await caller(auth, token);
    for (let i = 0; i < 11; i++) {
      await fails(auth.changePassword(me, "not the password", "nine loud herons"), "forbidden");
    }
    await fails(auth.changePassword(me, ann.password, "nine loud herons"), "rate_limited");
    await auth.close();
  },
);
