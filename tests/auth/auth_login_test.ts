/** Signing in: what is told to whom, and how guessing is slowed. */
import assert from "node:assert/strict";
import { createPasswords } from "../../lib/auth/password.ts";
import { ConfabError } from "../../lib/errors.ts";
import { ann, bob, caller, fails, home, setUp, strict } from "./auth_fixture.ts";

Deno.test("the right password signs in, in whatever case the name is written", async () => {
  const { auth } = setUp();
  const { user } = await auth.signup(ann, home);
  const again = await auth.login({ ...ann, username: "ANN" }, home);
  assert.equal(again.user.id, user.id);
  assert.equal((await caller(auth, again.token)).user.username, "Ann");
});

Deno.test("a wrong password and an unknown user fail alike and cost the same", async () => {
  const { auth, work } = setUp();
  await auth.signup(ann, home);
  work.hashes = 0;
  const costs: number[] = [];
  const errors: ConfabError[] = [];
  for (const username of ["Ann", "nobody"]) {
    const before = work.comparisons;
    const error = await auth.login({ username, password: "not the password" }, home)
      .then(() => assert.fail("signed in"), (error) => error as ConfabError);
    costs.push(work.comparisons - before);
    errors.push(error);
  }
  assert.deepEqual(costs, [1, 1]);
  assert.equal(work.hashes, 0);
  for (const error of errors) {
    assert.equal(error.code, "unauthenticated");
    assert.equal(error.message, "Wrong username or password.");
    assert.equal(error.retryAfter, undefined);
    assert.equal(error.errors, undefined);
  }
});

Deno.test("a disabled account shows itself to its password alone", async () => {
  const { accounts, auth } = setUp();
  await auth.signup(ann, home);
  accounts.account("ann").user.disabled = true;
  const wrong = "Wrong username or password.";
  await fails(auth.login({ ...ann, password: "guessing" }, home), "unauthenticated", wrong);
  await fails(auth.login(ann, home), "forbidden", "This account is disabled.");
  assert.equal(accounts.rows.size, 1); // Only the one from signing up.
});

Deno.test("a password that changes while somebody signs in with it leaves no session", async () => {
  const { accounts, auth } = setUp();
  await auth.signup(ann, home);
  const sessions = accounts.rows.size;
  accounts.beforeSession = () => accounts.account("ann").passwordHash = "hash of another";
  await fails(auth.login(ann, home), "unauthenticated");
  assert.equal(accounts.rows.size, sessions);
});

Deno.test("wrong passwords are slowed alike for known and unknown users", strict, async () => {
  const { auth } = setUp({ authRate: 1000 });
  await auth.signup(ann, home);
  const outcomes: Record<string, string[]> = { Ann: [], nobody: [] };
  for (const username of ["Ann", "nobody"]) {
    for (let i = 0; i < 13; i++) {
      const input = { username, password: "not the password" };
      const error = await auth.login(input, { ...home, address: `198.51.100.${i}` })
        .then(() => assert.fail("signed in"), (error) => error as ConfabError);
      outcomes[username]!.push(error.code);
    }
  }
  assert.deepEqual(outcomes.Ann, outcomes.nobody);
  assert.deepEqual(outcomes.Ann?.slice(-3), ["unauthenticated", "rate_limited", "rate_limited"]);
  await auth.close();
});

Deno.test(
  "one address signs up and in so often a minute, then nothing is hashed for it",
  strict,
  async () => {
    const { auth, work } = setUp({ authRate: 2 });
    await auth.signup(ann, home);
    await auth.login(ann, home);
    const before = { ...work };
    await fails(auth.login(ann, home), "rate_limited");
    await fails(auth.signup(bob, home), "rate_limited");
    assert.deepEqual(work, before);
    await auth.login(ann, { ...home, address: "198.51.100.1" });
    await auth.close();
  },
);

Deno.test("a store that is down does not count as a wrong password", strict, async () => {
  const { accounts, auth } = setUp({ authRate: 1000 });
  await auth.signup(ann, home);
  accounts.failure = new ConfabError("unavailable", "The disk is full.");
  for (let i = 0; i < 30; i++) await fails(auth.login(ann, home), "unavailable");
  accounts.failure = null;
  await auth.login(ann, home);
  await auth.close();
});

Deno.test("with real hashes the whole way works", strict, async () => {
  const { auth } = setUp({ passwords: createPasswords() });
  await auth.signup(ann, home);
  const { token } = await auth.login(ann, home);
  await caller(auth, token);
  await fails(auth.login({ ...ann, password: "Violet kettle march" }, home), "unauthenticated");
  await fails(auth.login({ username: "nobody", password: ann.password }, home), "unauthenticated");
});
