/** Taking a deletion back. */
import assert from "node:assert/strict";
import { UNDO_FOR, UNDO_GRACE } from "../../../lib/protocol/limits.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf, snapshotOf } from "../../support/store_reads.ts";

const restore = (stage: Stage, user: User, { id }: Pick<Message, "id">, after = 0) =>
  stage.store.restoreMessage({ userId: user.id, message: id, now: stage.now() + after });

export function undoTests(test: StoreTest): void {
  test("who deleted a message takes that back, and everything is as it was", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const sent = await stage.send(ann, 1, "hello @ben");
    await stage.edit(ann, sent, "hello again, @ben");
    const before = await stage.react(ben, sent, "👍");
    const later = await stage.send(ann, 1, "later");
    for (const { id } of [later, sent]) {
      await stage.store.saveMessage({ userId: ben.id, message: id, on: true });
    }
    const versionsOf = () => stage.store.listVersions({ userId: ben.id, message: sent.id });
    const versions = await versionsOf();
    const counts = (await stage.memberRoom(ben, 1)).membership;
    const deleted = await stage.delete(ann, sent);
    assert.equal((await stage.memberRoom(ben, 1)).membership.mentions, 0);
    stage.takeChanges();
    const back = await restore(stage, ann, sent);
    assert.deepEqual(back, { ...before, rev: deleted.rev + 1 });
    assert.deepEqual((await stage.memberRoom(ben, 1)).membership, counts);
    assert.deepEqual(await versionsOf(), versions);
    const { saved } = await snapshotOf(stage.store, ben.id);
    assert.deepEqual(saved, [sent.id, later.id], "in its old place");
    const changes = stage.takeChanges();
    assert.deepEqual(changes.filter(({ type }) => type === "message"), [
      { type: "message", room: 1, rev: back.rev, access: await access(stage), message: back },
    ]);
    assert.deepEqual(changes.filter(({ type }) => type === "saved"), [
      { type: "saved", userId: ben.id, message: sent.id, on: true },
    ]);
    // Once is enough.
    assert.deepEqual(await restore(stage, ann, sent), back);
    assert.deepEqual(stage.takeChanges(), []);
    await stage.delete(ann, sent);
    assert.equal((await restore(stage, ann, sent)).text, "hello again, @ben");
  });

  test("a reply that comes back is counted by its thread again, and everybody whom it called is", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ben, 1, "what do you think?");
    const { message: reply } = await stage.store.sendMessage({
      userId: ann.id,
      room: 1,
      clientId: stage.clientId(),
      text: "I would @room",
      replyTo: root.id,
      now: stage.now(),
    });
    const rootNow = async () => {
      const input = { userId: ben.id, room: 1, anchor: {}, limit: 10 };
      const { messages, head } = await historyOf(stage.store, input);
      return { replies: messages.find(({ id }) => id === root.id)!.replies, head };
    };
    const before = await rootNow();
    const { mentions, threads } = (await stage.memberRoom(ben, 1)).membership;
    assert.deepEqual([mentions, threads, before.replies?.count], [1, 1, 1]);
    const deleted = await stage.delete(ann, reply);
    assert.equal((await stage.memberRoom(ben, 1)).membership.mentions, 0);
    const back = await restore(stage, ann, reply);
    assert.deepEqual(back, { ...reply, rev: deleted.rev + 2 });
    const after = await rootNow();
    assert.deepEqual(after, { replies: before.replies, head: before.head + 4 });
    const now = (await stage.memberRoom(ben, 1)).membership;
    assert.deepEqual([now.mentions, now.threads], [1, 1]);
  });

  test("nobody else takes it back, and nobody too late", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ben, 1, "hello");
    await stage.delete(ann, message);
    await refused("forbidden", restore(stage, ben, message));
    await refused("forbidden", restore(stage, ann, message, UNDO_FOR + UNDO_GRACE));
    assert.equal((await restore(stage, ann, message, UNDO_FOR - 10)).text, "hello");
    const gone = await stage.send(ben, 1, "gone");
    await stage.delete(ben, gone);
    await stage.store.purgeDeleted({ before: stage.now() });
    await refused("forbidden", restore(stage, ben, gone));
  });

  test("not from outside of the room, and not of who was erased", async (stage) => {
    const { ann, ben, cleo } = await stage.people("ann", "ben", "cleo");
    const room = await stage.room("private", "away", ann, ben);
    const message = await stage.send(ben, room.id, "hello");
    await stage.delete(ben, message);
    await refused("not_found", restore(stage, cleo, message));
    await stage.remove(room.id, ann, ben);
    await refused("not_found", restore(stage, ben, message));
    const other = await stage.send(ben, 1, "mine");
    await stage.delete(ann, other);
    await stage.store.eraseUser({
      actorId: ann.id,
      userId: ben.id,
      username: "free",
      displayName: "Former member",
      texts: "keep",
      now: stage.now(),
    });
    await refused("forbidden", restore(stage, ann, other));
  });
}

/** The room's, which no message has changed. */
async function access({ store }: Stage): Promise<number> {
  return (await snapshotOf(store, 1)).accesses[0]!;
}
