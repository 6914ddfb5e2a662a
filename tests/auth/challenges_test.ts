/** Challenges that nobody keeps: only ours, only for what they were made for, only for a while. */
import assert from "node:assert/strict";
import { CHALLENGE_LIFETIME, Challenges } from "../../lib/auth/challenges.ts";

const start = 1_800_000_000_000;

function setUp(secret = 1) {
  const clock = { now: start };
  let byte = 0;
  const challenges = new Challenges({
    secret: new Uint8Array(32).fill(secret),
    now: () => clock.now,
    randomBytes: (length) => new Uint8Array(length).fill(++byte),
  });
  return { challenges, clock };
}

Deno.test("a challenge is recognised for its purpose until it expires, on every node alike", async () => {
  const { challenges, clock } = setUp();
  const challenge = await challenges.make("to sign in");
  const found = await challenges.recognise(challenge, "to sign in");
  assert.equal(found?.expiresAt, start + CHALLENGE_LIFETIME);
  assert.deepEqual(await setUp().challenges.recognise(challenge, "to sign in"), found);
  assert.equal(await challenges.recognise(challenge, "to sign out"), null);
  assert.equal(await setUp(2).challenges.recognise(challenge, "to sign in"), null, "by another");
  clock.now += CHALLENGE_LIFETIME - 1;
  assert.ok(await challenges.recognise(challenge, "to sign in"));
  clock.now += 1;
  assert.equal(await challenges.recognise(challenge, "to sign in"), null);
});

Deno.test("no byte of a challenge can be another, above all not those of its end", async () => {
  const { challenges } = setUp();
  const challenge = await challenges.make("to sign in");
  const bytes = Uint8Array.fromBase64(challenge, { alphabet: "base64url" });
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at]! ^= 1;
    const text = changed.toBase64({ alphabet: "base64url", omitPadding: true });
    assert.equal(await challenges.recognise(text, "to sign in"), null, `byte ${at}`);
  }
  for (const nonsense of ["", "a", "é", "=", challenge.slice(0, -4), `${challenge}AAAA`]) {
    assert.equal(await challenges.recognise(nonsense, "to sign in"), null, nonsense);
  }
});

Deno.test("each challenge is another, and however it is written, it is spent as one", async () => {
  const { challenges } = setUp();
  const [one, two] = [await challenges.make("a"), await challenges.make("a")];
  const [first, second] = [
    await challenges.recognise(one, "a"),
    await challenges.recognise(two, "a"),
  ];
  assert.notEqual(first!.hash, second!.hash);
  const padded = await challenges.recognise(`${one}${"=".repeat((4 - one.length % 4) % 4)}`, "a");
  assert.ok(padded === null || padded.hash === first!.hash);
});
