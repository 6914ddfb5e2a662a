/** Rooms: who sees them, their names, direct rooms, changing them. */
import assert from "node:assert/strict";
import { joinedIn, refused, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

export function roomTests(test: StoreTest): void {
  test("a new room has its maker as owner and announces that they joined", async (stage) => {
    const { ann } = await stage.people("ann");
    stage.takeChanges();
    const now = stage.now();
    const room = await stage.store.createRoom({
      userId: ann.id,
      kind: "private",
      name: "Plans",
      topic: "for spring",
      now,
    });
    assert.deepEqual(room, {
      id: room.id,
      kind: "private",
      name: "Plans",
      topic: "for spring",
      head: 0,
      createdBy: ann.id,
      createdAt: now,
      archived: false,
      memberCount: 1,
      membership: {
        role: "owner",
        readSeq: 0,
        unread: 0,
        mentions: 0,
        notify: "all",
        favourite: false,
        threads: 0,
        joinedAt: now,
      },
    });
    assert.deepEqual(stage.takeChanges(), [
      { type: "joined", userId: ann.id, room, access: 1 },
    ]);
    assert.deepEqual(await stage.store.getRoom({ userId: ann.id, room: room.id }), room);
  });

  test("two public rooms cannot share a name, private rooms can", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.room("public", "Cooking", ann);
    await refused("conflict", stage.room("public", "COOKING", ben));
    await stage.room("private", "cooking", ann);
    await stage.room("private", "cooking", ben);
    const other = await stage.room("public", "other", ann);
    const rename = (name: string) =>
      stage.store.updateRoom({ userId: ann.id, room: other.id, name });
    await refused("conflict", rename("cooking"));
    assert.equal((await rename("OTHER")).name, "OTHER");
  });

  test("a public room's name that is another's, or looks like it, is refused at its field", async (stage) => {
    const { ann } = await stage.people("ann");
    const other = await stage.room("public", "other", ann);
    const private_ = await stage.room("private", "gеnеral", ann);
    const names: [string, string][] = [
      ["GENERAL", "taken"],
      ["ｇeneral", "taken"],
      ["gen\u2060eral", "taken"],
      ["gеnеral", "looks_like"],
      ["genera1", "looks_like"],
    ];
    for (const [name, reason] of names) {
      const attempts = [
        () => stage.room("public", name, ann),
        () => stage.store.updateRoom({ userId: ann.id, room: other.id, name }),
      ];
      for (const attempt of attempts) {
        const error = await refused("conflict", attempt());
        assert.deepEqual(error.errors?.map((each) => [each.path, each.reason]), [["name", reason]]);
      }
    }
    await stage.store.updateRoom({ userId: ann.id, room: private_.id, name: "genеral" });
    await stage.store.updateRoom({ userId: ann.id, room: other.id, name: "0ther" });
    await stage.store.updateRoom({ userId: ann.id, room: other.id, name: "free" });
    await stage.room("public", "other", ann);
  });

  test("a private room does not exist for strangers, the owner of the instance too", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "secret", ben);
    await refused("not_found", stage.store.getRoom({ userId: ann.id, room: room.id }));
    await refused("not_found", stage.store.listMembers({ userId: ann.id, room: room.id }));
    await refused("not_found", stage.store.getRoom({ userId: ann.id, room: 999 }));
    await refused(
      "not_found",
      stage.store.updateRoom({ userId: ann.id, room: room.id, topic: "" }),
    );
  });

  test("a public room shows itself to strangers, but not its members", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "open", ann);
    const seen = await stage.store.getRoom({ userId: ben.id, room: room.id });
    assert.equal("membership" in seen, false);
    assert.equal(seen.name, "open");
    await refused("forbidden", stage.store.listMembers({ userId: ben.id, room: room.id }));
  });

  test("public rooms are browsed by a part of their name, the largest first", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.room("public", "Small talk", ann);
    await stage.room("public", "Big talk", ann, ben);
    await stage.room("private", "Pillow talk", ann);
    const old = await stage.room("public", "Old talk", ann);
    await stage.store.updateRoom({ userId: ann.id, room: old.id, archived: true });
    const browse = async (q: string, limit = 10) =>
      (await stage.store.browseRooms({ userId: ben.id, q, limit })).map((room) => room.name);
    assert.deepEqual(await browse("TALK"), ["Big talk", "Small talk"]);
    assert.deepEqual(await browse("talk", 1), ["Big talk"]);
    assert.deepEqual(await browse(""), ["general", "Big talk", "Small talk"]);
    assert.deepEqual(await browse("%"), []);
    assert.deepEqual(await browse("\\"), []);
    assert.deepEqual([await browse("\0"), await browse("talk\0")], [[], []]);
  });

  test("a guest sees the public rooms that it is in, and makes none", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "open", ann);
    const now = stage.now();
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, role: "guest", now });
    const rooms = await stage.store.browseRooms({ userId: ben.id, q: "", limit: 10 });
    assert.deepEqual(rooms.map((room) => room.id), [1]);
    await refused("not_found", stage.store.getRoom({ userId: ben.id, room: room.id }));
    await refused("not_found", stage.add(room.id, ben, ben));
    await refused("forbidden", stage.room("public", "mine", ben));
  });

  test("the same people have one direct room, whoever opens it", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const open = (userId: number, users: number[]) =>
      stage.store.openDirect({ userId, users, now: stage.now() });
    stage.takeChanges();
    const first = await open(ann.id, [ben.id]);
    assert.equal(first.created, true);
    assert.equal(first.room.kind, "direct");
    assert.equal(first.room.users?.length, first.room.memberCount);
    assert.equal(first.room.name, null);
    assert.equal(first.room.memberCount, 2);
    // To ben it shows with the first message, or when he opens it himself.
    assert.deepEqual(stage.takeChanges(), [
      { type: "joined", userId: ann.id, room: first.room, access: 2 },
    ]);

    const second = await open(ben.id, [ann.id, ben.id]);
    assert.equal(second.created, false);
    assert.equal(second.room.id, first.room.id);
    assert.deepEqual(joinedIn(stage.takeChanges()), [[ben.id, first.room.id]]);
    assert.equal((await open(ben.id, [ann.id])).created, false);
    assert.deepEqual(stage.takeChanges(), []);
    assert.notEqual((await open(ann.id, [ben.id, cid.id])).room.id, first.room.id);
  });

  test("many who open a direct room at once get the same", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const opened = await Promise.all(Array.from({ length: 10 }, (_, index) => {
      const [from, to] = index % 2 === 0 ? [ann, ben] : [ben, ann];
      return stage.store.openDirect({ userId: from.id, users: [to.id], now: stage.now() });
    }));
    assert.equal(new Set(opened.map(({ room }) => room.id)).size, 1);
    assert.equal(opened.filter(({ created }) => created).length, 1);
  });

  test("no direct room is opened with the unknown, the disabled, or a crowd", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const open = (users: number[]) =>
      stage.store.openDirect({ userId: ann.id, users, now: stage.now() });
    await refused("not_found", open([99]));
    const crowd = Array.from({ length: 16 }, (_, index) => 100 + index);
    await refused("invalid", open(crowd));
    const now = stage.now();
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, disabled: true, now });
    await refused("not_found", open([ben.id]));
    assert.equal((await snapshotOf(stage.store, ann.id)).rooms.length, 1);
  });

  test("the room's owner and the staff change a room, a member does not", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("public", "garden", ben, ann, cid);
    const update = (userId: number, patch: { name?: string; topic?: string }) =>
      stage.store.updateRoom({ userId, room: room.id, ...patch });
    await refused("forbidden", update(cid.id, { topic: "weeds" }));
    stage.takeChanges();
    assert.equal((await update(ben.id, { topic: "roses" })).topic, "roses");
    assert.deepEqual(stage.takeChanges(), [{ type: "room", room: room.id }]);
    const after = await update(ann.id, { name: "yard" });
    assert.equal(after.name, "yard");
    assert.equal(after.topic, "roses");
    stage.takeChanges();
    await update(ann.id, { name: "yard" });
    assert.deepEqual(stage.takeChanges(), []);
  });

  test("a direct room has no name to change", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { room } = await stage.store.openDirect({
      userId: ann.id,
      users: [ben.id],
      now: stage.now(),
    });
    const rename = stage.store.updateRoom({ userId: ann.id, room: room.id, name: "us" });
    await refused("forbidden", rename);
  });

  test("an archived room can be brought back", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("public", "attic", ann);
    const archive = (archived: boolean) =>
      stage.store.updateRoom({ userId: ann.id, room: room.id, archived });
    assert.equal((await archive(true)).archived, true);
    await refused("forbidden", stage.send(ann, room.id, "dust"));
    const { userId, room: id } = { userId: ann.id, room: room.id };
    await refused("forbidden", stage.store.requireWriter({ userId, room: id }));
    assert.equal((await archive(false)).archived, false);
    await stage.store.requireWriter({ userId, room: id });
    await stage.send(ann, room.id, "light");
  });
}
