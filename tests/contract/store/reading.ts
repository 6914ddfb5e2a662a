/** Read marks, and what is counted after them. */
import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

async function counts(stage: Stage, user: User, room = 1): Promise<[number, number]> {
  const { membership } = await stage.memberRoom(user, room);
  return [membership.unread, membership.mentions];
}

export function readingTests(test: StoreTest): void {
  test("messages by others are unread, those that name the member are mentions", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.send(ann, 1, "hello @ben");
    await stage.send(ann, 1, "hello all");
    assert.deepEqual(await counts(stage, ben), [2, 1]);
    assert.deepEqual(await counts(stage, ann), [0, 0]);
  });

  test("who writes has not thereby read what others wrote before; what one writes is read", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.send(ann, 1, "hello @ben");
    await stage.send(ben, 1, "hello, I am @ben");
    assert.deepEqual(await counts(stage, ben), [1, 1]);
    assert.equal((await stage.memberRoom(ben, 1)).membership.readSeq, 0);
    assert.deepEqual(await counts(stage, ann), [1, 0]);
    // Where nothing is unread, one's own message moves the mark along.
    await stage.store.markRead({ userId: ben.id, room: 1, seq: 2, now: stage.now() });
    await stage.send(ben, 1, "still here");
    assert.deepEqual(await counts(stage, ben), [0, 0]);
    assert.equal((await stage.memberRoom(ben, 1)).membership.readSeq, 3);
  });

  test("a page is given around the first unread message, whoever wrote before it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const page = async () => {
      const anchor = { around: "unread" as const };
      const input = { userId: ben.id, room: 1, anchor, limit: 4 };
      return (await historyOf(stage.store, input)).messages.map(({ seq }) => seq);
    };
    await stage.send(ann, 1, "one");
    const gone = await stage.send(ann, 1, "two");
    assert.deepEqual(await page(), [1, 2]);
    await stage.store.markRead({ userId: ben.id, room: 1, seq: 1, now: stage.now() });
    await stage.delete(ann, gone);
    for (let at = 4; at <= 9; at++) await stage.send(ben, 1, "mine");
    await stage.send(ann, 1, "the first that Ben has not seen");
    await stage.send(ann, 1, "the next");
    assert.deepEqual(await page(), [8, 9, 10, 11]);
    await stage.store.markRead({ userId: ben.id, room: 1, seq: 11, now: stage.now() });
    assert.deepEqual(await page(), [8, 9, 10, 11]);
  });

  test("a deleted message counts no more, an edited one as it reads now", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const first = await stage.send(ann, 1, "@ben one");
    const second = await stage.send(ann, 1, "two");
    await stage.delete(ann, first);
    assert.deepEqual(await counts(stage, ben), [1, 0]);
    await stage.edit(ann, second, "two @ben");
    assert.deepEqual(await counts(stage, ben), [1, 1]);
    const edited = await stage.edit(ann, second, "two again @ben");
    assert.deepEqual(await counts(stage, ben), [1, 1]);
    await stage.edit(ann, edited, "nobody");
    assert.deepEqual(await counts(stage, ben), [1, 0]);
  });

  test("the read mark moves forward, up to the head, and is announced when it moved", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (const text of ["one @ben", "two @ben", "three"]) await stage.send(ann, 1, text);
    stage.takeChanges();
    const read = (seq: number) =>
      stage.store.markRead({ userId: ben.id, room: 1, seq, now: stage.now() });
    await read(2);
    assert.deepEqual(stage.takeChanges(), [{ type: "read", userId: ben.id, room: 1, seq: 2 }]);
    assert.deepEqual(await counts(stage, ben), [1, 0]);
    await read(1);
    await read(2);
    assert.deepEqual(stage.takeChanges(), []);
    await read(1_000_000);
    assert.deepEqual(stage.takeChanges(), [{ type: "read", userId: ben.id, room: 1, seq: 3 }]);
    assert.deepEqual(await counts(stage, ben), [0, 0]);
  });

  test("the mark goes back to before a message, is told once, and counts anew", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    for (const text of ["one @ben", "two @ben", "three"]) await stage.send(ann, 1, text);
    await stage.store.markRead({ userId: ben.id, room: 1, seq: 3, now: stage.now() });
    stage.takeChanges();
    const unread = (seq: number) => stage.store.markUnread({ userId: ben.id, room: 1, seq });
    await unread(2);
    assert.deepEqual(stage.takeChanges(), [{ type: "unread", userId: ben.id, room: 1, seq: 1 }]);
    assert.deepEqual(await counts(stage, ben), [2, 1]);
    await unread(3);
    await unread(2);
    await unread(1_000_000);
    assert.deepEqual(stage.takeChanges(), [], "never forward, and nothing is told twice");
    await unread(0);
    assert.deepEqual(await counts(stage, ben), [3, 2]);
    // What one writes does not read what was set back.
    await stage.send(ben, 1, "me too");
    assert.deepEqual(await counts(stage, ben), [3, 2]);
    await stage.store.markRead({ userId: ben.id, room: 1, seq: 4, now: stage.now() });
    assert.deepEqual(await counts(stage, ben), [0, 0]);
    assert.deepEqual(await counts(stage, ann), [1, 0], "nobody else's mark moved");
  });

  test("a stranger has no read mark", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "open", ann);
    const mark = stage.store.markRead({ userId: ben.id, room: room.id, seq: 1, now: stage.now() });
    await refused("forbidden", mark);
  });

  test("unread messages and mentions are counted up to the limit", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const count = LIMITS.unreadCount + 5;
    await Promise.all(Array.from({ length: count }, () => stage.send(ann, 1, "hi @ben")));
    assert.deepEqual(await counts(stage, ben), [LIMITS.unreadCount, LIMITS.unreadCount]);
    await stage.store.markRead({ userId: ben.id, room: 1, seq: count - 3, now: stage.now() });
    assert.deepEqual(await counts(stage, ben), [3, 3]);
  });

  test("who comes back has nothing unread from before", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    await stage.send(ann, 1, "one @ben");
    await stage.remove(1, ben, ben);
    await stage.send(ann, 1, "two");
    await stage.add(1, ben, ben);
    assert.deepEqual(await counts(stage, ben), [0, 0]);
    await stage.send(ann, 1, "three @ben");
    assert.deepEqual(await counts(stage, ben), [1, 1]);
  });
}
