import assert from "node:assert/strict";
import { parseOptions } from "@node-rs/argon2";
import { isCommonPassword, isOwnName } from "../../lib/auth/common_passwords.ts";
import { createPasswords, type PasswordAlgorithm } from "../../lib/auth/password.ts";
import { ConfabError } from "../../lib/errors.ts";

const strict = { sanitizeOps: true, sanitizeResources: true };

Deno.test("the right password is accepted and a wrong one is not", strict, async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash("violet kettle march");
  assert.equal(await passwords.verify(hash, "violet kettle march"), true);
  assert.equal(await passwords.verify(hash, "violet kettle March"), false);
  assert.equal(await passwords.verify(hash, ""), false);
});

Deno.test("hashes are Argon2id with 19 MiB, two passes and their own salt", strict, async () => {
  const passwords = createPasswords();
  const [first, second] = await Promise.all([passwords.hash("same"), passwords.hash("same")]);
  assert.match(first, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(first, second);
});

Deno.test("no user and no password answer no, after a comparison of the same cost", async () => {
  const seen: string[] = [];
  const real = createPasswords();
  const passwords = createPasswords({
    algorithm: {
      hash: () => Promise.reject(new Error("not asked for")),
      verify(hash) {
        seen.push(hash);
        return Promise.resolve(true); // Even a decoy that matched would not let anybody in.
      },
    },
  });
  assert.equal(await passwords.verify(null, "anything"), false);
  assert.equal(await passwords.verify("", "anything"), false);
  assert.deepEqual(parseOptions(seen[0]!), parseOptions(await real.hash("anything")));
  assert.equal(seen[0], seen[1]);
  assert.equal(await real.verify(null, "anything"), false); // The decoy is a hash Argon2 can read.
});

Deno.test("one password typed on two systems is one password", async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash("cafe\u0301 au\u00a0lait");
  assert.equal(await passwords.verify(hash, "caf\u00e9 au lait"), true);
  assert.equal(await passwords.verify(hash, "cafe au lait"), false);
});

/** Operations that end when they are told to. */
function heldAlgorithm() {
  const held: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const algorithm: PasswordAlgorithm = {
    async hash(password) {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => held.push(resolve));
      running--;
      if (password === "broken") throw new Error("broken");
      return password;
    },
    verify: () => Promise.resolve(false),
  };
  return { algorithm, held, most: () => most };
}

async function releaseUntil(done: Promise<unknown>, held: (() => void)[]) {
  let finished = false;
  void done.finally(() => finished = true).catch(() => {});
  while (!finished) {
    held.shift()?.();
    await Promise.resolve();
  }
}

Deno.test("no more than the limit run at once, in the order in which they came", async () => {
  const { algorithm, held, most } = heldAlgorithm();
  const passwords = createPasswords({ concurrency: 2, waiting: 10, algorithm });
  const order: string[] = [];
  const all = Promise.all(
    ["a", "b", "c", "d", "e"].map((word) => passwords.hash(word).then((hash) => order.push(hash))),
  );
  await releaseUntil(all, held);
  assert.equal(most(), 2);
  assert.deepEqual(order, ["a", "b", "c", "d", "e"]);
});

Deno.test("beyond the waiting line it is unavailable at once, and later it is not", async () => {
  const { algorithm, held } = heldAlgorithm();
  const passwords = createPasswords({ concurrency: 1, waiting: 2, algorithm });
  const taken = Promise.all(["a", "b", "c"].map((word) => passwords.hash(word)));
  await assert.rejects(passwords.hash("d"), (error: unknown) => {
    assert.ok(error instanceof ConfabError);
    assert.equal(error.code, "unavailable");
    assert.ok(error.retryAfter! > 0);
    return true;
  });
  await releaseUntil(taken, held);
  const later = passwords.hash("d");
  await releaseUntil(later, held);
  assert.equal(await later, "d");
});

Deno.test("an operation that fails gives its place to the next", async () => {
  const { algorithm, held } = heldAlgorithm();
  const passwords = createPasswords({ concurrency: 1, waiting: 2, algorithm });
  const both = Promise.allSettled([passwords.hash("broken"), passwords.hash("fine")]);
  await releaseUntil(both, held);
  assert.deepEqual((await both).map((result) => result.status), ["rejected", "fulfilled"]);
});

Deno.test("the most common passwords are refused in any case and width", () => {
  for (
    const common of [
      "password",
      "PassWord1",
      "12345678",
      "QWERTYUIOP",
      "ｐａｓｓｗｏｒｄ",
      "P@ssw0rd",
      "йцукенгш",
    ]
  ) {
    assert.ok(isCommonPassword(common), common);
  }
  for (const rare of ["violet kettle march", "password but longer", "", "constructor"]) {
    assert.equal(isCommonPassword(rare), false, rare);
  }
});

Deno.test("one's own name is recognised in any case", () => {
  assert.ok(isOwnName("Margarethe", "margarethe"));
  assert.equal(isOwnName("margarethe1", "margarethe"), false);
});
