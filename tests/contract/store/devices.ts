/** New sign-ins, and who is told of them; codes to sign in on a phone, each step once. */
import assert from "node:assert/strict";
import { openedSession } from "../../support/opened_session.ts";
import { post, proven } from "./emails.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const PLACE = { device: "Firefox on Linux", address: "192.0.2.7" };

async function signIn(stage: Stage, userId: number, more: { confirmedBy?: number } = {}) {
  const now = stage.now();
  const session = { ...PLACE, expiresAt: now + HOUR, way: "passkey" as const, ...more };
  return await openedSession(stage.store, { userId, session, now });
}

async function told(stage: Stage, userId: number, sessionId: number): Promise<number[]> {
  return (await stage.store.listSignIns({ userId, sessionId })).signIns.map(({ id }) => id);
}

export function deviceTests(test: StoreTest): void {
  test("a sign-in is told to the user's other sessions, and to nobody else's", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    stage.takeChanges();
    const phone = await signIn(stage, ann.id);
    const at = stage.now() - 1;
    const one = { id: phone, at, ...PLACE, way: "passkey" as const, ended: false };
    assert.deepEqual(stage.takeChanges(), [
      { type: "signIn", userId: ann.id, signIn: one, confirmedBy: null },
    ]);
    assert.deepEqual(await stage.store.listSignIns({ userId: ann.id, sessionId: ann.sessionId }), {
      own: { device: "test", address: "192.0.2.1" },
      signIns: [one],
    });
    assert.deepEqual(await told(stage, ann.id, phone), [], "not to itself");
    assert.deepEqual(await told(stage, ben.id, ben.sessionId), []);
    assert.equal((await snapshotOf(stage.store, ann.id)).signIns, 1);
    assert.equal((await snapshotOf(stage.store, ben.id)).signIns, 0);
  });

  test("it stays told when that session has ended, and one that let it in is not told", async (stage) => {
    const { ann } = await stage.people("ann");
    const desk = await signIn(stage, ann.id);
    const phone = await signIn(stage, ann.id, { confirmedBy: desk });
    const now = stage.now();
    const end = { userId: ann.id, sessionId: phone, reason: "logout" as const, now };
    await stage.store.revokeSession(end);
    assert.deepEqual(await told(stage, ann.id, desk), []);
    const { signIns } = await stage.store.listSignIns({
      userId: ann.id,
      sessionId: ann.sessionId,
    });
    assert.deepEqual(signIns.map(({ id, ended }) => [id, ended]), [[phone, true], [desk, false]]);
  });

  test("a session that has ended lets no other one in", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const desk = await signIn(stage, ann.id);
    const now = stage.now();
    await stage.store.revokeSession({ userId: ann.id, sessionId: desk, reason: "revoked", now });
    const session = { ...PLACE, expiresAt: now + HOUR, way: "phone" as const };
    const ticket = { hash: "a ticket", expiresAt: now + HOUR };
    for (const confirmedBy of [desk, ben.sessionId]) {
      const opened = await stage.store.openSession({
        userId: ann.id,
        session: { ...session, confirmedBy },
        passwordHash: null,
        ticket,
        now,
      });
      assert.deepEqual(opened, { kind: "changed" });
    }
  });

  test("what a session from before has acknowledged is told to none; a newer one acknowledges for itself alone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [intruder, accomplice] = [await signIn(stage, ann.id), await signIn(stage, ann.id)];
    const see = (sessionId: number, ...ids: number[]) =>
      stage.store.seeSignIns({ userId: ann.id, sessionId, ids });
    stage.takeChanges();

    await see(accomplice, intruder);
    assert.deepEqual(await told(stage, ann.id, accomplice), []);
    assert.deepEqual(await told(stage, ann.id, ann.sessionId), [accomplice, intruder]);
    await see(intruder, intruder);
    assert.deepEqual(await told(stage, ann.id, ann.sessionId), [accomplice, intruder]);
    await stage.store.seeSignIns({
      userId: ben.id,
      sessionId: ben.sessionId,
      ids: [intruder, accomplice],
    });
    assert.deepEqual(await told(stage, ann.id, ann.sessionId), [accomplice, intruder]);

    stage.takeChanges();
    await see(ann.sessionId, intruder, accomplice);
    assert.deepEqual(stage.takeChanges(), [{ type: "signInsSeen", userId: ann.id }]);
    const later = await signIn(stage, ann.id);
    for (const session of [ann.sessionId, intruder, accomplice]) {
      assert.deepEqual(await told(stage, ann.id, session), [later]);
    }
    assert.deepEqual(await told(stage, ann.id, later), []);
    stage.takeChanges();
    await see(ann.sessionId, intruder);
    assert.deepEqual(stage.takeChanges(), [], "again");
  });

  test("whoever has a proven address is told by mail of a new place, and not of one that is known", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await proven(stage, ann, "ann@example.org");
    await post(stage);
    await signIn(stage, ben.id);
    await signIn(stage, ann.id);
    await signIn(stage, ann.id);
    const letters = await post(stage);
    assert.deepEqual(letters.map(({ kind, to, detail }) => [kind, to, detail.device]), [
      ["sign_in", "ann@example.org", PLACE.device],
    ]);
    assert.equal(letters[0]!.detail.address, PLACE.address);
  });

  test("of a user's sign-ins the newest fifty of a month are kept", async (stage) => {
    const { ann } = await stage.people("ann");
    const { id: userId, sessionId } = ann;
    for (let made = 0; made < 55; made++) await signIn(stage, userId);
    assert.equal((await snapshotOf(stage.store, userId)).signIns, 50);
    assert.equal((await told(stage, userId, sessionId)).length, 20);
    const now = stage.now() + 31 * 24 * HOUR;
    const session = { ...PLACE, expiresAt: now + HOUR };
    await openedSession(stage.store, { userId, session, now });
    assert.equal((await snapshotOf(stage.store, userId)).signIns, 1);
  });

  const make = async (stage: Stage, user: { id: number; sessionId: number }, codeHash: string) => {
    const now = stage.now();
    return await stage.store.makePhoneLink({
      userId: user.id,
      sessionId: user.sessionId,
      nonce: `nonce of ${codeHash}`,
      codeHash,
      now,
      expiresAt: now + HOUR,
    });
  };
  const claim = (stage: Stage, codeHash: string, claimHash: string, at = stage.now()) =>
    stage.store.claimPhoneLink({
      codeHash,
      claimHash,
      device: "Chrome on Android",
      address: "198.51.100.3",
      check: "0042",
      now: at,
      expiresAt: at + HOUR,
    });
  const decide = (
    stage: Stage,
    user: { id: number; sessionId: number },
    id: number,
    allow: boolean,
  ) => {
    const now = stage.now();
    return stage.store.decidePhoneLink({
      userId: user.id,
      sessionId: user.sessionId,
      id,
      allow,
      now,
      expiresAt: now + HOUR,
    });
  };
  const spend = (stage: Stage, claimHash: string) =>
    stage.store.spendPhoneLink({ claimHash, now: stage.now() });

  test("a phone claims a code, is confirmed, and spends it: each once", async (stage) => {
    const { ann } = await stage.people("ann");
    const { id: userId, sessionId } = ann;
    const id = await make(stage, ann, "code");
    const shown = async () => await stage.store.phoneLink({ userId, sessionId, now: stage.now() });
    assert.deepEqual(await shown().then((link) => [link?.id, link?.state, link?.nonce]), [
      id,
      "waiting",
      "nonce of code",
    ]);
    const offer = () => stage.store.offeredPhoneLink({ codeHash: "code", now: stage.now() });
    assert.equal((await offer())?.username, "ann");
    await refused("not_found", decide(stage, ann, id, true));

    assert.equal((await claim(stage, "code", "ticket")).username, "ann");
    assert.equal(await offer(), null);
    await refused("not_found", claim(stage, "code", "another"));
    const { device, address, check, state } = (await shown())!;
    assert.deepEqual([device, address, check, state], [
      "Chrome on Android",
      "198.51.100.3",
      "0042",
      "asked",
    ]);
    await refused("not_found", spend(stage, "ticket"));

    await decide(stage, ann, id, true);
    await refused("not_found", decide(stage, ann, id, false));
    await refused("not_found", spend(stage, "code"));
    assert.deepEqual(await spend(stage, "ticket"), { userId, confirmedBy: sessionId });
    await refused("not_found", spend(stage, "ticket"));
    assert.equal((await shown())?.state, "done");
  });

  test("of two phones at once one gets the code, and of two that spend a claim one", async (stage) => {
    const { ann } = await stage.people("ann");
    const id = await make(stage, ann, "code");
    const claims = await Promise.allSettled(
      ["a", "b", "c"].map((ticket) => claim(stage, "code", ticket)),
    );
    const won = claims.flatMap(({ status }, at) => status === "fulfilled" ? ["abc"[at]!] : []);
    assert.equal(won.length, 1);
    await decide(stage, ann, id, true);
    const spent = await Promise.allSettled([1, 2, 3].map(() => spend(stage, won[0]!)));
    assert.deepEqual(spent.map(({ status }) => status).sort(), [
      "fulfilled",
      "rejected",
      "rejected",
    ]);
  });

  test("a refused phone gets nothing, and no other session decides", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const id = await make(stage, ann, "code");
    await claim(stage, "code", "ticket");
    const other = await signIn(stage, ann.id);
    await refused("not_found", decide(stage, { id: ann.id, sessionId: other }, id, true));
    await refused("not_found", decide(stage, ben, id, true));
    await decide(stage, ann, id, false);
    await refused("not_found", spend(stage, "ticket"));
    const claimed = await stage.store.claimedPhoneLink({ claimHash: "ticket", now: stage.now() });
    assert.equal(claimed?.state, "refused");
  });

  test("a code ends with its time, with the next one, with its session and with its account", async (stage) => {
    const { owner, ann } = await stage.people("owner", "ann");
    const { id: userId } = ann;
    const offer = (codeHash: string, now = stage.now()) =>
      stage.store.offeredPhoneLink({ codeHash, now });
    await make(stage, ann, "first");
    const second = await make(stage, ann, "second");
    assert.equal(await offer("first"), null, "the next one took its place");
    assert.equal(await offer("second", stage.now() + 2 * HOUR), null, "its time is over");
    await refused("not_found", claim(stage, "second", "late", stage.now() + 2 * HOUR));

    await claim(stage, "second", "ticket");
    await decide(stage, ann, second, true);
    const now = stage.now();
    await stage.store.revokeSession({
      userId,
      sessionId: ann.sessionId,
      reason: "revoked",
      now,
    });
    await refused("not_found", spend(stage, "ticket"));
    assert.equal(await stage.store.claimedPhoneLink({ claimHash: "ticket", now }), null);

    const session = await signIn(stage, userId);
    await make(stage, { id: userId, sessionId: session }, "third");
    await stage.store.updateUser({ actorId: owner.id, userId, disabled: true, now: stage.now() });
    assert.equal(await offer("third"), null);
    await refused("forbidden", make(stage, { id: userId, sessionId: session }, "fourth"));
    await refused("forbidden", stage.store.listSignIns({ userId, sessionId: session }));
    await refused("forbidden", stage.store.seeSignIns({ userId, sessionId: session, ids: [] }));
  });
}
