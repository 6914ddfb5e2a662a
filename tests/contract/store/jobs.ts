/** The queue of what is to happen later. */
import assert from "node:assert/strict";
import type { JobKind, JobTurns } from "../../../lib/store/contract/jobs.ts";
import type { User } from "../../../lib/protocol/people.ts";
import { HOUR, type Stage, START, type StoreTest } from "./stage.ts";

const MINUTE = 60_000;
const KINDS: JobKind[] = ["scheduled", "reminder"];
/** When jobs are planned for. */
const NOON = START + HOUR;

const plan = async (stage: Stage, user: User, room: number, at: number) => {
  const message = { userId: user.id, room, text: `for ${at}`, replyTo: null, now: stage.now() };
  return (await stage.store.scheduleMessage({ ...message, clientId: stage.clientId(), at }))
    .scheduled;
};

/** The subjects of what is taken, in order. */
async function take(
  { store }: Stage,
  now: number,
  more: { limit?: number; kinds?: JobKind[]; turns?: JobTurns } = {},
) {
  const taken = await store.takeJobs({ kinds: KINDS, now, limit: 100, ...more });
  return taken.map(({ subject }) => subject);
}

export function jobTests(test: StoreTest): void {
  test("jobs are taken when their time has come, in the order of their times", async (stage) => {
    const { ann } = await stage.people("ann");
    const [last, first, second] = [
      await plan(stage, ann, 1, NOON + 2),
      await plan(stage, ann, 1, NOON),
      await plan(stage, ann, 1, NOON + 1),
    ];
    assert.deepEqual(await take(stage, NOON - 1), []);
    assert.deepEqual(await take(stage, NOON + 1), [first.id, second.id]);
    assert.deepEqual(await take(stage, NOON + 2), [], "the last waits for those before it");
    await stage.store.cancelScheduled({ userId: ann.id, id: first.id });
    await stage.store.cancelScheduled({ userId: ann.id, id: second.id });
    assert.deepEqual(await take(stage, NOON + 2), [last.id]);
  });

  test("what was taken comes again after longer and longer pauses, until it is taken out", async (stage) => {
    const { ann } = await stage.people("ann");
    const { id } = await plan(stage, ann, 1, NOON);
    for (const seconds of [0, 10, 40, 160, 460, 1360]) {
      const now = NOON + seconds * 1000;
      assert.deepEqual(await take(stage, now - 1000), [], `too early for ${seconds} s`);
      assert.deepEqual(await take(stage, now), [id]);
    }
    await stage.store.cancelScheduled({ userId: ann.id, id });
    assert.deepEqual(await take(stage, NOON + 9 * HOUR), []);
  });

  test("a lane waits for its first; others go on", async (stage) => {
    const { ann } = await stage.people("ann");
    const other = await stage.room("public", "other", ann);
    const held = await plan(stage, ann, 1, NOON);
    assert.deepEqual(await take(stage, NOON), [held.id]);
    const behind = await plan(stage, ann, 1, NOON + 1);
    const elsewhere = await plan(stage, ann, other.id, NOON + 2);
    assert.deepEqual(await take(stage, NOON + 2), [elsewhere.id]);
    assert.deepEqual(await take(stage, NOON + MINUTE), [held.id, behind.id, elsewhere.id]);
  });

  test("a portion takes the first ones, and the next goes on behind it", async (stage) => {
    const { ann } = await stage.people("ann");
    const rooms = [
      1,
      (await stage.room("public", "b", ann)).id,
      (await stage.room("public", "c", ann)).id,
    ];
    const planned: number[] = [];
    for (const room of rooms) planned.push((await plan(stage, ann, room, NOON)).id);
    assert.deepEqual(await take(stage, NOON, { limit: 2 }), planned.slice(0, 2));
    assert.deepEqual(await take(stage, NOON, { limit: 2 }), planned.slice(2));
  });

  test("in turns, of each person the first is taken, and whose turn was longest ago goes first", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const planOf = async (user: User, name: string, at: number) =>
      (await plan(stage, user, (await stage.room("public", name, user)).id, at)).id;
    const anns = [
      await planOf(ann, "a", NOON),
      await planOf(ann, "b", NOON + 1),
      await planOf(ann, "c", NOON + 2),
    ];
    const bens = [await planOf(ben, "d", NOON + 3), await planOf(ben, "e", NOON + 4)];
    const cids = [await planOf(cid, "f", NOON + 5), await planOf(cid, "g", NOON + 6)];
    const turn = (served: User[], full: User[], limit: number, now = NOON + 9) => {
      const turns = { served: served.map(({ id }) => id), full: full.map(({ id }) => id) };
      return take(stage, now, { turns, limit });
    };
    assert.deepEqual(await turn([], [], 9, NOON - 1), [], "nothing is due");
    assert.deepEqual(await turn([], [], 2), [anns[0], bens[0]]);
    assert.deepEqual(await turn([ann, ben], [], 1), [cids[0]], "who had no turn");
    assert.deepEqual(await turn([ben, ann, cid], [], 1), [bens[1]], "the longest ago");
    assert.deepEqual(await turn([ann, cid], [ann], 9), [cids[1]], "who may have no more");
    assert.deepEqual(await turn([ann], [], 9), [anns[1]], "one of each, however many there may be");
    assert.deepEqual(await turn([ann], [], 9), [anns[2]]);
    assert.deepEqual(await turn([], [], 9), [], "what was taken is not there again at once");
  });

  test("kinds that somebody does not know stay for who knows them", async (stage) => {
    const { ann } = await stage.people("ann");
    const message = await stage.send(ann, 1, "hello");
    await stage.store.remind({ userId: ann.id, message: message.id, at: NOON, now: stage.now() });
    const { id } = await plan(stage, ann, 1, NOON + 1);
    const kinds: JobKind[] = ["scheduled"];
    assert.deepEqual(await take(stage, NOON + 1, { kinds, limit: 1 }), [id]);
    assert.equal((await take(stage, NOON + 1)).length, 1);
  });

  test("the queue says when the next job is due, and since when what is due waits", async (stage) => {
    const { ann } = await stage.people("ann");
    const queue = (now: number) => stage.store.jobQueue({ kinds: KINDS, now });
    assert.deepEqual(await queue(NOON), { next: null, due: 0, since: null });
    await plan(stage, ann, 1, NOON + 5);
    await plan(stage, ann, 1, NOON);
    assert.deepEqual(await queue(NOON - 1), { next: NOON, due: 0, since: null });
    assert.deepEqual(await queue(NOON + 1), { next: NOON + 5, due: 1, since: NOON });
    await take(stage, NOON + 1);
    assert.deepEqual(await queue(NOON + 7), { next: NOON + 10_001, due: 2, since: NOON });
  });

  test("one that is given up is taken out", async (stage) => {
    const { ann } = await stage.people("ann");
    await plan(stage, ann, 1, NOON);
    const [job] = await stage.store.takeJobs({ kinds: KINDS, now: NOON, limit: 1 });
    await stage.store.giveUpJob({ id: job!.id });
    assert.deepEqual(await stage.store.jobQueue({ kinds: KINDS, now: NOON + HOUR }), {
      next: null,
      due: 0,
      since: null,
    });
  });
}
