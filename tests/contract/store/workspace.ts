/** What staff have set for the whole workspace. */
import assert from "node:assert/strict";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const set = (stage: Stage, actor: { id: number }, values: Record<string, unknown>) =>
  stage.store.updateWorkspace({
    actorId: actor.id,
    set: values,
    address: "203.0.113.7",
    now: stage.now(),
  });

export function workspaceTests(test: StoreTest): void {
  test("what is set is there, each key by itself, until it is taken back", async (stage) => {
    const { ann } = await stage.people("ann");
    assert.deepEqual(await stage.store.storedWorkspace(), {});
    await set(stage, ann, { name: "Harbour", limits: { rooms: 3, list: [1, "two"] } });
    await set(stage, ann, { name: "Hafen ⚓" });
    assert.deepEqual(await stage.store.storedWorkspace(), {
      name: "Hafen ⚓",
      limits: { rooms: 3, list: [1, "two"] },
    });
    await set(stage, ann, { name: null, never: null });
    assert.deepEqual(await stage.store.storedWorkspace(), {
      limits: { rooms: 3, list: [1, "two"] },
    });
  });

  test("only what differs is told, and nothing is told of nothing", async (stage) => {
    const { ann } = await stage.people("ann");
    stage.takeChanges();
    await set(stage, ann, { name: "Harbour", signup: "closed" });
    await set(stage, ann, { name: "Harbour", signup: "open", more: null });
    await set(stage, ann, { name: "Harbour" });
    await set(stage, ann, { name: null });
    assert.deepEqual(stage.takeChanges(), [
      { type: "workspace", set: { name: "Harbour", signup: "closed" } },
      { type: "workspace", set: { signup: "open" } },
      { type: "workspace", set: { name: null } },
    ]);
  });

  test("only staff set anything, as they are when it is written", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { store } = stage;
    await refused("forbidden", set(stage, ben, { name: "Ben's" }));
    await store.updateUser({ actorId: ann.id, userId: ben.id, role: "admin", now: stage.now() });
    await set(stage, ben, { name: "Ours" });
    await store.updateUser({ actorId: ann.id, userId: ben.id, disabled: true, now: stage.now() });
    await refused("forbidden", set(stage, ben, { name: "Ben's" }));
    await refused("forbidden", set(stage, cid, { name: null }));
    assert.deepEqual(await store.storedWorkspace(), { name: "Ours" });
  });

  test("newcomers begin in the rooms that staff chose, as far as these are public and open", async (stage) => {
    const { ann } = await stage.people("ann");
    const garden = await stage.room("public", "garden", ann);
    const secret = await stage.room("private", "secret", ann);
    const old = await stage.room("public", "old", ann);
    await stage.store.updateRoom({ userId: ann.id, room: old.id, archived: true });
    await set(stage, ann, { welcomeRooms: [999, old.id, secret.id, garden.id, 1] });
    stage.takeChanges();
    const { ben } = await stage.people("ben");
    const joined = stage.takeChanges().flatMap((change) =>
      change.type === "joined" ? [[change.userId, change.room.id, change.room.memberCount]] : []
    );
    assert.deepEqual(joined, [[ben.id, 1, 2], [ben.id, garden.id, 2]]);
    const { rooms } = await snapshotOf(stage.store, ben.id);
    assert.deepEqual(rooms.map(({ id }) => id).sort(), [1, garden.id]);
    await set(stage, ann, { welcomeRooms: null });
    const { cid } = await stage.people("cid");
    assert.equal((await snapshotOf(stage.store, cid.id)).rooms.length, 1);
  });

  test("where only staff make rooms of a kind, members make none of it, and go on writing to each other", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await set(stage, ann, { publicRooms: "staff" });
    await refused("forbidden", stage.room("public", "garden", ben));
    await stage.room("private", "shed", ben);
    await stage.room("public", "garden", ann);
    await set(stage, ann, { publicRooms: null, privateRooms: "staff" });
    await refused("forbidden", stage.room("private", "shed two", ben));
    await stage.room("public", "pond", ben);
    const direct = { userId: ben.id, users: [ann.id], now: stage.now() };
    assert.ok((await stage.store.openDirect(direct)).created);
  });

  test("the audit log tells of each setting what it was and what it is, long ones cut", async (stage) => {
    const { ann } = await stage.people("ann");
    await set(stage, ann, { name: "Harbour", rooms: [1, 2] });
    await set(stage, ann, { name: "Harbour", rooms: null, text: "x".repeat(10_000) });
    const { entries } = await stage.store.listAudit({ userId: ann.id, before: null, limit: 10 });
    const told = entries.map(({ target, detail, address }) => ({ target, detail, address }));
    const of = (name: string, detail: unknown) => ({
      target: { kind: "setting", name },
      detail,
      address: "203.0.113.7",
    });
    assert.deepEqual(told.reverse(), [
      of("name", { from: null, to: "Harbour" }),
      of("rooms", { from: null, to: "[1,2]" }),
      of("rooms", { from: "[1,2]", to: null }),
      of("text", { from: null, to: `${"x".repeat(100)}…` }),
    ]);
  });

  test("of several changes at once each is there, and the last that is told is what holds", async (stage) => {
    const { ann } = await stage.people("ann");
    stage.takeChanges();
    await Promise.all(
      Array.from({ length: 12 }, (_, at) => set(stage, ann, { name: `${at}`, [`key${at}`]: at })),
    );
    const told: Record<string, unknown> = {};
    for (const change of stage.takeChanges()) {
      if (change.type === "workspace") Object.assign(told, change.set);
    }
    assert.equal(Object.keys(told).length, 13);
    assert.deepEqual(told, await stage.store.storedWorkspace());
  });
}
