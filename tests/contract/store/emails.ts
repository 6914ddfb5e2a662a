/** E-mail addresses, each proven by a link that was sent there. */
import assert from "node:assert/strict";
import { readEmailAddress } from "../../../lib/protocol/email_address.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";

let count = 0;

export function want(stage: Stage, user: User, address: string) {
  const email = readEmailAddress(address)!;
  return stage.store.setEmail({ userId: user.id, ...email, now: stage.now() });
}

/** Takes every letter that is due, as the program does; gives what can be written, with its token. */
export async function post(stage: Stage, now = stage.now()) {
  const taken = await stage.store.takeLetters({ now, limit: 100 });
  const ready = [];
  for (const { id } of taken) {
    const tokenHash = `token ${count++}`;
    const letter = await stage.store.readyLetter({ id, tokenHash, now });
    if (letter === null) continue;
    await stage.store.sentLetter({ id });
    ready.push({ ...letter, tokenHash });
  }
  return ready;
}

function prove(stage: Stage, tokenHash: string, now = stage.now()) {
  return stage.store.proveEmail({ tokenHash, now, from: "192.0.2.9" });
}

/** Wants an address and proves it; the letters on the way are taken. */
export async function proven(stage: Stage, user: User, address: string): Promise<void> {
  await want(stage, user, address);
  const letter = (await post(stage)).find(({ kind }) => kind === "proof");
  await prove(stage, letter!.tokenHash);
}

const emailOf = ({ store }: Stage, user: User) => store.emailOf({ userId: user.id });

export function emailTests(test: StoreTest): void {
  test("an address counts once the link that was sent there was used, and once alone", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    assert.deepEqual(await emailOf(stage, ben), { address: null, pending: null });
    const wanted = { address: null, pending: "Ben@example.org" };
    assert.deepEqual(await want(stage, ben, " Ben@Example.ORG "), wanted);
    assert.deepEqual(await emailOf(stage, ben), wanted);
    const key = "ben@example.org";
    assert.equal(await stage.store.findByEmail({ key }), null);
    const [letter, ...others] = await post(stage);
    assert.deepEqual([letter!.kind, letter!.to, letter!.username, others], [
      "proof",
      "Ben@example.org",
      "ben",
      [],
    ]);
    const { tokenHash } = letter!;
    const found = await stage.store.findEmailProof({ tokenHash, now: stage.now() });
    assert.deepEqual([found!.user.id, found!.address], [ben.id, "Ben@example.org"]);
    await prove(stage, tokenHash);
    assert.deepEqual(await emailOf(stage, ben), { address: "Ben@example.org", pending: null });
    assert.equal((await stage.store.findByEmail({ key }))?.user.id, ben.id);
    await refused("not_found", prove(stage, tokenHash));
    assert.equal(await stage.store.findEmailProof({ tokenHash, now: stage.now() }), null);
  });

  test("the old address stays until the new one is proven, and is then told", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    await proven(stage, ben, "old@example.org");
    const both = { address: "old@example.org", pending: "new@example.org" };
    assert.deepEqual(await want(stage, ben, "new@example.org"), both);
    const [letter] = await post(stage);
    assert.equal((await stage.store.findByEmail({ key: "old@example.org" }))?.user.id, ben.id);
    await prove(stage, letter!.tokenHash);
    assert.equal(await stage.store.findByEmail({ key: "old@example.org" }), null);
    const [told] = await post(stage);
    assert.deepEqual([told!.kind, told!.to, told!.detail], [
      "email_changed",
      "old@example.org",
      { removed: 0 },
    ]);
  });

  test("a link proves only what is still wanted, and for an hour", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    await want(stage, ben, "one@example.org");
    const [one] = await post(stage);
    await want(stage, ben, "two@example.org");
    const now = stage.now();
    const [two] = await post(stage, now);
    await refused("not_found", prove(stage, one!.tokenHash));
    await refused("not_found", prove(stage, two!.tokenHash, now + HOUR));
    await prove(stage, two!.tokenHash, now + HOUR - 1);
    await want(stage, ben, "three@example.org");
    const [three] = await post(stage);
    await stage.store.removeEmail({ userId: ben.id, now: stage.now() });
    await refused("not_found", prove(stage, three!.tokenHash));
  });

  test("whoever asks for the address they have only drops what was pending", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    await proven(stage, ben, "ben@example.org");
    await want(stage, ben, "other@example.org");
    const kept = { address: "ben@example.org", pending: null };
    assert.deepEqual(await want(stage, ben, "BEN@example.org"), kept);
    assert.deepEqual(await post(stage), [], "nobody waits for a letter any more");
  });

  test("two may want one address, and whoever proves it first has it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await want(stage, ann, "shared@example.org");
    await want(stage, ben, "Shared@example.org");
    const letters = await post(stage);
    const of = (name: string) => letters.find(({ username }) => username === name)!.tokenHash;
    const tries = await Promise.allSettled([prove(stage, of("ann")), prove(stage, of("ben"))]);
    assert.deepEqual(tries.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const loser = tries[0]!.status === "rejected" ? "ann" : "ben";
    await refused("conflict", prove(stage, of(loser)));
  });

  test("an address that is removed is told, no link to a new password outlives it, and the log knows", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await proven(stage, ben, "ben@example.org");
    await stage.store.queueReset({ asked: "ben", language: "en", now: stage.now() });
    const [reset] = await post(stage);
    await stage.store.removeEmail({ userId: ben.id, now: stage.now() });
    assert.deepEqual(await emailOf(stage, ben), { address: null, pending: null });
    const { tokenHash } = reset!;
    assert.equal(await stage.store.findReset({ tokenHash, now: stage.now() }), null);
    const [told] = await post(stage);
    assert.deepEqual([told!.kind, told!.to], ["email_changed", "ben@example.org"]);
    await stage.store.removeEmail({ userId: ben.id, now: stage.now() });
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 9 });
    assert.deepEqual(entries.map(({ action }) => action), ["email.removed", "email.proven"]);
    assert.ok(!JSON.stringify(entries).includes("ben@example.org"), "addresses are private");
  });

  test("a disabled account proves no address, and keeps the one it had: nobody gets another account by it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await proven(stage, ben, "ben@example.org");
    await want(stage, ben, "new@example.org");
    const [letter] = await post(stage);
    const change = { actorId: ann.id, userId: ben.id, disabled: true, now: stage.now() };
    await stage.store.updateUser(change);
    const owner = await stage.store.findByEmail({ key: "ben@example.org" });
    assert.deepEqual([owner?.user.id, owner?.user.disabled], [ben.id, true]);
    await refused("forbidden", prove(stage, letter!.tokenHash));
    await refused("forbidden", want(stage, ben, "third@example.org"));
    await refused("forbidden", emailOf(stage, ben));
  });
}
