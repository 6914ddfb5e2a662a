/** Messages by their ids: only those that one may read now. */
import assert from "node:assert/strict";
import type { User } from "../../../lib/protocol/people.ts";
import type { Stage, StoreTest } from "./stage.ts";

const found = async ({ store }: Stage, user: User, ids: number[]) =>
  (await store.listMessages({ userId: user.id, ids })).map(({ id }) => id);

export function lookupTests(test: StoreTest): void {
  test("messages are found by their ids, each once, as they are now", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [one, two] = [await stage.send(ann, 1, "one"), await stage.send(ben, 1, "two")];
    await stage.edit(ann, one, "one!");
    assert.deepEqual(await found(stage, ben, [two.id, one.id, two.id, 9_999]), [one.id, two.id]);
    assert.deepEqual(await found(stage, ben, []), []);
    const [again] = await stage.store.listMessages({ userId: ben.id, ids: [one.id] });
    assert.equal(again?.text, "one!");
  });

  test("who is not in the room finds nothing of it, though it be public", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "garden", ann);
    const { id } = await stage.send(ann, room.id, "here");
    assert.deepEqual(await found(stage, ann, [id]), [id]);
    assert.deepEqual(await found(stage, ben, [id]), []);
  });
}
