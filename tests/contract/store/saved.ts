/** One's own bookmarks. */
import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const save = ({ store }: Stage, user: User, { id }: Pick<Message, "id">, on = true) =>
  store.saveMessage({ userId: user.id, message: id, on });

async function texts({ store }: Stage, user: User): Promise<string[]> {
  const { messages } = await store.listSaved({ userId: user.id, before: null, limit: 100 });
  return messages.map(({ text }) => text);
}

export function savedTests(test: StoreTest): void {
  test("what was saved last comes first, as it reads now, and to nobody else", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [one, two] = [await stage.send(ann, 1, "one"), await stage.send(ann, 1, "two")];
    await save(stage, ben, two);
    await save(stage, ben, one);
    await stage.edit(ann, one, "one, mended");
    assert.deepEqual(await texts(stage, ben), ["one, mended", "two"]);
    assert.deepEqual(await texts(stage, ann), []);
  });

  test("saving raises no room's head, and is told once, to the user alone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "keep this");
    stage.takeChanges();
    const saved = { type: "saved", userId: ben.id, message: message.id };
    await save(stage, ben, message);
    await save(stage, ben, message);
    assert.deepEqual(stage.takeChanges(), [{ ...saved, on: true }]);
    await save(stage, ben, message, false);
    await save(stage, ben, message, false);
    assert.deepEqual(stage.takeChanges(), [{ ...saved, on: false }]);
    assert.deepEqual(await texts(stage, ben), []);
    assert.equal((await stage.memberRoom(ben, 1)).head, message.rev);
  });

  test("a connection begins with what the user has saved", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [one, two] = [await stage.send(ann, 1, "one"), await stage.send(ann, 1, "two")];
    await save(stage, ben, one);
    await save(stage, ben, two);
    const savedBy = async (user: User) => (await snapshotOf(stage.store, user.id)).saved;
    assert.deepEqual(await savedBy(ben), [two.id, one.id]);
    assert.deepEqual(await savedBy(ann), []);
  });

  test("pages go on where the one before ended, also when something is taken out", async (stage) => {
    const { ann } = await stage.people("ann");
    for (const text of ["one", "two", "three", "four", "five"]) {
      await save(stage, ann, await stage.send(ann, 1, text));
    }
    const page = (before: number | null) =>
      stage.store.listSaved({ userId: ann.id, before, limit: 2 });
    const first = await page(null);
    assert.deepEqual(first.messages.map(({ text }) => text), ["five", "four"]);
    await save(stage, ann, first.messages[1]!, false);
    const second = await page(first.next);
    assert.deepEqual(second.messages.map(({ text }) => text), ["three", "two"]);
    const last = await page(second.next);
    assert.deepEqual([last.messages.map(({ text }) => text), last.next], [["one"], null]);
  });

  test("what is in a room that was left is gone until one comes back", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "away", ann, ben);
    const [kept, dropped] = [await stage.send(ann, room.id, "kept"), await stage.send(ann, 1, "x")];
    await save(stage, ben, kept);
    await save(stage, ben, dropped);
    await stage.remove(room.id, ann, ben);
    assert.deepEqual(await texts(stage, ben), ["x"]);
    await refused("not_found", save(stage, ben, await stage.send(ann, room.id, "later")));
    await stage.add(room.id, ann, ben);
    assert.deepEqual(await texts(stage, ben), ["x", "kept"]);
    // Where it cannot be seen it can be taken out, by whoever still knows it.
    await stage.remove(room.id, ann, ben);
    await save(stage, ben, kept, false);
    await refused("not_found", save(stage, ben, kept, false));
    await stage.add(room.id, ann, ben);
    assert.deepEqual(await texts(stage, ben), ["x"]);
  });

  test("a message that is deleted is saved no more, and cannot be saved", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "soon gone");
    await save(stage, ben, message);
    await stage.delete(ann, message);
    assert.deepEqual(await texts(stage, ben), []);
    assert.deepEqual((await snapshotOf(stage.store, ben.id)).saved, []);
    await refused("forbidden", save(stage, ben, message));
    await save(stage, ben, message, false);
  });

  test("so many may be saved, and another takes the place of one that is taken out", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const count = LIMITS.saved + 1;
    const messages = await Promise.all(
      Array.from({ length: count }, (_, at) => stage.send(ann, 1, `${at}`)),
    );
    const last = messages.pop()!;
    await Promise.all(messages.map((message) => save(stage, ann, message)));
    const refusal = await refused("invalid", save(stage, ann, last));
    assert.deepEqual(refusal.errors!.map(({ path }) => path), ["message"]);
    await save(stage, ann, messages[0]!);
    await save(stage, ann, messages[0]!, false);
    await save(stage, ann, last);
    await save(stage, ben, last);
  });
}
