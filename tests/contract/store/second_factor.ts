/** The second factor: what turns it on and off, and sign-ins that wait for it. */
import assert from "node:assert/strict";
import type { FactorProof } from "../../../lib/store/contract/second_factor.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";

const address = "192.0.2.1";
const session = (now: number) => ({ device: "phone", address, expiresAt: now + HOUR });

/** With an app that has given the code of step 10, and two recovery codes. */
async function withApp(stage: Stage, userId: number): Promise<void> {
  const now = stage.now();
  await stage.store.beginTotp({ userId, secret: "SECRET", until: now + HOUR });
  const given = { userId, secret: "SECRET", step: 10, recoveryHashes: ["one", "two"], address };
  assert.deepEqual(await stage.store.confirmTotp({ ...given, now }), { keptCodes: true });
}

function open(stage: Stage, userId: number, hash: string, way: "password" | "oidc" = "password") {
  const now = stage.now();
  const ticket = { hash, expiresAt: now + HOUR };
  const given = { userId, passwordHash: null, ticket, now };
  return stage.store.openSession({ ...given, session: { ...session(now), way } });
}

function finish(stage: Stage, hash: string, proof: FactorProof) {
  const now = stage.now();
  return stage.store.finishSignIn({ hash, proof, session: session(now), now });
}

/** What the log says, the earliest first, as the owner reads it. */
async function acts(stage: Stage, owner: number): Promise<string[]> {
  const { entries } = await stage.store.listAudit({ userId: owner, before: null, limit: 50 });
  return entries.map(({ action }) => action).reverse();
}

export function secondFactorTests(test: StoreTest): void {
  test("an app counts from its first code on, and one before it works until then", async (stage) => {
    const { ann: { id: userId } } = await stage.people("ann");
    await stage.store.beginTotp({ userId, secret: "SECRET", until: stage.now() + HOUR });
    assert.equal((await open(stage, userId, "t0")).kind, "opened");
    const state = { totpSince: null, recoveryCodes: 0 };
    assert.deepEqual(await stage.store.factorState({ userId }), state);
    await withApp(stage, userId);
    assert.equal((await stage.store.factorState({ userId })).recoveryCodes, 2);
    await stage.store.beginTotp({ userId, secret: "OTHER", until: stage.now() + HOUR });
    assert.deepEqual(await stage.store.totpSecret({ userId }), { secret: "SECRET", lastStep: 10 });
    const now = stage.now();
    const given = { userId, secret: "OTHER", step: 5, recoveryHashes: ["three"], address, now };
    assert.deepEqual(await stage.store.confirmTotp(given), { keptCodes: false });
    assert.deepEqual(await stage.store.totpSecret({ userId }), { secret: "OTHER", lastStep: 5 });
    assert.equal((await stage.store.factorState({ userId })).recoveryCodes, 2);
  });

  test("a secret that waited too long, or was replaced, is no app", async (stage) => {
    const { ann: { id: userId } } = await stage.people("ann");
    const until = stage.now() + 5;
    await stage.store.beginTotp({ userId, secret: "SECRET", until });
    assert.equal(await stage.store.nextTotp({ userId, now: until }), null);
    const given = { userId, step: 1, recoveryHashes: [], address };
    const late = { ...given, secret: "SECRET", now: until };
    assert.equal(await stage.store.confirmTotp(late), null);
    assert.equal(await stage.store.confirmTotp({ ...late, secret: "OTHER", now: until - 1 }), null);
  });

  test("a password alone keeps a ticket, and a whole proof opens a session", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await withApp(stage, ann.id);
    const opened = await open(stage, ann.id, "t1");
    assert.deepEqual(opened, { kind: "second_factor", methods: ["totp", "recovery"] });
    assert.equal((await open(stage, ann.id, "t2", "oidc")).kind, "opened");
    assert.equal((await open(stage, ben.id, "t3")).kind, "opened");
    const now = stage.now();
    assert.deepEqual(await stage.store.pendingSignIn({ hash: "t1", now }), {
      userId: ann.id,
      username: "ann",
      way: "password",
      methods: ["totp", "recovery"],
      totp: { secret: "SECRET", lastStep: 10 },
    });
    for (const hash of ["t2", "t3", "none"]) {
      assert.equal(await stage.store.pendingSignIn({ hash, now }), null);
    }
  });

  test("a ticket allows five tries, and ends with its time", async (stage) => {
    const { ann: { id: userId } } = await stage.people("ann");
    await withApp(stage, userId);
    await open(stage, userId, "t1");
    await open(stage, userId, "t2");
    const now = stage.now();
    const tries = await Promise.all(
      Array.from({ length: 9 }, () => stage.store.tryPendingSignIn({ hash: "t1", now })),
    );
    assert.equal(tries.filter((one) => one !== null).length, 5);
    assert.equal(await stage.store.pendingSignIn({ hash: "t1", now }), null);
    const late = now + 2 * HOUR;
    assert.equal(await stage.store.tryPendingSignIn({ hash: "t2", now: late }), null);
    const proof = { kind: "totp", step: 11 } as const;
    const given = { hash: "t2", proof, session: session(late), now: late };
    assert.equal(await stage.store.finishSignIn(given), null);
  });

  test("a code and a ticket open one session, whoever shows them twice", async (stage) => {
    const { ann: { id: userId } } = await stage.people("ann");
    await withApp(stage, userId);
    for (const hash of ["t1", "t2", "t3"]) await open(stage, userId, hash);
    const step = (step: number) => ({ kind: "totp", step }) as const;
    assert.equal(await finish(stage, "t1", step(10)), null, "the code that set it up");
    const found = await finish(stage, "t1", step(11));
    assert.equal(found?.user.id, userId);
    const stored = await stage.store.getSession({ id: found!.sessionId, now: stage.now() });
    assert.equal(stored?.way, "password");
    assert.equal(await finish(stage, "t1", step(12)), null, "the ticket is spent");
    assert.equal(await finish(stage, "t2", step(11)), null, "the code is spent");
    assert.equal(await finish(stage, "t2", step(9)), null, "an older code");
    assert.ok(await finish(stage, "t2", step(12)), "a newer one has the ticket still");
    const raced = await Promise.all([1, 2].map(() => finish(stage, "t3", step(13))));
    assert.equal(raced.filter((one) => one !== null).length, 1, "of two at once one gets in");
  });

  test("a recovery code works once, and new ones end all before", async (stage) => {
    const { ann: { id: userId } } = await stage.people("ann");
    await withApp(stage, userId);
    for (const hash of ["t1", "t2", "t3"]) await open(stage, userId, hash);
    const code = (hash: string) => ({ kind: "recovery", hash }) as const;
    const raced = await Promise.all(
      ["t1", "t2"].map((ticket) => finish(stage, ticket, code("one"))),
    );
    assert.equal(raced.filter((one) => one !== null).length, 1, "of two at once one gets in");
    assert.equal((await stage.store.factorState({ userId })).recoveryCodes, 1);
    const given = { userId, hashes: ["three"], address, now: stage.now() };
    assert.equal(await stage.store.replaceRecoveryCodes(given), true);
    assert.equal(await finish(stage, "t3", code("two")), null);
    assert.equal(await stage.store.spendFactor({ userId, proof: code("three") }), true);
    assert.equal(await stage.store.spendFactor({ userId, proof: code("three") }), false);
  });

  test("a new password and a disabled account end what waited", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await withApp(stage, ben.id);
    await open(stage, ben.id, "t1");
    const keepSession = ben.sessionId;
    const change = { userId: ben.id, passwordHash: "new", keepSession, now: stage.now() };
    await stage.store.changePassword(change);
    assert.equal(await stage.store.pendingSignIn({ hash: "t1", now: stage.now() }), null);
    await open(stage, ben.id, "t2");
    const off = { actorId: ann.id, userId: ben.id, disabled: true, now: stage.now() };
    await stage.store.updateUser(off);
    assert.equal(await finish(stage, "t2", { kind: "totp", step: 12 }), null);
    await refused("forbidden", open(stage, ben.id, "t3"));
    const until = stage.now() + HOUR;
    await refused("forbidden", stage.store.beginTotp({ userId: ben.id, secret: "S", until }));
  });

  test("what is taken off is not asked for, and the log says who did it", async (stage) => {
    const { ann, ben, cleo } = await stage.people("ann", "ben", "cleo");
    await withApp(stage, ben.id);
    const userId = ben.id;
    const own = { userId, address, now: stage.now() };
    await stage.store.replaceRecoveryCodes({ ...own, hashes: ["three"] });
    await stage.store.removeTotp(own);
    await stage.store.removeTotp(own);
    assert.deepEqual(await stage.store.factorState({ userId }), {
      totpSince: null,
      recoveryCodes: 0,
    });
    assert.equal(await stage.store.replaceRecoveryCodes({ ...own, hashes: ["four"] }), false);
    await withApp(stage, ben.id);
    const by = (actorId: number) =>
      stage.store.removeFactors({ actorId, userId, address, now: stage.now() });
    await refused("forbidden", by(cleo.id));
    await by(ann.id);
    await by(ann.id);
    assert.equal((await open(stage, userId, "t1")).kind, "opened");
    assert.deepEqual(await acts(stage, ann.id), [
      "factor.on",
      "factor.codes",
      "factor.off",
      "factor.on",
      "user.factors",
    ]);
  });

  test("the log tells of staff's sign-ins, also of those that failed, and of nobody else's", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await withApp(stage, ann.id);
    for (const { id } of [ann, ben]) {
      await open(stage, id, `ticket of ${id}`);
      await open(stage, id, "", "oidc");
      const failure = { userId: id, address, now: stage.now() };
      await stage.store.noteFailedSignIn({ ...failure, step: "password" });
      await stage.store.noteFailedSignIn({ ...failure, step: "second" });
    }
    await finish(stage, `ticket of ${ann.id}`, { kind: "totp", step: 11 });
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 50 });
    const told = entries.filter(({ action }) => action.startsWith("sign_in")).reverse();
    assert.deepEqual(told.map(({ action, detail }) => [action, detail]), [
      ["sign_in.done", { way: "oidc" }],
      ["sign_in.failed", { step: "password" }],
      ["sign_in.failed", { step: "second" }],
      ["sign_in.done", { way: "password" }],
    ]);
    for (const { target } of told) {
      assert.deepEqual(target, { kind: "user", id: 1, username: "ann" });
    }
    await stage.store.noteFailedSignIn({ userId: 99, step: "password", address, now: stage.now() });
  });
}
