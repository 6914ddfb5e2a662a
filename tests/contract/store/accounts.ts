/** Accounts: signing up, names, passwords, roles. */
import assert from "node:assert/strict";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { openedSession } from "../../support/opened_session.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const publicUser = ({ sessionId: _, ...user }: Awaited<ReturnType<Stage["signup"]>>) => user;

const countAccounts = async ({ store }: Stage) =>
  (await store.searchUsers({ userId: 1, q: "", limit: 50 })).length;

export function accountTests(test: StoreTest): void {
  test("the first account becomes the owner, the next a member", async (stage) => {
    assert.equal(await stage.store.hasAccounts(), false);
    const ann = await stage.signup("ann");
    const ben = await stage.signup("ben");
    assert.equal(ann.role, "owner");
    assert.equal(ben.role, "member");
    assert.equal(await stage.store.hasAccounts(), true);
  });

  test("of many first accounts at once, one becomes the owner", async (stage) => {
    const people = await Promise.all(["ann", "ben", "cid", "dot"].map((n) => stage.signup(n)));
    assert.equal(people.filter((user) => user.role === "owner").length, 1);
  });

  test("every account is in general, which has the id 1", async (stage) => {
    const { ben } = await stage.people("ann", "ben");
    const [general, ...others] = (await snapshotOf(stage.store, ben.id)).rooms;
    assert.deepEqual(others, []);
    assert.equal(general!.id, 1);
    assert.equal(general!.name, "general");
    assert.equal(general!.kind, "public");
    assert.equal(general!.memberCount, 2);
    assert.equal(general!.membership.role, "member");
  });

  test("a username is taken in every case and compatible form", async (stage) => {
    await stage.signup("Zoë");
    await refused("conflict", stage.signup("zoË"));
    await refused("conflict", stage.signup("ZOE\u0308"));
    await stage.signup("zoe");
    assert.equal(await countAccounts(stage), 2);
  });

  test("a username that looks like somebody's is refused at its field", async (stage) => {
    await stage.signup("owner");
    await stage.signup("Ian");
    await stage.signup("rnona");
    const alike = ["оwner", "0wner", "OWNЕR", "οwner", "lan", "1an", "mona", "MONA"];
    for (const name of alike) {
      const error = await refused("conflict", stage.signup(name));
      assert.equal(error.errors?.[0]?.path, "username", name);
      assert.equal(error.errors?.[0]?.reason, "looks_like", name);
    }
    const same = await refused("conflict", stage.signup("OWNER"));
    assert.deepEqual(same.errors?.map(({ path, reason }) => [path, reason]), [
      ["username", "taken"],
    ]);
    for (const name of ["ian2", "anna", "владелец"]) await stage.signup(name);
  });

  test("of names that look alike, asked for at once, one is given", async (stage) => {
    await stage.signup("owner");
    const names = ["anna", "аnnа", "ANNA", "аnna", "annа"];
    const outcomes = await Promise.allSettled(names.map((name) => stage.signup(name)));
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    assert.equal(await countAccounts(stage), 2);
  });

  test("who shares a display name is marked, and no longer when the other has another", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const marks = async () => {
      const users = await Promise.all(
        [ann, ben, cid].map(({ id }) => stage.store.getUser({ userId: 1, id })),
      );
      return users.map((user) => user!.namesake ?? false);
    };
    const rename = async (user: { id: number }, displayName: string) => {
      stage.takeChanges();
      await stage.store.updateMe({ userId: user.id, displayName });
      return stage.takeChanges().flatMap((change) => change.type === "user" ? change.user.id : []);
    };
    await rename(ann, "Alex");
    assert.deepEqual(await marks(), [false, false, false]);
    assert.deepEqual(await rename(ben, "ALEX\u200d"), [ben.id, ann.id], "by key");
    assert.deepEqual(await marks(), [true, true, false]);
    assert.deepEqual(await rename(cid, "Аlех"), [cid.id], "by look; the others have each other");
    assert.deepEqual(await marks(), [true, true, true]);
    await rename(ben, "Ben");
    assert.deepEqual(await marks(), [true, false, true]);
    assert.deepEqual(await rename(cid, "Cid"), [cid.id, ann.id]);
    assert.deepEqual(await marks(), [false, false, false]);
    assert.deepEqual(await rename(cid, "BEN"), [cid.id, ben.id]);
    await rename(ben, "Benjamin");
    assert.deepEqual(await marks(), [false, false, true], "another's username");
    const newcomer = await stage.signup("alex");
    assert.equal((await stage.store.getUser({ userId: 1, id: newcomer.id }))!.namesake, true);
    assert.deepEqual(await marks(), [true, false, true], "a newcomer's username");
  });

  test("an account that was refused leaves nothing behind", async (stage) => {
    const { ann } = await stage.people("ann");
    stage.takeChanges();
    await refused("conflict", stage.signup("ANN"));
    assert.equal((await stage.memberRoom(ann, 1)).memberCount, 1);
    assert.deepEqual(stage.takeChanges(), []);
  });

  test("with firstOnly an account is refused once there is one", async (stage) => {
    const account = (username: string) => ({
      username,
      displayName: username,
      passwordHash: "hash",
      session: { device: "", address: "", expiresAt: stage.now() + 1000 },
      firstOnly: true,
      now: stage.now(),
    });
    const { user } = await stage.store.createAccount(account("ann"));
    assert.equal(user.role, "owner");
    await refused("forbidden", stage.store.createAccount(account("ben")));
  });

  test("credentials are found without regard to case, and null for a stranger", async (stage) => {
    const ann = await stage.signup("Ann");
    const expected = { user: publicUser(ann), passwordHash: "hash of Ann" };
    assert.deepEqual(await stage.store.credentials({ username: "aNN" }), expected);
    assert.deepEqual(await stage.store.credentialsOf({ userId: ann.id }), expected);
    assert.equal(await stage.store.credentials({ username: "ben" }), null);
    assert.equal(await stage.store.credentialsOf({ userId: 99 }), null);
  });

  test("a new password ends every other session and keeps this one", async (stage) => {
    const { ann } = await stage.people("ann");
    const session = { device: "", address: "", expiresAt: stage.now() + 60_000 };
    const other = await openedSession(stage.store, { userId: ann.id, session, now: stage.now() });
    stage.takeChanges();
    await stage.store.changePassword({
      userId: ann.id,
      passwordHash: "new",
      keepSession: ann.sessionId,
      now: stage.now(),
    });
    assert.equal((await stage.store.credentialsOf({ userId: ann.id }))?.passwordHash, "new");
    assert.equal(await stage.store.getSession({ id: other, now: stage.now() }), null);
    assert.ok(await stage.store.getSession({ id: ann.sessionId, now: stage.now() }));
    assert.deepEqual(stage.takeChanges(), [
      { type: "revoked", userId: ann.id, sessions: [other], reason: "password" },
    ]);
  });

  test("a password that was changed meanwhile is not changed by who knew the one before", async (stage) => {
    const { ann } = await stage.people("ann");
    const proven = "hash of ann";
    const change = (passwordHash: string) =>
      stage.store.changePassword({
        userId: ann.id,
        passwordHash,
        proven,
        keepSession: ann.sessionId,
        now: stage.now(),
      });
    const tries = await Promise.allSettled([change("first"), change("second")]);
    assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 1);
    await refused("forbidden", change("third"));
    const kept = (await stage.store.credentialsOf({ userId: ann.id }))?.passwordHash;
    assert.equal(kept, tries[0]!.status === "fulfilled" ? "first" : "second");
  });

  test("a password of nobody cannot be changed", async (stage) => {
    const change = { userId: 9, passwordHash: "x", keepSession: 1, now: stage.now() };
    await refused("not_found", stage.store.changePassword(change));
  });

  test("people are found by the beginning of either name, whose username it is before others", async (stage) => {
    const { ann, anders } = await stage.people("ann", "ben", "anders", "a%b");
    await stage.store.updateMe({ userId: ann.id, displayName: "Bertha" });
    const found = async (q: string, limit = 10) =>
      (await stage.store.searchUsers({ userId: 1, q, limit })).map((user) => user.username);
    assert.deepEqual(await found("AN"), ["anders", "ann"]);
    assert.deepEqual(await found("be"), ["ben", "ann"]);
    assert.deepEqual(await found(""), ["a%b", "anders", "ann", "ben"]);
    assert.deepEqual(await found("", 2), ["a%b", "anders"]);
    assert.deepEqual(await found("%"), []);
    assert.deepEqual(await found("nn"), []);
    assert.deepEqual(await stage.store.getUser({ userId: 1, id: anders.id }), publicUser(anders));
    assert.equal(await stage.store.getUser({ userId: 1, id: 99 }), null);
  });

  test("a new display name is announced to all, a setting to its owner alone", async (stage) => {
    const { ann } = await stage.people("ann");
    stage.takeChanges();
    const me = await stage.store.updateMe({ userId: ann.id, language: "ru", theme: "dark" });
    assert.equal(me.language, "ru");
    assert.equal(me.theme, "dark");
    assert.deepEqual(stage.takeChanges(), [{ type: "settings", userId: ann.id, user: me }]);
    await stage.store.updateMe({ userId: ann.id, language: "ru", theme: "dark" });
    assert.deepEqual(stage.takeChanges(), [], "the same again is no news");
    assert.deepEqual((await snapshotOf(stage.store, ann.id)).user, me);

    const renamed = await stage.store.updateMe({ userId: ann.id, displayName: "Annabel" });
    assert.equal(renamed.displayName, "Annabel");
    assert.equal(renamed.theme, "dark");
    const user = { ...publicUser(ann), displayName: "Annabel" };
    assert.deepEqual(stage.takeChanges(), [{ type: "user", user }]);
    const unset = await stage.store.updateMe({ userId: ann.id, language: null });
    assert.equal(unset.language, null);
    await refused("not_found", stage.store.updateMe({ userId: 99, theme: "dark" }));
  });

  test("a disabled account loses its sessions and cannot write", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    stage.takeChanges();
    const now = stage.now();
    const user = await stage.store.updateUser({
      actorId: ann.id,
      userId: ben.id,
      disabled: true,
      now,
    });
    assert.equal(user.disabled, true);
    assert.deepEqual(stage.takeChanges(), [
      { type: "user", user },
      { type: "revoked", userId: ben.id, sessions: "all", reason: "disabled" },
    ]);
    assert.equal(await stage.store.getSession({ id: ben.sessionId, now }), null);
    await refused("forbidden", stage.send(ben, 1, "still here?"));
    const session = { device: "", address: "", expiresAt: now + 1000 };
    await refused("forbidden", openedSession(stage.store, { userId: ben.id, session, now }));
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, disabled: false, now });
    await stage.send(ben, 1, "back again");
  });

  test("only the staff change accounts, never their own, the owner's, or a peer's", async (stage) => {
    const { ann, ben, cid, dot } = await stage.people("ann", "ben", "cid", "dot");
    const disable = (actorId: number, userId: number) =>
      stage.store.updateUser({ actorId, userId, disabled: true, now: stage.now() });
    const promote = (userId: number) =>
      stage.store.updateUser({ actorId: ann.id, userId, role: "admin", now: stage.now() });
    assert.equal((await promote(ben.id)).role, "admin");
    assert.equal((await promote(cid.id)).role, "admin");

    await refused("forbidden", disable(dot.id, cid.id));
    await refused("forbidden", disable(ann.id, ann.id));
    await refused("forbidden", disable(ben.id, ben.id));
    await refused("forbidden", disable(ben.id, ann.id));
    await refused("forbidden", disable(ben.id, cid.id));
    await refused("not_found", disable(ben.id, 99));
    assert.equal((await disable(ben.id, dot.id)).disabled, true);
    assert.equal((await disable(ann.id, cid.id)).disabled, true);
    await refused("forbidden", disable(cid.id, dot.id));
  });
}
