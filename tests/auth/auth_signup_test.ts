/** Signing up: who may, with what name and password. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import type { Invitation } from "../../lib/protocol/invites.ts";
import { ann, bob, caller, fails, home, setUp, start, strict } from "./auth_fixture.ts";

const DAY = 24 * 60 * 60_000;

Deno.test("who signs up is signed in, for thirty days", strict, async () => {
  const { accounts, auth } = setUp();
  const { user, token, expiresAt } = await auth.signup(ann, home);
  assert.equal(user.username, "Ann");
  assert.equal(user.displayName, "Ann");
  assert.ok(expiresAt <= start + 30 * DAY && expiresAt > start + 30 * DAY - 1000);
  const found = await caller(auth, token);
  assert.equal(found.user.id, user.id);
  assert.equal(found.expiresAt, expiresAt);
  const row = accounts.rows.get(found.sessionId)!;
  assert.equal(row.device, "curl");
  assert.equal(row.address, home.address);
});

Deno.test("the password is stored as its hash alone, in the form it is compared in", async () => {
  const { accounts, auth } = setUp();
  await auth.signup({ ...ann, displayName: "Ann of the Hill" }, home);
  assert.equal(accounts.account("ann").passwordHash, `hash of ${ann.password}`);
  assert.equal(accounts.account("ann").user.displayName, "Ann of the Hill");
});

Deno.test("a name that is taken cannot sign up", async () => {
  const { auth } = setUp();
  await auth.signup(ann, home);
  await fails(auth.signup({ ...ann, username: "aNN" }, home), "conflict");
});

Deno.test("a common password and one's own name are refused before anything is hashed", async () => {
  const { accounts, auth, work } = setUp();
  const weak = [
    { username: "ann", password: "Password1" },
    { username: "margarethe", password: "Margarethe" },
  ];
  for (const input of weak) {
    await assert.rejects(auth.signup(input, home), (error: unknown) => {
      assert.ok(error instanceof ConfabError);
      assert.equal(error.code, "invalid");
      assert.equal(error.errors?.[0]?.path, "password");
      return true;
    });
  }
  assert.equal(work.hashes, 0);
  assert.equal(accounts.rows.size, 0);
});

Deno.test("where signup is closed the first may sign up, the second may not", async () => {
  const { auth, work } = setUp({ signup: "closed" });
  await auth.signup(ann, home);
  await fails(auth.signup(bob, home), "forbidden");
  assert.equal(work.hashes, 1);
});

Deno.test("an account may be opened where signup is open, or where there is none yet", async () => {
  assert.equal(await setUp().auth.mayOpenAccount(), true);
  const { accounts, auth } = setUp({ signup: "closed" });
  assert.equal(await auth.mayOpenAccount(), true);
  await auth.signup(ann, home);
  assert.equal(await auth.mayOpenAccount(), false);
  accounts.failure = new ConfabError("unavailable", "The disk is full.");
  await fails(auth.mayOpenAccount(), "unavailable");
  const open = setUp();
  open.accounts.failure = accounts.failure;
  assert.equal(await open.auth.mayOpenAccount(), true, "the store is not asked");
});

Deno.test("where signup is closed only one of two first sign-ups wins", async () => {
  const { auth } = setUp({ signup: "closed" });
  const results = await Promise.allSettled([auth.signup(ann, home), auth.signup(bob, home)]);
  assert.deepEqual(results.map((result) => result.status).sort(), ["fulfilled", "rejected"]);
  const lost = results.find((result) => result.status === "rejected");
  assert.equal((lost?.reason as ConfabError).code, "forbidden");
});

const invitation: Invitation = {
  role: "member",
  invitedBy: { username: "ann", displayName: "Ann" },
  rooms: [],
  expiresAt: null,
};

Deno.test("an invitation that lets nobody in is not there; a field left empty is none", async () => {
  const { auth, work } = setUp();
  const message = "This invitation is not valid, or not any more.";
  await fails(auth.signup({ ...ann, invite: "abc" }, home), "not_found", message);
  assert.equal(work.hashes, 0);
  await auth.signup({ ...ann, invite: "" }, home);
});

Deno.test("where signup is closed an invitation lets people in, also as its whole link in capitals", async () => {
  const { accounts, auth } = setUp({ signup: "closed" });
  await auth.signup(ann, home);
  accounts.invitations.set("abc", invitation);
  await fails(auth.signup(bob, home), "forbidden");
  const { user } = await auth.signup({ ...bob, invite: "https://chat.example/join/ABC" }, home);
  assert.equal(user.username, "bob");
});

Deno.test("whoever guesses codes is slowed down, and who has one that is open is not", async () => {
  const { accounts, auth } = setUp({ authRate: 300 });
  accounts.invitations.set("open", invitation);
  for (let count = 0; count < 100; count++) await auth.invitations.require("open", home.address);
  for (let count = 0; count < 60; count++) {
    assert.equal(await auth.invitations.find(`guess ${count}`, home.address), null);
  }
  await fails(auth.invitations.find("open", home.address), "rate_limited");
  assert.equal(await auth.invitations.find("open", "198.51.100.7"), invitation);
});
