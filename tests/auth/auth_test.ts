import assert from "node:assert/strict";
import { type Auth, type AuthOptions, createAuth } from "../../lib/auth/auth.ts";
import { createPasswords } from "../../lib/auth/password.ts";
import { createTokens } from "../../lib/auth/token.ts";
import { ConfabError } from "../../lib/errors.ts";
import { memoryAccounts } from "./memory_accounts.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const start = 1_800_000_000_123;
const secret = new Uint8Array(32).fill(1);
const home = { address: "192.0.2.1", userAgent: "curl/8.14.1" };
const ann = { username: "Ann", password: "violet kettle march" };
const bob = { username: "bob", password: "seven quiet gulls" };
const strict = { sanitizeOps: true, sanitizeResources: true };

/** An auth over a store in memory, with hashes that cost nothing and are counted. */
function setUp(options: Partial<AuthOptions> = {}) {
  const accounts = memoryAccounts();
  const clock = { now: start };
  const work = { hashes: 0, comparisons: 0 };
  const passwords = createPasswords({
    algorithm: {
      hash(password) {
        work.hashes++;
        return Promise.resolve(`hash of ${password}`);
      },
      verify(hash, password) {
        work.comparisons++;
        return Promise.resolve(hash === `hash of ${password}`);
      },
    },
  });
  const auth = createAuth({
    store: accounts.store,
    secret,
    now: () => clock.now,
    signup: "open",
    authRate: 0,
    passwords,
    ...options,
  });
  return { accounts, auth, clock, work };
}

async function caller(auth: Auth, token: string) {
  const found = await auth.authenticate(token, home.address);
  assert.ok(found, "the token should be good");
  return found;
}

async function fails(promise: Promise<unknown>, code: string, message?: string) {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof ConfabError, String(error));
    assert.equal(error.code, code);
    if (message !== undefined) assert.equal(error.message, message);
    return true;
  });
}

// Signing up

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

Deno.test("an invitation is refused where there are none; a field left empty is none", async () => {
  const { auth } = setUp();
  const message = "This invitation is not valid.";
  await fails(auth.signup({ ...ann, invite: "abc" }, home), "forbidden", message);
  await auth.signup({ ...ann, invite: "" }, home);
});

// Signing in

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

// Being recognised

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

// Sessions

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
    ["address", "createdAt", "current", "device", "expiresAt", "id", "lastSeen"],
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

// Changing the password

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

Deno.test("with real hashes the whole way works", strict, async () => {
  const { auth } = setUp({ passwords: createPasswords() });
  await auth.signup(ann, home);
  const { token } = await auth.login(ann, home);
  await caller(auth, token);
  await fails(auth.login({ ...ann, password: "Violet kettle march" }, home), "unauthenticated");
  await fails(auth.login({ username: "nobody", password: ann.password }, home), "unauthenticated");
});
