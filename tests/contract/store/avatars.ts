/** People's and rooms' pictures. */
import assert from "node:assert/strict";
import { refused, type Stage, type StoreTest } from "./stage.ts";

const RED = { version: "0123456789abcdef", type: "image/webp", data: "UkVE" };
const BLUE = { version: "fedcba9876543210", type: "image/webp", data: "QkxVRQ==" };

async function guest(stage: Stage, by: number) {
  const { gus } = await stage.people("gus");
  await stage.store.updateUser({
    actorId: by,
    userId: gus.id,
    role: "guest",
    now: stage.now(),
  });
  return gus;
}

export function avatarTests(test: StoreTest): void {
  test("a picture of oneself takes the place of the one before, and everybody is told", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    stage.takeChanges();
    const me = await stage.store.setAvatar({ userId: ann.id, picture: RED });
    const avatar = `/avatars/${ann.id}/${RED.version}`;
    assert.equal(me.avatar, avatar);
    const { language: _language, theme: _theme, showLocalTime: _show, ...user } = me;
    assert.deepEqual(stage.takeChanges(), [{ type: "user", user }]);
    await stage.store.setAvatar({ userId: ann.id, picture: RED });
    assert.deepEqual(stage.takeChanges(), []);
    const seen = (version: string) =>
      stage.store.avatarPicture({ userId: ben.id, id: ann.id, version });
    assert.deepEqual(await seen(RED.version), { type: RED.type, data: RED.data });
    await stage.store.setAvatar({ userId: ann.id, picture: BLUE });
    assert.deepEqual([await seen(RED.version), (await seen(BLUE.version))?.data], [
      null,
      BLUE.data,
    ]);
    assert.equal((await stage.store.setAvatar({ userId: ann.id, picture: null })).avatar, null);
    assert.equal(await seen(BLUE.version), null);
    assert.equal((await stage.store.getUser({ userId: ben.id, id: ann.id }))!.avatar, null);
    await refused("not_found", stage.store.setAvatar({ userId: 99, picture: RED }));
  });

  test("a guest sees the pictures of those in their rooms alone, and who is disabled sets none", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "Plans", ann);
    const gus = await guest(stage, ann.id);
    await stage.store.removeMember({ actorId: gus.id, room: 1, userId: gus.id }).catch(() => {});
    await stage.add(room.id, ann, gus);
    for (const { id } of [ann, ben]) await stage.store.setAvatar({ userId: id, picture: RED });
    const seen = (id: number) =>
      stage.store.avatarPicture({ userId: gus.id, id, version: RED.version });
    const shares = await stage.store.getUser({ userId: gus.id, id: ben.id }) !== null;
    assert.deepEqual([await seen(ann.id) !== null, await seen(ben.id) !== null], [true, shares]);
    await stage.store.updateUser({
      actorId: ann.id,
      userId: ben.id,
      disabled: true,
      now: stage.now(),
    });
    await refused("forbidden", stage.store.setAvatar({ userId: ben.id, picture: BLUE }));
  });

  test("staff take somebody's picture away: everybody is told, and the log has it once", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    await stage.store.setAvatar({ userId: ben.id, picture: RED });
    const act = { actorId: ann.id, userId: ben.id, address: "192.0.2.7", now: stage.now() };
    await refused("forbidden", stage.store.removeUserAvatar({ ...act, actorId: cid.id }));
    await refused("forbidden", stage.store.removeUserAvatar({ ...act, actorId: ben.id }));
    await refused("not_found", stage.store.removeUserAvatar({ ...act, userId: 99 }));
    const seen = () =>
      stage.store.avatarPicture({ userId: cid.id, id: ben.id, version: RED.version });
    assert.ok(await seen() !== null);
    stage.takeChanges();
    await stage.store.removeUserAvatar(act);
    const user = (await stage.store.getUser({ userId: cid.id, id: ben.id }))!;
    assert.equal(user.avatar, null);
    assert.deepEqual(stage.takeChanges(), [{ type: "user", user }]);
    assert.equal(await seen(), null);
    // There is nothing to take away any more.
    await stage.store.removeUserAvatar(act);
    assert.deepEqual(stage.takeChanges(), []);
    const { entries } = await stage.store.listAudit({
      userId: ann.id,
      action: "user.picture",
      before: null,
      limit: 9,
    });
    assert.deepEqual(
      entries.map(({ actor, target, address }) => [actor, target, address]),
      [[
        { kind: "user", id: ann.id, username: "ann" },
        { kind: "user", id: ben.id, username: "ben" },
        "192.0.2.7",
      ]],
    );
    await stage.store.setAvatar({ userId: ben.id, picture: BLUE });
    const again = { userId: cid.id, id: ben.id, version: BLUE.version };
    assert.ok(await stage.store.avatarPicture(again) !== null, "they may set another one");
  });

  test("an erased person's picture is gone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.store.setAvatar({ userId: ben.id, picture: RED });
    const erasing = { actorId: ann.id, userId: ben.id, address: "", now: stage.now() };
    const fate = { texts: "keep", username: "free", displayName: "Former member" } as const;
    await stage.store.eraseUser({ ...erasing, ...fate });
    assert.equal((await stage.store.getUser({ userId: ann.id, id: ben.id }))!.avatar, null);
    const wanted = { userId: ann.id, id: ben.id, version: RED.version };
    assert.equal(await stage.store.avatarPicture(wanted), null);
  });
}

export function roomPictureTests(test: StoreTest): void {
  test("whoever may change a room sets its picture; its members are told, and who sees it sees that", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { id: room } = await stage.room("private", "Plans", ann, ben);
    stage.takeChanges();
    const set = { userId: ann.id, room, picture: RED };
    const changed = await stage.store.setRoomPicture(set);
    assert.equal(changed.picture, `/rooms/${room}/picture/${RED.version}`);
    assert.deepEqual(stage.takeChanges(), [{ type: "room", room }]);
    assert.equal((await stage.memberRoom(ben, room)).picture, changed.picture);
    await stage.store.setRoomPicture(set);
    assert.deepEqual(stage.takeChanges(), []);
    const seen = (userId: number) =>
      stage.store.roomPicture({ userId, room, version: RED.version });
    assert.deepEqual(await seen(ben.id), { type: RED.type, data: RED.data });
    await refused("not_found", seen(cid.id));
    await refused("forbidden", stage.store.setRoomPicture({ ...set, userId: ben.id }));
    await refused("not_found", stage.store.setRoomPicture({ ...set, userId: cid.id }));
    const without = await stage.store.setRoomPicture({ ...set, picture: null });
    assert.equal("picture" in without, false);
    assert.equal(await seen(ben.id), null);
  });
}
