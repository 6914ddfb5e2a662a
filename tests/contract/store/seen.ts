/** Who has seen what in a direct room; and what a room shows before one joins it. */
import assert from "node:assert/strict";
import { refused, type Stage, type StoreTest } from "./stage.ts";

const direct = (stage: Stage, userId: number, ...users: number[]) =>
  stage.store.openDirect({ userId, users, now: stage.now() });

export function seenTests(test: StoreTest): void {
  test("in a direct room the others know who has seen what, and when", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const { room } = await direct(stage, ann.id, ben.id, cid.id);
    const seen = () => stage.store.listSeen({ userId: ann.id, room: room.id });
    const none = (id: number) => ({ userId: id, seq: 0, at: null });
    await stage.send(ann, room.id, "one");
    await stage.send(ann, room.id, "two");
    assert.deepEqual(await seen(), [none(ben.id), none(cid.id)]);

    stage.takeChanges();
    const mark = (seq: number, now: number) =>
      stage.store.markRead({ userId: ben.id, room: room.id, seq, now });
    const at = stage.now();
    await mark(1, at);
    assert.deepEqual(await seen(), [{ userId: ben.id, seq: 1, at }, none(cid.id)]);
    const told = { type: "read", userId: ben.id, room: room.id, seq: 1, seenAt: at };
    assert.deepEqual(stage.takeChanges(), [told]);
    await mark(2, at + 5);
    assert.deepEqual((await seen())[0], { userId: ben.id, seq: 2, at: at + 5 });
  });

  test("what was marked unread for oneself stays seen for the others, and is told once", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { room } = await direct(stage, ann.id, ben.id);
    await stage.send(ann, room.id, "one");
    const mark = (now: number) =>
      stage.store.markRead({ userId: ben.id, room: room.id, seq: 1, now });
    const at = stage.now();
    await mark(at);
    await stage.store.markUnread({ userId: ben.id, room: room.id, seq: 1 });
    const seen = await stage.store.listSeen({ userId: ann.id, room: room.id });
    assert.deepEqual(seen, [{ userId: ben.id, seq: 1, at }]);
    stage.takeChanges();
    await mark(at + 9);
    assert.deepEqual(stage.takeChanges(), [
      { type: "read", userId: ben.id, room: room.id, seq: 1 },
    ]);
  });

  test("in other rooms nobody is told who has read", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "attic", ann, ben);
    await stage.send(ann, room.id, "one");
    stage.takeChanges();
    await stage.store.markRead({ userId: ben.id, room: room.id, seq: 9, now: stage.now() });
    assert.equal("seenAt" in stage.takeChanges()[0]!, false);
    await refused("forbidden", stage.store.listSeen({ userId: ann.id, room: room.id }));
    const { room: theirs } = await direct(stage, ann.id, ben.id);
    const cid = await stage.signup("cid");
    await refused("not_found", stage.store.listSeen({ userId: cid.id, room: theirs.id }));
  });

  test("who may find a room sees its last messages before joining it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("public", "garden", ann);
    for (const text of ["one", "two", "three"]) await stage.send(ann, room.id, text);
    const look = (id: number) => stage.store.previewRoom({ userId: ben.id, room: id, limit: 2 });
    const { room: shown, messages } = await look(room.id);
    assert.equal(shown.name, "garden");
    assert.equal("membership" in shown, false);
    assert.deepEqual(messages.map(({ text }) => text), ["two", "three"]);
    const gone = await stage.send(ann, room.id, "gone");
    await stage.store.deleteMessage({ userId: ann.id, message: gone.id, now: stage.now() });
    for (const text of ["aside", "more"]) {
      await stage.store.sendMessage({
        userId: ann.id,
        room: room.id,
        clientId: text,
        text,
        replyTo: messages[1]!.id,
        threadOnly: true,
        now: stage.now(),
      });
    }
    const { messages: later } = await look(room.id);
    assert.deepEqual(later.map(({ text }) => text), ["two", "three"]);
    await refused(
      "forbidden",
      stage.store.markRead({
        ...{ userId: ben.id, room: room.id, seq: 1, now: stage.now() },
      }),
    );
    const hidden = await stage.room("private", "attic", ann);
    await refused("not_found", look(hidden.id));
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, role: "guest", now: 1 });
    await refused("not_found", look(room.id));
  });
}
