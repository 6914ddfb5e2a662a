/** What somebody has written and not sent. */
import assert from "node:assert/strict";
import { KEPT_DRAFTS } from "../../../lib/protocol/limits.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

interface Written {
  room?: number;
  thread?: number | null;
  replyTo?: number | null;
}

const set = (stage: Stage, user: User, text: string, written: Written = {}) =>
  stage.store.setDraft({
    userId: user.id,
    room: 1,
    thread: null,
    replyTo: null,
    ...written,
    text,
    now: stage.now(),
  });

const list = (stage: Stage, user: User) => stage.store.listDrafts({ userId: user.id });

export function draftTests(test: StoreTest): void {
  test("a room and each of its threads have a draft of one's own, the newest in the place of the one before", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ben, 1, "what do you think?");
    const reply = await stage.send(ann, 1, "well");
    stage.takeChanges();
    await set(stage, ann, "I would", { replyTo: root.id });
    await set(stage, ann, " I would rather ", { replyTo: root.id });
    await set(stage, ann, " I would rather ", { replyTo: root.id });
    await set(stage, ann, "in the thread", { thread: root.id });
    const place = { type: "draft", userId: ann.id, room: 1 };
    assert.deepEqual(stage.takeChanges(), [
      { ...place, thread: null },
      { ...place, thread: null },
      { ...place, thread: root.id },
    ]);
    const { id, clientId, seq, userId, username, text } = root;
    const [thread, room] = await list(stage, ann);
    assert.deepEqual(room, {
      room: 1,
      thread: null,
      text: " I would rather ",
      replyTo: root.id,
      target: { id, clientId, seq, userId, username, text },
      at: room!.at,
    });
    assert.deepEqual([thread!.thread, thread!.text, thread!.target], [
      root.id,
      "in the thread",
      null,
    ]);
    assert.deepEqual(await list(stage, ben), []);
    const found = { userId: ann.id, room: 1, thread: null };
    assert.deepEqual(await stage.store.findDraft(found), room);
    assert.equal(await stage.store.findDraft({ ...found, thread: reply.id }), null);
    const drafts = async (user: User) => (await snapshotOf(stage.store, user.id)).drafts;
    assert.deepEqual([await drafts(ann), await drafts(ben)], [true, false]);
  });

  test("a blank text takes a draft away, and so does dropping it, once", async (stage) => {
    const { ann } = await stage.people("ann");
    await set(stage, ann, "one");
    stage.takeChanges();
    await set(stage, ann, " \n ");
    const change = { type: "draft", userId: ann.id, room: 1, thread: null };
    assert.deepEqual(stage.takeChanges(), [change]);
    const drop = () => stage.store.dropDraft({ userId: ann.id, room: 1, thread: null });
    await drop();
    assert.deepEqual(stage.takeChanges(), []);
    await set(stage, ann, "two");
    stage.takeChanges();
    await drop();
    assert.deepEqual(stage.takeChanges(), [change]);
    assert.deepEqual(await list(stage, ann), []);
  });

  test("a thread is the same by any of its replies; one elsewhere is none", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ben, 1, "root");
    const { message: reply } = await stage.store.sendMessage({
      userId: ann.id,
      room: 1,
      clientId: stage.clientId(),
      text: "reply",
      replyTo: root.id,
      now: stage.now(),
    });
    await set(stage, ann, "by the reply", { thread: reply.id });
    assert.deepEqual((await list(stage, ann)).map(({ thread }) => thread), [root.id]);
    await stage.store.dropDraft({ userId: ann.id, room: 1, thread: reply.id });
    assert.deepEqual(await list(stage, ann), []);
    const room = await stage.room("private", "other", ann);
    await refused("not_found", set(stage, ann, "x", { room: room.id, thread: root.id }));
    // What it answers may be gone or elsewhere: the text is what counts.
    await set(stage, ann, "x", { room: room.id, replyTo: root.id });
    assert.equal((await list(stage, ann))[0]!.replyTo, null);
  });

  test("who left a room keeps the draft, and sees nothing more of the room by it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "away", ann, ben);
    const secret = await stage.send(ann, room.id, "secret");
    await set(stage, ben, "mine", { room: room.id, replyTo: secret.id });
    await stage.remove(room.id, ann, ben);
    const [draft] = await list(stage, ben);
    assert.deepEqual([draft!.text, draft!.target], ["mine", null]);
    await refused("not_found", set(stage, ben, "more", { room: room.id }));
    await stage.store.dropDraft({ userId: ben.id, room: room.id, thread: null });
    assert.deepEqual(await list(stage, ben), []);
    const gone = { userId: ben.id, room: room.id, thread: null };
    await refused("not_found", stage.store.dropDraft(gone));
  });

  test("so many are kept, and one that is there can still be written", async (stage) => {
    const { ann } = await stage.people("ann");
    const roots = await Promise.all(
      Array.from({ length: KEPT_DRAFTS.count }, (_, at) => stage.send(ann, 1, `${at}`)),
    );
    await Promise.all(roots.map(({ id }) => set(stage, ann, "x", { thread: id })));
    const refusal = await refused("invalid", set(stage, ann, "one more"));
    assert.deepEqual(refusal.errors!.map(({ path }) => path), ["room"]);
    await set(stage, ann, "y", { thread: roots[0]!.id });
    await set(stage, ann, "", { thread: roots[1]!.id });
    await set(stage, ann, "one more");
  });
}
