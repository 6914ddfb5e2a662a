/** What staff do about people: accounts listed, signed out, erased, and the place handed over. */
import assert from "node:assert/strict";
import type { User } from "../../../lib/protocol/people.ts";
import type { StaffAccount } from "../../../lib/protocol/staff.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

const act = (stage: Stage, actor: User, user: User) => ({
  actorId: actor.id,
  userId: user.id,
  now: stage.now(),
});

type Fate = { texts?: "keep" | "take"; username?: "free" | "keep" };

async function erase(stage: Stage, actor: User, user: User, fate: Fate = {}): Promise<User> {
  const { texts = "keep", username = "free" } = fate;
  const what = { texts, username, displayName: "Former member" };
  const result = await stage.store.eraseUser({ ...act(stage, actor, user), ...what });
  while (await stage.store.eraseMore({ now: stage.now() }));
  return result;
}

const list = async (
  stage: Stage,
  user: User,
  asked: { q?: string; state?: "active" | "disabled" },
) => {
  const all: StaffAccount[] = [];
  for (let after: string | null = null;;) {
    const { q = "", ...filter } = asked;
    const now = stage.now();
    const page = await stage.store.listAccounts({
      userId: user.id,
      q,
      ...filter,
      after,
      limit: 2,
      now,
    });
    all.push(...page.accounts);
    after = page.next;
    if (after === null) return all;
  }
};

const names = (accounts: readonly User[]) => accounts.map(({ username }) => username);

export function staffTests(test: StoreTest): void {
  test("staff list accounts by username, page by page, and find them by words, role and state", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "eve", "ben", "cid");
    await stage.store.updateUser({ ...act(stage, ann, cid), disabled: true });
    assert.deepEqual(names(await list(stage, ann, {})), ["ann", "ben", "cid", "eve"]);
    assert.deepEqual(names(await list(stage, ann, { q: "EV" })), ["eve"]);
    assert.deepEqual(names(await list(stage, ann, { state: "disabled" })), ["cid"]);
    assert.deepEqual(names(await list(stage, ann, { state: "active", q: "c" })), []);
    const [found] = await list(stage, ann, { q: "ben" });
    assert.deepEqual([found!.sessions, found!.secondFactor, found!.erasedAt], [1, false, null]);
    assert.ok(found!.createdAt > 0 && found!.lastSeen! > 0);
    await refused("forbidden", list(stage, ben, {}));
  });

  test("somebody is signed out everywhere, and may sign in again", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    stage.takeChanges();
    await stage.store.signOutUser(act(stage, ann, ben));
    assert.deepEqual(stage.takeChanges(), [
      { type: "revoked", userId: ben.id, sessions: "all", reason: "revoked" },
    ]);
    assert.equal(await stage.store.getSession({ id: ben.sessionId, now: stage.now() }), null);
    await refused("forbidden", stage.store.signOutUser(act(stage, ben, ann)));
  });

  test("the owner hands the place over: there is one owner before and after, and the former is an admin", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await refused("forbidden", stage.store.handOver(act(stage, ben, cid)));
    await refused("forbidden", stage.store.handOver(act(stage, ann, ann)));
    assert.equal((await stage.store.handOver(act(stage, ann, ben))).role, "owner");
    const roles = (await list(stage, ben, {})).map(({ role }) => role);
    assert.deepEqual(roles, ["admin", "owner", "member"]);
    await refused("forbidden", stage.store.handOver(act(stage, ann, cid)));
    await refused("forbidden", stage.store.updateUser({ ...act(stage, ann, ben), disabled: true }));
    const { entries } = await stage.store.listAudit({ userId: ben.id, before: null, limit: 1 });
    assert.equal(entries[0]!.action, "owner.handed_over");
  });

  test("the place goes to nobody who could not run it", async (stage) => {
    const { ann, guest, bot, gone } = await stage.people("ann", "guest", "bot", "gone");
    await stage.store.updateUser({ ...act(stage, ann, guest), role: "guest" });
    await stage.store.updateUser({ ...act(stage, ann, bot), role: "bot" });
    await stage.store.updateUser({ ...act(stage, ann, gone), disabled: true });
    for (const user of [guest, bot, gone]) {
      await refused("forbidden", stage.store.handOver(act(stage, ann, user)));
    }
  });

  test("of two who are given the place at once, one gets it", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const given = await Promise.allSettled(
      [ben, cid].map((user) => stage.store.handOver(act(stage, ann, user))),
    );
    assert.deepEqual(given.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const owners = (await list(stage, ann, {})).filter(({ role }) => role === "owner");
    assert.equal(owners.length, 1);
  });

  test("an erased person is nobody any more: names, password, sessions and rooms are gone", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "garden", ben, cid);
    const message = await stage.send(ben, 1, "hello");
    await stage.store.saveMessage({ userId: ben.id, message: message.id, on: true });
    stage.takeChanges();
    const erased = await erase(stage, ann, ben);
    const { username, displayName, disabled, role } = erased;
    assert.deepEqual({ username, displayName, disabled, role }, {
      username: `former-member-${ben.id}`,
      displayName: "Former member",
      disabled: true,
      role: "member",
    });
    const changes = stage.takeChanges();
    assert.ok(changes.some((change) => change.type === "revoked" && change.userId === ben.id));
    assert.ok(changes.some((change) => change.type === "user" && change.user.id === ben.id));
    assert.equal(await stage.store.getSession({ id: ben.sessionId, now: stage.now() }), null);
    assert.equal((await stage.store.credentialsOf({ userId: ben.id }))?.passwordHash, "");
    assert.equal(await stage.store.credentials({ username: "ben" }), null);
    assert.deepEqual(await stage.store.searchUsers({ userId: ann.id, q: "ben", limit: 9 }), []);
    for (const id of [1, room.id]) {
      const members = await stage.store.listMembers({ userId: cid.id, room: id });
      assert.ok(!members.some(({ id }) => id === ben.id));
    }
    // The room's owner left: the other member runs it.
    assert.equal((await stage.memberRoom(cid, room.id)).membership.role, "owner");
    assert.equal((await stage.memberRoom(cid, room.id)).memberCount, 1);
    const account = await stage.store.getAccount({ userId: ann.id, id: ben.id, now: stage.now() });
    assert.ok(account.erasedAt! > 0 && !account.erasing && account.sessions === 0);
  });

  test("what is deleted while its author is being erased is taken for good", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ben, 1, "mine");
    const fate = { username: "free", texts: "take", displayName: "Former member" } as const;
    await stage.store.eraseUser({ ...act(stage, ann, ben), ...fate });
    await stage.delete(ann, message);
    while (await stage.store.eraseMore({ now: stage.now() }));
    const back = { userId: ann.id, message: message.id, now: stage.now() };
    await refused("forbidden", stage.store.restoreMessage(back));
  });

  test("an erased account never comes back, and its former name is free", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await erase(stage, ann, ben);
    const back = { ...act(stage, ann, ben), disabled: false };
    await refused("forbidden", stage.store.updateUser(back));
    const again = await stage.signup("ben");
    assert.notEqual(again.id, ben.id);
  });

  test("an erased person's username is nobody else's where staff keep it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    assert.equal((await erase(stage, ann, ben, { username: "keep" })).username, "ben");
    await refused("conflict", stage.signup("ben"));
  });

  test("texts of an erased person are kept under the new name, or taken away, each by one step of its room", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.send(ann, 1, "mine");
    const theirs: number[] = [];
    for (let n = 0; n < 120; n++) theirs.push((await stage.send(ben, 1, `text ${n} @ann`)).id);
    await erase(stage, ann, ben);
    const head = async () => (await stage.memberRoom(ann, 1)).head;
    const before = await head();
    const read = async () => {
      return (await historyOf(stage.store, { userId: ann.id, room: 1, anchor: {}, limit: 100 }))
        .messages;
    };
    const kept = await read();
    assert.ok(kept.every(({ text }) => text !== ""));
    assert.equal(kept.at(-1)!.username, `former-member-${ben.id}`);
    stage.takeChanges();
    await erase(stage, ann, ben, { texts: "take" });
    const changed = stage.takeChanges().filter((change) => change.type === "message");
    assert.equal(changed.length, theirs.length);
    assert.deepEqual(
      changed.map((change) => change.rev),
      theirs.map((_, at) => before + at + 1),
    );
    assert.equal(await head(), before + theirs.length);
    const left = await read();
    assert.ok(
      left.filter(({ userId }) => userId === ben.id).every(({ text, deletedAt }) =>
        text === "" && deletedAt !== null
      ),
    );
    assert.equal((await stage.memberRoom(ann, 1)).membership.mentions, 0);
    assert.equal(await stage.store.eraseMore({ now: stage.now() }), false);
  });

  test("nobody erases themselves or the owner, and an admin is erased by the owner alone", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    for (const user of [ben, cid]) {
      await stage.store.updateUser({ ...act(stage, ann, user), role: "admin" });
    }
    await refused("forbidden", erase(stage, ann, ann));
    await refused("forbidden", erase(stage, ben, ann));
    await refused("forbidden", erase(stage, ben, cid));
    await refused("not_found", erase(stage, ann, { ...cid, id: 999 }));
    assert.equal((await erase(stage, ann, cid)).disabled, true);
  });
}
