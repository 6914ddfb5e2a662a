/** Passkeys: kept once, used once, counted, and asked for after the password as their owner says. */
import assert from "node:assert/strict";
import type { NewPasskey } from "../../../lib/store/contract/passkeys.ts";
import { MOST_PASSKEYS } from "../../../lib/protocol/limits.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";

const passkey = (credential: string, more: Partial<NewPasskey> = {}): NewPasskey => ({
  credential,
  publicKey: "a key",
  counter: 0,
  transports: ["internal"],
  name: "A laptop",
  synced: false,
  alone: true,
  ...more,
});

let challenges = 0;

function challengeOf(stage: Stage) {
  return { hash: `challenge ${++challenges}`, expiresAt: stage.now() + HOUR };
}

function adder(stage: Stage, userId: number) {
  return (credential: string, more: Partial<NewPasskey> = {}) =>
    stage.store.addPasskey({
      userId,
      passkey: passkey(credential, more),
      challenge: challengeOf(stage),
      address: "192.0.2.1",
      now: stage.now(),
    });
}

/** What is asked for after the password. */
async function askedOf(stage: Stage, userId: number) {
  const now = stage.now();
  const session = { device: "", address: "", expiresAt: now + HOUR, way: "password" } as const;
  const ticket = { hash: `ticket ${++challenges}`, expiresAt: now + HOUR };
  const opening = { userId, session, passwordHash: null, ticket, now };
  const opened = await stage.store.openSession(opening);
  return opened.kind === "second_factor" ? opened.methods : [];
}

export function passkeyTests(test: StoreTest): void {
  test("a passkey is kept for its owner, and found by what a browser shows", async (stage) => {
    const { ann, bob } = await stage.people("ann", "bob");
    const added = await adder(stage, ann.id)("one", { transports: ["usb", "nfc"], counter: 7 });
    assert.deepEqual(added, {
      ...passkey("one", { transports: ["usb", "nfc"], counter: 7 }),
      id: added.id,
      userId: ann.id,
      createdAt: added.createdAt,
      lastUsed: null,
    });
    assert.deepEqual(await stage.store.findPasskey({ credential: "one" }), added);
    assert.equal(await stage.store.findPasskey({ credential: "two" }), null);
    assert.deepEqual(await stage.store.listPasskeys({ userId: ann.id }), [added]);
    assert.deepEqual(await stage.store.listPasskeys({ userId: bob.id }), []);
  });

  test("one passkey is one account's, and an account has no more than its most", async (stage) => {
    const { ann, bob } = await stage.people("ann", "bob");
    await adder(stage, ann.id)("one");
    await refused("conflict", adder(stage, bob.id)("one"));
    await refused("conflict", adder(stage, ann.id)("one"));
    const add = adder(stage, bob.id);
    for (let kept = 0; kept < MOST_PASSKEYS; kept++) await add(`bob's ${kept}`);
    await refused("invalid", add("one more"));
  });

  test("a challenge adds one passkey, and lets one in, once; of two at once one wins", async (stage) => {
    const { ann } = await stage.people("ann");
    const { store } = stage;
    const now = () => stage.now();
    const challenge = challengeOf(stage);
    const add = (credential: string) =>
      store.addPasskey({
        userId: ann.id,
        passkey: passkey(credential),
        challenge,
        address: "",
        now: now(),
      });
    const { id } = await add("one");
    await refused("forbidden", add("two"));
    assert.equal(await store.findPasskey({ credential: "two" }), null);
    const again = challengeOf(stage);
    const use = () =>
      store.usePasskey({ id, counter: 0, synced: false, challenge: again, now: now() });
    assert.deepEqual((await Promise.all([use(), use()])).sort(), [false, true]);
    assert.equal(await use(), false);
  });

  test("a counter that does not rise betrays a copy, and one that is always 0 betrays nothing", async (stage) => {
    const { ann } = await stage.people("ann");
    const { store } = stage;
    const { id } = await adder(stage, ann.id)("one", { counter: 5 });
    const used = stage.now();
    const use = (counter: number, of = id) =>
      store.usePasskey({
        id: of,
        counter,
        synced: true,
        challenge: challengeOf(stage),
        now: used,
      });
    assert.equal(await use(5), false);
    assert.equal(await use(0), false);
    assert.equal(await use(6), true);
    assert.equal(await use(6), false);
    const found = await store.findPasskey({ credential: "one" });
    assert.deepEqual([found?.counter, found?.synced, found?.lastUsed], [6, true, used]);
    const { id: plain } = await adder(stage, ann.id)("never counts");
    assert.equal(await use(0, plain), true);
    assert.equal(await use(0, plain), true);
    assert.equal(await use(0, 999), false);
  });

  test("the first passkey is asked for after the password, until its owner does not want it", async (stage) => {
    const { ann } = await stage.people("ann");
    const { store } = stage;
    const now = () => stage.now();
    const userId = ann.id;
    const set = (on: boolean) =>
      store.setPasskeysAfterPassword({ userId, on, address: "", now: now() });
    assert.deepEqual(await askedOf(stage, userId), []);
    await adder(stage, userId)("one");
    assert.deepEqual(await askedOf(stage, userId), ["passkey"]);
    assert.equal(await store.passkeysAfterPassword({ userId }), true);
    await set(false);
    assert.deepEqual(await askedOf(stage, userId), []);
    await adder(stage, userId)("two");
    assert.deepEqual(await askedOf(stage, userId), [], "as the others");
    assert.equal(await store.passkeysAfterPassword({ userId }), false);
    await set(true);
    assert.deepEqual(await askedOf(stage, userId), ["passkey"]);
  });

  test("beside an authenticator app every passkey may stand in for it; staff take all away", async (stage) => {
    const { ann, bob } = await stage.people("ann", "bob");
    const { store } = stage;
    const now = () => stage.now();
    const userId = bob.id;
    await adder(stage, userId)("one");
    await store.setPasskeysAfterPassword({ userId, on: false, address: "", now: now() });
    await store.beginTotp({ userId, secret: "SECRET", until: now() + HOUR });
    const recoveryHashes = ["a hash"];
    const given = { userId, secret: "SECRET", step: 1, recoveryHashes, address: "", now: now() };
    await store.confirmTotp(given);
    assert.deepEqual(await askedOf(stage, userId), ["totp", "passkey", "recovery"]);
    assert.deepEqual(await store.confirmMethods({ userId }), ["password", "code", "passkey"]);
    await store.removeFactors({ actorId: ann.id, userId, now: now() });
    assert.deepEqual(await askedOf(stage, userId), []);
    assert.deepEqual(await store.listPasskeys({ userId }), []);
  });

  test("only its owner renames and removes a passkey; with the last one the recovery codes go", async (stage) => {
    const { ann, bob } = await stage.people("ann", "bob");
    const { store } = stage;
    const now = () => stage.now();
    const { id } = await adder(stage, ann.id)("one");
    const remove = (userId: number) => store.removePasskey({ userId, id, address: "", now: now() });
    const rename = (userId: number) => store.renamePasskey({ userId, id, name: "The blue one" });
    await refused("not_found", rename(bob.id));
    await refused("not_found", remove(bob.id));
    await rename(ann.id);
    assert.equal((await store.listPasskeys({ userId: ann.id }))[0]?.name, "The blue one");
    const hashes = ["a hash"];
    const codes = { userId: ann.id, hashes, address: "", now: now() };
    assert.equal(await store.replaceRecoveryCodes(codes), true);
    assert.deepEqual(await askedOf(stage, ann.id), ["passkey", "recovery"]);
    await remove(ann.id);
    await refused("not_found", remove(ann.id));
    assert.equal((await store.factorState({ userId: ann.id })).recoveryCodes, 0);
    await adder(stage, ann.id)("another");
    assert.deepEqual(await askedOf(stage, ann.id), ["passkey"]);
  });

  test("the audit log tells of passkeys that came and went, by their names", async (stage) => {
    const { ann } = await stage.people("ann");
    const { store } = stage;
    const now = () => stage.now();
    const { id } = await adder(stage, ann.id)("one");
    const off = { userId: ann.id, on: false, address: "192.0.2.8", now: now() };
    await store.setPasskeysAfterPassword(off);
    await store.removePasskey({ userId: ann.id, id, address: "192.0.2.9", now: now() });
    const { entries } = await store.listAudit({ userId: ann.id, before: null, limit: 10 });
    assert.deepEqual(
      entries.filter(({ action }) => action.startsWith("passkey.")).map((entry) => [
        entry.action,
        entry.detail,
        entry.address,
      ]),
      [
        ["passkey.removed", { name: "A laptop" }, "192.0.2.9"],
        ["passkey.after_password", { on: false }, "192.0.2.8"],
        ["passkey.added", { name: "A laptop" }, "192.0.2.1"],
      ],
    );
  });
}
