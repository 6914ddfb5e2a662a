/** Changing messages: edits, deletions, reactions; each raises the head by one. */
import assert from "node:assert/strict";
import { refused, type StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

/** Different emoji, as many as asked for. */
const emojis = (count: number) =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint(0x1f600 + index));

export function messageTests(test: StoreTest): void {
  test("an edit changes text and rev, keeps seq, and is announced", async (stage) => {
    const { ann } = await stage.people("ann");
    const message = await stage.send(ann, 1, "helo");
    await stage.send(ann, 1, "next");
    stage.takeChanges();
    const edited = await stage.edit(ann, message, "hello");
    assert.deepEqual(edited, { ...message, rev: 3, text: "hello", editedAt: edited.editedAt });
    assert.ok(edited.editedAt! > message.ts);
    assert.deepEqual(stage.takeChanges(), [
      { type: "message", room: 1, rev: 3, access: 1, message: edited },
    ]);
    assert.deepEqual(await stage.edit(ann, message, "hello"), edited);
    assert.deepEqual(stage.takeChanges(), []);
  });

  test("nobody edits the message of somebody else", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ben, 1, "mine");
    await refused("forbidden", stage.edit(ann, message, "yours"));
    await refused("not_found", stage.edit(ann, { ...message, id: 999 }, "whose?"));
  });

  test("a deleted message keeps its place and nothing else", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "oops @ben");
    await stage.react(ben, message, "👍");
    stage.takeChanges();
    const deleted = await stage.delete(ann, message);
    assert.deepEqual(deleted, {
      ...message,
      rev: 3,
      text: "",
      mentions: [],
      deletedAt: deleted.deletedAt,
    });
    assert.ok(deleted.deletedAt! > message.ts);
    assert.deepEqual(stage.takeChanges(), [
      { type: "message", room: 1, rev: 3, access: 2, message: deleted },
    ]);
    assert.deepEqual(await stage.delete(ann, message), deleted);
    assert.deepEqual(stage.takeChanges(), []);
    await refused("forbidden", stage.edit(ann, message, "back"));
    await refused("forbidden", stage.react(ben, message, "👍"));
    await refused("forbidden", stage.react(ben, message, "👍", false));
  });

  test("author, room owner and staff delete; other members do not", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await stage.room("private", "club", ben, cid, ann);
    const byCid = await stage.send(cid, room.id, "one");
    const byBen = await stage.send(ben, room.id, "two");
    await refused("forbidden", stage.delete(cid, byBen));
    await stage.delete(ben, byCid);
    await stage.delete(ann, byBen);
  });

  test("in a direct room everybody deletes their own messages alone, the staff too", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const now = stage.now();
    const { room } = await stage.store.openDirect({ userId: ben.id, users: [ann.id], now });
    const message = await stage.send(ben, room.id, "between us");
    await refused("forbidden", stage.delete(ann, message));
    await stage.delete(ben, message);
  });

  test("in an archived room nothing changes any more", async (stage) => {
    const { ann } = await stage.people("ann");
    const room = await stage.room("public", "attic", ann);
    const message = await stage.send(ann, room.id, "as it was");
    await stage.store.updateRoom({ userId: ann.id, room: room.id, archived: true });
    await refused("forbidden", stage.edit(ann, message, "not so"));
    await refused("forbidden", stage.delete(ann, message));
    await refused("forbidden", stage.react(ann, message, "👍"));
    assert.equal((await stage.memberRoom(ann, room.id)).head, 1);
  });

  test("reactions are kept in the order they came, each person once", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "cake?");
    await stage.react(ben, message, "🎂");
    await stage.react(ann, message, "🎂");
    const both = await stage.react(ann, message, "👍");
    assert.deepEqual(both.reactions, { "🎂": [ben.id, ann.id], "👍": [ann.id] });
    assert.equal(both.rev, 4);
    stage.takeChanges();
    assert.deepEqual(await stage.react(ben, message, "🎂"), both);
    assert.deepEqual(await stage.react(ben, message, "👍", false), both);
    assert.deepEqual(stage.takeChanges(), []);

    await stage.react(ben, message, "🎂", false);
    const last = await stage.react(ann, message, "🎂", false);
    assert.deepEqual(last.reactions, { "👍": [ann.id] });
    assert.equal(last.rev, 6);
    assert.equal(last.editedAt, null);
  });

  test("a message takes sixteen different reactions", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "popular");
    const [extra, ...sixteen] = emojis(17);
    for (const emoji of sixteen) await stage.react(ann, message, emoji);
    const error = await refused("invalid", stage.react(ann, message, extra!));
    assert.deepEqual([error.errors?.[0]?.path, error.errors?.[0]?.reason], ["emoji", "too_long"]);
    const joined = await stage.react(ben, message, sixteen[0]!);
    assert.deepEqual(joined.reactions[sixteen[0]!], [ann.id, ben.id]);
  });

  test("reactions of many at once are all kept", async (stage) => {
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, index) => stage.signup(`user${index}`)),
    );
    const message = await stage.send(people[0]!, 1, "vote");
    await Promise.all(people.map((user) => stage.react(user, message, "🙋")));
    const page = await historyOf(stage.store, {
      userId: people[0]!.id,
      room: 1,
      anchor: {},
      limit: 1,
    });
    assert.equal(page.messages[0]!.reactions["🙋"]!.length, 12);
    assert.equal(page.head, 13);
  });
}
