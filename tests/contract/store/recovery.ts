/** Links that set a new password, each once. */
import assert from "node:assert/strict";
import type { User } from "../../../lib/protocol/people.ts";
import { HOUR, refused, type Stage, type StoreTest } from "./stage.ts";

/** Staff make a link; its token's hash is as the test says. */
function make(stage: Stage, actor: User, user: User, tokenHash: string): Promise<void> {
  const now = stage.now();
  const expiresAt = now + HOUR;
  return stage.store.makeReset({ actorId: actor.id, userId: user.id, tokenHash, expiresAt, now });
}

async function find(stage: Stage, tokenHash: string): Promise<string | null> {
  const found = await stage.store.findReset({ tokenHash, now: stage.now() });
  return found?.user.username ?? null;
}

function use(stage: Stage, tokenHash: string, passwordHash = "new") {
  return stage.store.useReset({ tokenHash, passwordHash, now: stage.now() });
}

async function passwordOf({ store }: Stage, { id }: User): Promise<string | undefined> {
  return (await store.credentialsOf({ userId: id }))?.passwordHash;
}

export function recoveryTests(test: StoreTest): void {
  test("a link sets the password once, and ends every session, which its pages are told", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await make(stage, ann, ben, "one");
    assert.equal(await find(stage, "one"), "ben");
    stage.takeChanges();
    const { user } = await use(stage, "one");
    assert.equal(user.id, ben.id);
    assert.equal(await passwordOf(stage, ben), "new");
    assert.equal(await passwordOf(stage, ann), "hash of ann");
    assert.deepEqual(stage.takeChanges(), [
      { type: "revoked", userId: ben.id, sessions: [ben.sessionId], reason: "password" },
    ]);
    const now = stage.now();
    assert.equal(await stage.store.getSession({ id: ben.sessionId, now }), null);
    assert.notEqual(await stage.store.getSession({ id: ann.sessionId, now }), null);

    assert.equal(await find(stage, "one"), null);
    await refused("not_found", use(stage, "one", "again"));
    assert.equal(await passwordOf(stage, ben), "new");
  });

  test("of two who use one link at once, one sets the password and the other is told", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await make(stage, ann, ben, "one");
    const tries = await Promise.allSettled(
      ["first", "second", "third"].map((password) => use(stage, "one", password)),
    );
    const won = tries.flatMap(({ status }, at) => status === "fulfilled" ? [at] : []);
    assert.equal(won.length, 1);
    assert.equal(await passwordOf(stage, ben), ["first", "second", "third"][won[0]!]);
  });

  test("a link that is too old, or was never made, sets nothing", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const now = stage.now();
    const link = { actorId: ann.id, userId: ben.id, tokenHash: "old", expiresAt: now + 5, now };
    await stage.store.makeReset(link);
    const late = { tokenHash: "old", passwordHash: "new", now: now + 5 };
    assert.equal(await stage.store.findReset(late), null);
    await refused("not_found", stage.store.useReset(late));
    await refused("not_found", use(stage, "none"));
    assert.equal(await find(stage, "none"), null);
    assert.equal(await passwordOf(stage, ben), "hash of ben");
  });

  test("with a password that was set or changed, every other link of the account is void", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    for (const hash of ["one", "two"]) await make(stage, ann, ben, hash);
    await make(stage, ann, cid, "cid's");
    await use(stage, "one");
    assert.equal(await find(stage, "two"), null);
    await make(stage, ann, ben, "three");
    await stage.store.changePassword({
      userId: ben.id,
      passwordHash: "changed",
      keepSession: ben.sessionId,
      now: stage.now(),
    });
    assert.equal(await find(stage, "three"), null);
    assert.equal(await find(stage, "cid's"), "cid");
  });

  test("an account keeps its five newest links", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (let at = 0; at < 7; at++) await make(stage, ann, ben, `link ${at}`);
    const found = [];
    for (let at = 0; at < 7; at++) if (await find(stage, `link ${at}`) !== null) found.push(at);
    assert.deepEqual(found, [2, 3, 4, 5, 6]);
  });

  test("a link is void when its account changes role or is disabled, or its maker's does", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const change = (user: User, change: { role?: "admin" | "member"; disabled?: boolean }) =>
      stage.store.updateUser({ actorId: ann.id, userId: user.id, now: stage.now(), ...change });
    await make(stage, ann, cid, "before");
    await change(cid, { role: "admin" });
    assert.equal(await find(stage, "before"), null);

    await make(stage, cid, ben, "by an admin");
    await change(cid, { role: "member" });
    assert.equal(await find(stage, "by an admin"), null);
    await refused("not_found", use(stage, "by an admin"));

    await make(stage, ann, ben, "before the end");
    await change(ben, { disabled: true });
    await change(ben, { disabled: false });
    assert.equal(await find(stage, "before the end"), null);
  });

  test("no admin becomes the owner by a link that was made for whom the place is handed to", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const now = stage.now();
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, role: "admin", now });
    await make(stage, ben, cid, "ben's");
    await make(stage, ann, ben, "of the former owner");
    await stage.store.handOver({ actorId: ann.id, userId: cid.id, now: stage.now() });
    assert.equal(await find(stage, "ben's"), null);
    await refused("not_found", use(stage, "ben's"));
    assert.equal(await find(stage, "of the former owner"), null);
  });

  test("the log tells who made a link for whom, and that it was used, and holds neither", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const now = stage.now();
    const link = { actorId: ann.id, userId: ben.id, tokenHash: "one", expiresAt: now + HOUR, now };
    await stage.store.makeReset({ ...link, address: "192.0.2.7" });
    await stage.store.useReset({
      tokenHash: "one",
      passwordHash: "new",
      now,
      address: "192.0.2.8",
    });
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 9 });
    const target = { kind: "user", id: ben.id, username: "ben" };
    assert.deepEqual(entries.map(({ id: _id, ...entry }) => entry), [
      {
        at: now,
        actor: { kind: "stranger" },
        action: "user.reset",
        target,
        detail: { link: "staff" },
        address: "192.0.2.8",
      },
      {
        at: now,
        actor: { kind: "user", id: ann.id, username: "ann" },
        action: "user.reset_link",
        target,
        detail: {},
        address: "192.0.2.7",
      },
    ]);
  });

  test("only staff make links, and for nobody whom they may not change", async (stage) => {
    const { ann, ben, cid, dot } = await stage.people("ann", "ben", "cid", "dot");
    const promote = (user: User) =>
      stage.store.updateUser({ actorId: ann.id, userId: user.id, role: "admin", now: stage.now() });
    await promote(ben);
    await promote(cid);
    await make(stage, ben, dot, "fine");
    await make(stage, ann, ben, "of an admin, by the owner");
    for (const [actor, user] of [[dot, cid], [dot, ann], [ben, cid], [ben, ann], [ben, ben]]) {
      await refused("forbidden", make(stage, actor!, user!, "never"));
    }
    await refused("not_found", make(stage, ann, { ...dot, id: 999 }, "never"));
    assert.equal(await find(stage, "never"), null);
  });
}
