/** Messages that are sent at a time to come. */
import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import type { JobKind } from "../../../lib/store/contract/jobs.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { Scheduled } from "../../../lib/protocol/scheduled.ts";
import { HOUR, refused, type Stage, START, type StoreTest } from "./stage.ts";
import { historyOf, snapshotOf } from "../../support/store_reads.ts";

const NOON = START + HOUR;
const KINDS: JobKind[] = ["scheduled", "reminder"];
const MOST = 8_000;

interface Plan {
  room?: number;
  at?: number;
  clientId?: string;
  replyTo?: number | null;
}

const plan = async (stage: Stage, user: User, text: string, more: Plan = {}) => {
  const { room = 1, at = NOON, clientId = stage.clientId(), replyTo = null } = more;
  const message = { userId: user.id, room, text, clientId, replyTo };
  return await stage.store.scheduleMessage({ ...message, at, now: stage.now() });
};

const list = ({ store }: Stage, { id: userId }: User) => store.listScheduled({ userId });

const send = ({ store }: Stage, { id }: Scheduled, now = NOON, most = MOST) =>
  store.sendScheduled({ userId: null, id, most, now });

const textsIn = async ({ store }: Stage, user: User, room = 1) =>
  (await historyOf(store, { userId: user.id, room, anchor: {}, limit: 50 })).messages
    .map(({ text }) => text);

export function scheduledTests(test: StoreTest): void {
  test("a scheduled message is its author's alone, raises no head, and is sent once", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { head } = await stage.memberRoom(ann, 1);
    stage.takeChanges();
    const { scheduled, duplicate } = await plan(stage, ann, "hello @ben");
    assert.equal(duplicate, false);
    const later = { scheduled: 1, failed: 0, due: 0 };
    const told = { type: "scheduled", userId: ann.id, id: scheduled.id };
    assert.deepEqual(stage.takeChanges(), [{ ...told, scheduled, later }]);
    assert.deepEqual(await list(stage, ann), [scheduled]);
    assert.deepEqual(await list(stage, ben), []);
    assert.equal((await stage.memberRoom(ann, 1)).head, head);
    assert.equal(await send(stage, scheduled, NOON - 1), null, "its time has not come");

    const message = await send(stage, scheduled);
    assert.deepEqual(
      [message?.text, message?.userId, message?.seq, message?.ts, message?.clientId],
      ["hello @ben", ann.id, head + 1, NOON, scheduled.clientId],
    );
    assert.deepEqual(message?.mentions, [ben.id]);
    const [first, second] = stage.takeChanges();
    assert.equal(first?.type, "message");
    const none = { scheduled: 0, failed: 0, due: 0 };
    assert.deepEqual(second, { ...told, scheduled: null, message: message?.id, later: none });
    assert.equal(await send(stage, scheduled), null, "no second time");
    assert.deepEqual(await list(stage, ann), []);
    assert.equal((await stage.memberRoom(ben, 1)).membership.mentions, 1);
  });

  test("asked again with the same clientId, it is the same; with anything else it is a conflict", async (stage) => {
    const { ann } = await stage.people("ann");
    const { scheduled } = await plan(stage, ann, "hello");
    const { clientId } = scheduled;
    assert.deepEqual(await plan(stage, ann, "hello", { clientId }), { scheduled, duplicate: true });
    await refused("conflict", plan(stage, ann, "other", { clientId }));
    await refused("conflict", plan(stage, ann, "hello", { clientId, at: NOON + 1 }));
    await send(stage, scheduled);
    await refused("conflict", plan(stage, ann, "hello", { clientId, at: NOON + HOUR }));
  });

  test("only a time to come, a room where one may write, and an answer to what is there", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const secret = await stage.room("private", "secret", ann);
    const elsewhere = await stage.send(ann, secret.id, "elsewhere");
    const { errors } = await refused("invalid", plan(stage, ann, "hello", { at: START - HOUR }));
    assert.equal(errors?.[0]?.path, "at");
    await refused("not_found", plan(stage, ben, "hello", { room: secret.id }));
    await refused("invalid", plan(stage, ann, "hello", { replyTo: elsewhere.id }));
    await stage.store.updateRoom({ userId: ann.id, room: secret.id, archived: true });
    await refused("forbidden", plan(stage, ann, "hello", { room: secret.id }));
  });

  test("text and time are changed by their author, and nobody else finds it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { scheduled } = await plan(stage, ann, "hello");
    const { id } = scheduled;
    const now = stage.now();
    const { store } = stage;
    await refused("not_found", store.changeScheduled({ userId: ben.id, id, text: "x", now }));
    await refused("not_found", store.cancelScheduled({ userId: ben.id, id }));
    await refused("not_found", store.sendScheduled({ userId: ben.id, id, most: MOST, now }));
    await refused("invalid", store.changeScheduled({ userId: ann.id, id, at: START, now }));
    const change = { userId: ann.id, id, text: "mended", at: NOON + 5, now };
    const changed = await store.changeScheduled(change);
    assert.deepEqual(changed, { ...scheduled, text: "mended", at: NOON + 5 });
    assert.deepEqual(await list(stage, ann), [changed]);
    assert.equal(await send(stage, scheduled, NOON), null, "it has another time");
    assert.equal((await store.jobQueue({ kinds: KINDS, now: NOON })).next, NOON + 5);
    assert.equal((await send(stage, scheduled, NOON + 5))?.text, "mended");
  });

  test("what is taken back is not sent", async (stage) => {
    const { ann } = await stage.people("ann");
    const { scheduled } = await plan(stage, ann, "hello");
    await stage.store.cancelScheduled({ userId: ann.id, id: scheduled.id });
    assert.equal(await send(stage, scheduled), null);
    assert.deepEqual(await list(stage, ann), []);
    const again = { userId: ann.id, id: scheduled.id };
    await refused("not_found", stage.store.cancelScheduled(again));
  });

  test("its author need not wait for the time", async (stage) => {
    const { ann } = await stage.people("ann");
    const { scheduled } = await plan(stage, ann, "hello");
    const now = stage.now();
    const message = await stage.store.sendScheduled({
      userId: ann.id,
      id: scheduled.id,
      most: MOST,
      now,
    });
    assert.deepEqual([message?.text, message?.ts], ["hello", now]);
    assert.equal((await stage.store.jobQueue({ kinds: KINDS, now: NOON })).due, 0);
  });

  test("what may not be sent any more is refused, kept as failed, and told to its author", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "secret", ann, ben);
    const { scheduled } = await plan(stage, ben, "hello", { room: room.id });
    const { id } = scheduled;
    await stage.remove(room.id, ann, ben);
    await refused("not_found", send(stage, scheduled));
    stage.takeChanges();
    await stage.store.failScheduled({ id, code: "not_found", now: NOON });
    const failed = { ...scheduled, failed: { at: NOON, code: "not_found" as const } };
    const later = { scheduled: 0, failed: 1, due: 0 };
    assert.deepEqual(stage.takeChanges(), [
      { type: "scheduled", userId: ben.id, id, scheduled: failed, later },
    ]);
    assert.deepEqual(await list(stage, ben), [failed]);
    assert.equal(
      (await stage.store.jobQueue({ kinds: KINDS, now: NOON })).due,
      0,
      "it is not tried again",
    );
    assert.deepEqual((await snapshotOf(stage.store, ben.id)).later, later);
    assert.equal(await send(stage, scheduled), null);

    // Back in the room, and with a new time, it is sent.
    await stage.add(room.id, ann, ben);
    const change = { userId: ben.id, id, at: NOON + HOUR, now: NOON };
    assert.deepEqual(await stage.store.changeScheduled(change), { ...scheduled, at: NOON + HOUR });
    assert.equal((await send(stage, scheduled, NOON + HOUR))?.text, "hello");
  });

  test("a failure that was mended meanwhile is none", async (stage) => {
    const { ann } = await stage.people("ann");
    const { scheduled } = await plan(stage, ann, "hello");
    const { id } = scheduled;
    await stage.store.changeScheduled({ userId: ann.id, id, at: NOON + HOUR, now: stage.now() });
    await stage.store.failScheduled({ id, code: "forbidden", now: NOON });
    assert.equal((await list(stage, ann))[0]?.failed, null);
  });

  test("disabled accounts send nothing, nor what has become too long for the place", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { scheduled: long } = await plan(stage, ann, "x".repeat(200));
    await refused("invalid", send(stage, long, NOON, 100));
    const { scheduled } = await plan(stage, ben, "hello");
    const now = stage.now();
    await stage.store.updateUser({ actorId: ann.id, userId: ben.id, disabled: true, now });
    await refused("forbidden", send(stage, scheduled));
    await refused("forbidden", list(stage, ben));
  });

  test("one who was sent with the same clientId meanwhile is not sent twice", async (stage) => {
    const { ann } = await stage.people("ann");
    const { scheduled } = await plan(stage, ann, "hello");
    const message = await stage.send(ann, 1, "hello", { clientId: scheduled.clientId });
    assert.equal((await send(stage, scheduled))?.id, message.id);
    assert.deepEqual(await list(stage, ann), []);
    const { scheduled: other } = await plan(stage, ann, "other");
    await stage.send(ann, 1, "different", { clientId: other.clientId });
    await refused("conflict", send(stage, other));
  });

  test(`at most ${LIMITS.scheduled} wait`, async (stage) => {
    const { ann } = await stage.people("ann");
    for (let at = 0; at < LIMITS.scheduled; at++) await plan(stage, ann, `${at}`);
    await refused("invalid", plan(stage, ann, "one more"));
    const [first] = await list(stage, ann);
    await stage.store.cancelScheduled({ userId: ann.id, id: first!.id });
    await plan(stage, ann, "one more");
  });

  test("what an erased person had planned is gone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { scheduled } = await plan(stage, ben, "hello");
    await stage.store.eraseUser({
      actorId: ann.id,
      userId: ben.id,
      texts: "keep",
      username: "free",
      displayName: "Former member",
      now: stage.now(),
    });
    assert.equal(await send(stage, scheduled), null);
    assert.equal((await stage.store.jobQueue({ kinds: KINDS, now: NOON })).due, 0);
    assert.ok(!(await textsIn(stage, ann)).includes("hello"));
  });
}
