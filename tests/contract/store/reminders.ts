/** Messages of which somebody wants to be reminded. */
import assert from "node:assert/strict";
import { LIMITS } from "../../../lib/protocol/limits.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { Change } from "../../../lib/store/changes.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { HOUR, refused, type Stage, START, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

const NOON = START + HOUR;

const remind = (stage: Stage, user: User, { id }: { id: number }, at = NOON) =>
  stage.store.remind({ userId: user.id, message: id, at, now: stage.now() });

const drop = ({ store }: Stage, user: User, { id }: { id: number }) =>
  store.dropReminder({ userId: user.id, message: id });

async function list({ store }: Stage, user: User): Promise<[string, number, boolean][]> {
  const reminders = await store.listReminders({ userId: user.id });
  return reminders.map(({ message, at, due }) => [message.text, at, due]);
}

/** Does what the queue does. */
async function tell({ store }: Stage, now: number): Promise<void> {
  for (const { subject } of await store.takeJobs({ kinds: ["reminder"], now, limit: 1000 })) {
    await store.tellReminder({ id: subject, now });
  }
}

const counts = (due: number) => ({ scheduled: 0, failed: 0, due });

export function reminderTests(test: StoreTest): void {
  test("a reminder is told once, at its time, to its user, with the message as it reads then", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const message = await stage.send(ann, 1, "read this");
    stage.takeChanges();
    await remind(stage, ben, message);
    assert.deepEqual(stage.takeChanges(), [
      { type: "reminderSet", userId: ben.id, message: message.id, at: NOON, later: counts(0) },
    ]);
    await tell(stage, NOON - 1);
    assert.deepEqual(stage.takeChanges(), []);
    const now = await stage.edit(ann, message, "read this, mended");
    stage.takeChanges();
    await tell(stage, NOON);
    await tell(stage, NOON + HOUR);
    assert.deepEqual(stage.takeChanges(), [
      { type: "reminder", userId: ben.id, message: now, at: NOON, later: counts(1) },
    ]);
    assert.deepEqual(await list(stage, ben), [["read this, mended", NOON, true]]);
    assert.deepEqual(await list(stage, ann), []);
    assert.deepEqual((await snapshotOf(stage.store, ben.id)).later, counts(1));
  });

  test("what is due is counted anew when its message or its reader goes, and comes back", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { id: room } = await stage.room("private", "garden", ann, ben);
    const [one, two] = [await stage.send(ann, room, "one"), await stage.send(ann, room, "two")];
    for (const message of [one, two]) await remind(stage, ben, message);
    await remind(stage, ann, one, NOON + HOUR);
    await tell(stage, NOON);
    const told = (changes: Change[]) =>
      changes.flatMap((change) =>
        change.type === "reminderSet"
          ? [[change.userId, change.message, change.at, change.later.due]]
          : []
      );
    const after = async (work: Promise<unknown>) => {
      stage.takeChanges();
      await work;
      const { due } = (await snapshotOf(stage.store, ben.id)).later;
      return { told: told(stage.takeChanges()), due };
    };
    const { store } = stage;
    const now = stage.now();
    const deletion = store.deleteMessage({ userId: ann.id, message: one.id, now });
    assert.deepEqual(await after(deletion), { told: [[ben.id, one.id, null, 1]], due: 1 });
    const edited = stage.edit(ann, two, "two, mended");
    assert.deepEqual(await after(edited), { told: [], due: 1 });
    const undo = store.restoreMessage({ userId: ann.id, message: one.id, now });
    assert.deepEqual(await after(undo), { told: [[ben.id, one.id, NOON, 2]], due: 2 });
    const membership = { actorId: ann.id, room, userId: ben.id };
    assert.deepEqual(await after(store.removeMember(membership)), {
      told: [[ben.id, one.id, null, 0], [ben.id, two.id, null, 0]],
      due: 0,
    });
    assert.deepEqual(await after(store.addMember({ ...membership, now })), {
      told: [[ben.id, one.id, NOON, 2], [ben.id, two.id, NOON, 2]],
      due: 2,
    });
  });

  test("what is due stays in the list until it is dismissed, or put off", async (stage) => {
    const { ann } = await stage.people("ann");
    const [one, two] = [await stage.send(ann, 1, "one"), await stage.send(ann, 1, "two")];
    await remind(stage, ann, one);
    await remind(stage, ann, two, NOON + 1);
    await tell(stage, NOON + 1);
    assert.deepEqual(await list(stage, ann), [["two", NOON + 1, true], ["one", NOON, true]]);
    stage.takeChanges();
    await drop(stage, ann, one);
    await drop(stage, ann, one);
    assert.deepEqual(stage.takeChanges(), [
      { type: "reminderSet", userId: ann.id, message: one.id, at: null, later: counts(1) },
    ]);
    await remind(stage, ann, two, NOON + HOUR);
    assert.deepEqual(await list(stage, ann), [["two", NOON + HOUR, false]]);
    stage.takeChanges();
    await tell(stage, NOON + HOUR);
    assert.equal(stage.takeChanges()[0]?.type, "reminder");
  });

  test("before its time it can be moved, and taken back", async (stage) => {
    const { ann } = await stage.people("ann");
    const message = await stage.send(ann, 1, "hello");
    await remind(stage, ann, message);
    await remind(stage, ann, message, NOON + 5);
    assert.deepEqual(await list(stage, ann), [["hello", NOON + 5, false]]);
    await drop(stage, ann, message);
    await tell(stage, NOON + HOUR);
    assert.deepEqual(await list(stage, ann), []);
  });

  test("only of what one may read, and at a time to come", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "secret", ann);
    const secret = await stage.send(ann, room.id, "secret");
    await refused("not_found", remind(stage, ben, secret));
    await refused("not_found", drop(stage, ben, secret));
    await refused("not_found", remind(stage, ben, { id: 999 }));
    const gone = await stage.send(ann, 1, "gone");
    await stage.delete(ann, gone);
    await refused("forbidden", remind(stage, ann, gone));
    await refused("invalid", remind(stage, ann, secret, START - HOUR));
  });

  test("nobody is told of what they may not read any more; it waits until they are back", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "secret", ann, ben);
    const message = await stage.send(ann, room.id, "secret");
    await remind(stage, ben, message);
    await stage.remove(room.id, ann, ben);
    stage.takeChanges();
    await tell(stage, NOON);
    assert.deepEqual(stage.takeChanges(), []);
    assert.deepEqual(await list(stage, ben), []);
    assert.deepEqual((await snapshotOf(stage.store, ben.id)).later, counts(0));
    await stage.add(room.id, ann, ben);
    assert.deepEqual(await list(stage, ben), [["secret", NOON, true]]);
    assert.deepEqual((await snapshotOf(stage.store, ben.id)).later, counts(1));
  });

  test("of a deleted message nobody is reminded", async (stage) => {
    const { ann } = await stage.people("ann");
    const [one, two] = [await stage.send(ann, 1, "one"), await stage.send(ann, 1, "two")];
    await remind(stage, ann, one);
    await remind(stage, ann, two);
    await tell(stage, NOON);
    const three = await stage.send(ann, 1, "three");
    await remind(stage, ann, three, NOON + 1);
    for (const message of [one, three]) await stage.delete(ann, message);
    stage.takeChanges();
    await tell(stage, NOON + 1);
    assert.deepEqual(stage.takeChanges(), []);
    assert.deepEqual(await list(stage, ann), [["two", NOON, true]]);
  });

  test("there is a limit, in which those of deleted messages do not count", async (stage) => {
    const { ann } = await stage.people("ann");
    const messages: Message[] = await Promise.all(
      Array.from({ length: LIMITS.reminders }, (_, at) => stage.send(ann, 1, `${at}`)),
    );
    await Promise.all(messages.map((message) => remind(stage, ann, message)));
    const more = await stage.send(ann, 1, "one more");
    await refused("invalid", remind(stage, ann, more));
    await remind(stage, ann, messages[0]!, NOON + 5);
    await stage.delete(ann, messages[1]!);
    await remind(stage, ann, more);
  });
}
