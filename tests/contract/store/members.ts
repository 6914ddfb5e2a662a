/** Members: joining, adding, leaving, removing, their own marks. */
import assert from "node:assert/strict";
import { refused, type StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

export function memberTests(test: StoreTest): void {
  test("whoever joins has nothing unread and is told of the room", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "open", ann);
    await stage.send(ann, room.id, "before you came, @ben");
    stage.takeChanges();
    await stage.add(room.id, ben, ben);
    const seen = await stage.memberRoom(ben, room.id);
    assert.equal(seen.membership.unread, 0);
    assert.equal(seen.membership.mentions, 0);
    assert.equal(seen.membership.readSeq, 1);
    assert.equal(seen.memberCount, 2);
    assert.deepEqual(stage.takeChanges(), [
      { type: "joined", userId: ben.id, room: seen, access: 2 },
      { type: "room", room: room.id },
    ]);
    await stage.add(room.id, ben, ben);
    await stage.add(room.id, ann, ben);
    assert.deepEqual(stage.takeChanges(), []);
    assert.equal((await stage.memberRoom(ben, room.id)).memberCount, 2);
  });

  test("the members of a small room are told how many they are, those of a large one not", async (stage) => {
    const people = await Promise.all(
      Array.from({ length: 102 }, (_, index) => stage.signup(`user${index}`)),
    );
    const tell = () => stage.takeChanges().filter(({ type }) => type === "room").length;
    tell();
    await stage.remove(1, people[101]!, people[101]!);
    assert.equal(tell(), 0, "101 are left");
    await stage.remove(1, people[100]!, people[100]!);
    assert.equal(tell(), 1, "100 are left");
  });

  test("a private room is entered only with a member's help", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "club", ann);
    await refused("not_found", stage.add(room.id, ben, ben));
    await refused("not_found", stage.add(room.id, ben, cid));
    await stage.add(room.id, ann, ben);
    await stage.add(room.id, ben, cid);
    const people = await stage.store.listMembers({ userId: cid.id, room: room.id });
    assert.deepEqual(people.map((member) => [member.username, member.membership.role]), [
      ["ann", "owner"],
      ["ben", "member"],
      ["cid", "member"],
    ]);
  });

  test("nobody adds the unknown or disabled, or to archived and direct rooms", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "club", ann);
    await refused("not_found", stage.add(room.id, ann, { ...ben, id: 99 }));
    const now = stage.now();
    await stage.store.updateUser({ actorId: ann.id, userId: cid.id, disabled: true, now });
    await refused("not_found", stage.add(room.id, ann, cid));
    await stage.store.updateRoom({ userId: ann.id, room: room.id, archived: true });
    await refused("forbidden", stage.add(room.id, ann, ben));
    const direct = await stage.store.openDirect({ userId: ann.id, users: [ann.id], now });
    await refused("forbidden", stage.add(direct.room.id, ann, ben));
  });

  test("an archived public room is not joined any more", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "attic", ann);
    await stage.store.updateRoom({ userId: ann.id, room: room.id, archived: true });
    await refused("forbidden", stage.add(room.id, ben, ben));
  });

  test("a member who was removed cannot read, write or change anything there", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "club", ann, ben);
    const clientId = stage.clientId();
    const message = await stage.send(ben, room.id, "hello", { clientId });
    stage.takeChanges();
    await stage.remove(room.id, ann, ben);
    assert.deepEqual(stage.takeChanges(), [
      { type: "left", userId: ben.id, room: room.id, access: 3 },
      { type: "room", room: room.id },
    ]);

    const at = { userId: ben.id, room: room.id };
    await refused("not_found", stage.send(ben, room.id, "let me in"));
    await refused("not_found", stage.resend(ben, room.id, "hello", clientId));
    await refused("not_found", stage.edit(ben, message, "changed"));
    await refused("not_found", stage.delete(ben, message));
    await refused("not_found", stage.react(ben, message, "👍"));
    await refused("not_found", historyOf(stage.store, { ...at, anchor: {}, limit: 10 }));
    await refused("not_found", stage.store.changes({ ...at, since: 0, limit: 10 }));
    await refused("not_found", stage.store.markRead({ ...at, seq: 1, now: stage.now() }));
    await refused("not_found", stage.store.requireWriter(at));
    await refused("not_found", stage.store.updateMembership({ ...at, notify: "none" }));
    assert.equal((await stage.memberRoom(ann, room.id)).head, 1);
    assert.equal((await stage.memberRoom(ann, room.id)).memberCount, 1);
  });

  test("in a public room a stranger is refused, and messages do not exist", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "open", ann);
    const message = await stage.send(ann, room.id, "hello");
    const at = { userId: ben.id, room: room.id };
    await refused("forbidden", stage.send(ben, room.id, "hi"));
    await refused("forbidden", historyOf(stage.store, { ...at, anchor: {}, limit: 10 }));
    await refused("forbidden", stage.store.changes({ ...at, since: 0, limit: 10 }));
    await refused("not_found", stage.react(ben, message, "👍"));
    await refused("not_found", stage.edit(ben, message, "mine"));
    await refused("not_found", stage.delete(ben, message));
  });

  test("members leave by themselves; only the owner and the staff remove others", async (stage) => {
    const { ann, ben, cid, dot } = await stage.people("ann", "ben", "cid", "dot");
    const room = await stage.room("private", "club", ben, cid, dot);
    await refused("forbidden", stage.remove(room.id, cid, dot));
    await refused("not_found", stage.remove(room.id, ann, dot));
    await refused("not_found", stage.remove(room.id, ben, ann));
    await stage.remove(room.id, cid, cid);
    await stage.remove(room.id, ben, dot);
    await refused("not_found", stage.remove(room.id, cid, cid));
    assert.equal((await stage.memberRoom(ben, room.id)).memberCount, 1);
  });

  test("nobody leaves a direct room", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const now = stage.now();
    const { room } = await stage.store.openDirect({ userId: ann.id, users: [ben.id], now });
    await refused("forbidden", stage.remove(room.id, ann, ann));
    await refused("forbidden", stage.remove(room.id, ann, ben));
  });

  test("when the last owner leaves, the oldest member takes over", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "club", ann, cid, ben);
    stage.takeChanges();
    await stage.remove(room.id, ann, ann);
    assert.deepEqual(stage.takeChanges(), [
      { type: "left", userId: ann.id, room: room.id, access: 4 },
      { type: "room", room: room.id },
    ]);
    assert.equal((await stage.memberRoom(cid, room.id)).membership.role, "owner");
    assert.equal((await stage.memberRoom(ben, room.id)).membership.role, "member");
    await stage.remove(room.id, cid, cid);
    await stage.remove(room.id, ben, ben);
    await refused("not_found", stage.store.getRoom({ userId: ben.id, room: room.id }));
  });

  test("whoever joins a room that everybody has left becomes its owner", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("public", "open", ann);
    await stage.remove(room.id, ann, ann);
    await stage.add(room.id, ben, ben);
    await stage.add(room.id, cid, cid);
    assert.equal((await stage.memberRoom(ben, room.id)).membership.role, "owner");
    assert.equal((await stage.memberRoom(cid, room.id)).membership.role, "member");
    assert.equal(
      (await stage.store.updateRoom({ userId: ben.id, room: room.id, topic: "mine" })).topic,
      "mine",
    );
  });

  test("a new account in a room general that everybody has left becomes its owner", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.remove(1, ann, ann);
    await stage.remove(1, ben, ben);
    const cid = await stage.signup("cid");
    assert.equal(cid.role, "member");
    assert.equal((await stage.memberRoom(cid, 1)).membership.role, "owner");
  });

  test("a member chooses what to be notified of", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const at = { userId: ann.id, room: 1 };
    stage.takeChanges();
    const membership = await stage.store.updateMembership({ ...at, notify: "mentions" });
    assert.equal(membership.notify, "mentions");
    assert.deepEqual(membership, (await stage.memberRoom(ann, 1)).membership);
    assert.deepEqual(stage.takeChanges(), [{ type: "membership", ...at }], "for ann alone");
    assert.equal((await stage.memberRoom(ben, 1)).membership.notify, "all");
    for (const nothingNew of [{}, { notify: "mentions" as const }]) {
      const unchanged = await stage.store.updateMembership({ ...at, ...nothingNew });
      assert.deepEqual(unchanged, membership);
    }
    assert.deepEqual(stage.takeChanges(), []);
  });

  test("a favourite is one's own, and is kept beside what one is notified of", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const at = { userId: ann.id, room: 1 };
    await stage.store.updateMembership({ ...at, notify: "mentions" });
    stage.takeChanges();
    const membership = await stage.store.updateMembership({ ...at, favourite: true });
    assert.deepEqual([membership.favourite, membership.notify], [true, "mentions"]);
    assert.deepEqual(stage.takeChanges(), [{ type: "membership", ...at }]);
    await stage.store.updateMembership({ ...at, favourite: true });
    assert.deepEqual(stage.takeChanges(), []);
    assert.equal((await stage.memberRoom(ben, 1)).membership.favourite, false);
    await stage.store.updateMembership({ ...at, notify: "all" });
    assert.equal((await stage.memberRoom(ann, 1)).membership.favourite, true);
  });

  test("a room is told as each of its members sees it", async (stage) => {
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, index) => stage.signup(`user${index}`)),
    );
    const ids = people.map((user) => user.id);
    await stage.send(people[0]!, 1, "hello");
    const seen = await stage.store.memberRooms({ room: 1, userIds: [...ids, 999, ids[0]!] });
    assert.deepEqual(
      seen.map((row) => row.userId).sort((a, b) => a - b),
      ids.sort((a, b) => a - b),
    );
    const unreadOf = new Map(seen.map((row) => [row.userId, row.room.membership.unread]));
    assert.equal(unreadOf.get(people[0]!.id), 0);
    assert.equal(unreadOf.get(people[19]!.id), 1);
    assert.deepEqual(await stage.store.memberRooms({ room: 1, userIds: [] }), []);
  });
}
