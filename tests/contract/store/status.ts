/** What people say of themselves for a while, when it ends, and where their clock stands. */
import assert from "node:assert/strict";
import type { User } from "../../../lib/protocol/people.ts";
import { HOUR, type Stage, START, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const LUNCH = { emoji: "🍜", text: "At lunch", until: START + HOUR };

const seen = (stage: Stage, id: number, userId = 1) => stage.store.getUser({ userId, id });

function toldOf(stage: Stage): Pick<User, "id" | "status">[] {
  return stage.takeChanges().flatMap((change) =>
    change.type === "user" ? [{ id: change.user.id, status: change.user.status }] : []
  );
}

export function statusTests(test: StoreTest): void {
  test("what somebody says of themselves is seen by all, until they take it back", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    assert.equal((await seen(stage, ben.id))!.status, null);
    stage.takeChanges();
    const me = await stage.store.updateMe({ userId: ben.id, status: LUNCH });
    assert.deepEqual(me.status, LUNCH);
    assert.deepEqual(toldOf(stage), [{ id: ben.id, status: LUNCH }]);
    assert.deepEqual((await seen(stage, ben.id))!.status, LUNCH);
    const { users } = await snapshotOf(stage.store, ann.id);
    assert.deepEqual(users.find(({ id }) => id === ben.id)?.status, LUNCH);
    const members = await stage.store.pageMembers({
      userId: ann.id,
      room: 1,
      after: 0,
      limit: 10,
    });
    assert.deepEqual(members.find(({ id }) => id === ben.id)?.status, LUNCH);

    await stage.store.updateMe({ userId: ben.id, theme: "dark" });
    assert.deepEqual((await seen(stage, ben.id))!.status, LUNCH, "another setting leaves it");
    stage.takeChanges();
    await stage.store.updateMe({ userId: ben.id, status: null });
    assert.deepEqual(toldOf(stage), [{ id: ben.id, status: null }]);
    await stage.store.updateMe({ userId: ben.id, status: null });
    assert.deepEqual(toldOf(stage), [], "nothing new");
  });

  test("it ends when its time has come, once, and another one stays", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { store } = stage;
    assert.equal(await store.nextStatusEnd(), null);
    await store.updateMe({ userId: ben.id, status: LUNCH });
    await store.updateMe({ userId: ann.id, status: { ...LUNCH, until: LUNCH.until + 1 } });
    await store.updateMe({ userId: cid.id, status: { ...LUNCH, until: null } });
    assert.equal(await store.nextStatusEnd(), LUNCH.until);
    stage.takeChanges();
    await store.endStatuses({ now: LUNCH.until - 1 });
    assert.deepEqual(toldOf(stage), []);
    await Promise.all([
      store.endStatuses({ now: LUNCH.until }),
      store.endStatuses({ now: LUNCH.until }),
    ]);
    assert.deepEqual(toldOf(stage), [{ id: ben.id, status: null }]);
    assert.equal(await store.nextStatusEnd(), LUNCH.until + 1);
    assert.equal((await seen(stage, ben.id))!.status, null);
    assert.notEqual((await seen(stage, cid.id))!.status, null);
  });

  test("a time zone is seen by others, unless its owner hides it: then it is not kept", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const zone = async () => (await seen(stage, ben.id, ann.id))!.timeZone;
    assert.equal(await zone(), undefined);
    stage.takeChanges();
    const me = await stage.store.updateMe({ userId: ben.id, timeZone: "Europe/Paris" });
    assert.equal(me.showLocalTime, true);
    assert.equal(await zone(), "Europe/Paris");
    assert.deepEqual(stage.takeChanges().map(({ type }) => type), ["user"]);

    const hidden = await stage.store.updateMe({ userId: ben.id, showLocalTime: false });
    assert.equal(hidden.timeZone, undefined);
    assert.equal(hidden.showLocalTime, false);
    assert.deepEqual(stage.takeChanges().map(({ type }) => type), ["user", "settings"]);
    await stage.store.updateMe({ userId: ben.id, timeZone: "Asia/Tokyo" });
    assert.equal(await zone(), undefined);
    await stage.store.updateMe({ userId: ben.id, showLocalTime: true, timeZone: "Asia/Tokyo" });
    assert.equal(await zone(), "Asia/Tokyo");
  });

  test("whoever is erased says nothing of themselves any more", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.store.updateMe({ userId: ben.id, status: LUNCH, timeZone: "Europe/Paris" });
    await stage.store.eraseUser({
      actorId: ann.id,
      userId: ben.id,
      username: "free",
      texts: "keep",
      displayName: "Former member",
      now: stage.now(),
    });
    const gone = (await seen(stage, ben.id))!;
    assert.equal(gone.status, null);
    assert.equal(gone.timeZone, undefined);
    assert.equal(await stage.store.nextStatusEnd(), null);
  });
}
