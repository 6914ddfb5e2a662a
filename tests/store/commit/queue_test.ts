/** The group commit over an executor that a test holds in its hands: no thread, no database. */
import assert from "node:assert/strict";
import { laneOf } from "../../../lib/metrics/counts.ts";
import { restore } from "../../../lib/store/commit/brief.ts";
import type { Executor } from "../../../lib/store/commit/executor.ts";
import { NO_PACE } from "../../../lib/store/commit/pace.ts";
import { OperationQueue, type QueueOptions } from "../../../lib/store/commit/queue.ts";
import {
  type Batch,
  type BatchOutcome,
  refuseAll,
  unavailable,
  type WireError,
} from "../../../lib/store/commit/wire.ts";
import type { Change } from "../../../lib/store/store.ts";
import { refused } from "../../contract/store/stage.ts";

/** A batch that was handed over, for the test to answer. */
interface Handed extends Batch {
  commit(errors?: Map<number, WireError>): void;
  answer(outcome: BatchOutcome): void;
  die(): void;
}

class FakeExecutor implements Executor {
  readonly restore = restore;
  starts = 0;
  closed = false;
  /** The batches under way. */
  readonly handed: Handed[] = [];
  #expected = Promise.withResolvers<void>();

  start(): Promise<void> {
    this.starts += 1;
    return Promise.resolve();
  }

  run(batch: Batch): Promise<BatchOutcome> {
    const { promise, resolve, reject } = Promise.withResolvers<BatchOutcome>();
    const commit = (errors = new Map<number, WireError>()) =>
      resolve({ outcomes: batch.inputs.map(written), errors, failure: null });
    this.handed.push({ ...batch, commit, answer: resolve, die: () => reject(new Error("dead")) });
    this.#expected.resolve();
    return promise;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  /** The next batch; waits for it. */
  async next(): Promise<Handed> {
    if (this.handed.length === 0) {
      this.#expected = Promise.withResolvers();
      await this.#expected.promise;
    }
    return this.handed.shift()!;
  }
}

/** What the write with this input did: answers with the input, and changed the room of its number. */
const written = (input: unknown) => ({ result: input, changes: [{ type: "room", room: input }] });

function setUp(more: Partial<QueueOptions> = {}) {
  const executor = new FakeExecutor();
  /** Announcements and answers, in their order. */
  const events: unknown[] = [];
  const logged: string[] = [];
  const queue = new OperationQueue({
    executor,
    name: "database writer",
    batchSize: 100,
    pace: NO_PACE,
    onCommit: (changes: Change[]) =>
      events.push(changes.map((change) => "room" in change && change.room)),
    log: (message, _detail, level = "error") => logged.push(`${level}: ${message}`),
    ...more,
  });
  const submit = (input: number) =>
    queue.submit("probe", input).then((result) => void events.push(`answer ${result}`));
  return { executor, queue, events, logged, submit };
}

Deno.test("what arrives while a batch is under way goes whole into the next, in order", async () => {
  const { executor, submit } = setUp();
  const first = submit(1);
  const batch = await executor.next();
  assert.deepEqual(batch.inputs, [1]);
  const later = [2, 3, 4].map(submit);
  batch.commit();
  await first;
  const next = await executor.next();
  assert.deepEqual(next.inputs, [2, 3, 4]);
  next.commit();
  await Promise.all(later);
});

Deno.test("what was committed is announced before anybody is answered", async () => {
  const { executor, submit, events } = setUp();
  const answers = [1, 2].map(submit);
  (await executor.next()).commit();
  await Promise.all(answers);
  assert.deepEqual(events, [[1, 2], "answer 1", "answer 2"]);
});

Deno.test("an operation that fails, fails alone, and is not announced", async () => {
  const { executor, submit, events } = setUp();
  const [one, two, three] = [1, 2, 3].map(submit);
  const refusedAlone = refused("forbidden", two!);
  (await executor.next()).commit(new Map([[1, { code: "forbidden", message: "No." }]]));
  await Promise.all([one, three, refusedAlone]);
  assert.deepEqual(events, [[1, 3], "answer 1", "answer 3"]);
});

Deno.test("where a batch fails as a whole, all are asked to repeat, and the log has it once", async () => {
  const { executor, submit, events, logged } = setUp();
  for (let outage = 0; outage < 2; outage++) {
    const lost = [1, 2].map((input) => refused("unavailable", submit(input)));
    const batch = await executor.next();
    batch.answer(refuseAll(batch, "the disk is full"));
    await Promise.all(lost);
  }
  assert.deepEqual(events, []);
  const again = submit(3);
  (await executor.next()).commit();
  await again;
  assert.deepEqual(events, [[3], "answer 3"]);
  assert.deepEqual(logged, [
    "error: The database writer began to fail.",
    "info: The database writer works again.",
  ]);
});

Deno.test("an executor that dies in the middle takes what waits with it, so that nothing overtakes", async () => {
  const { executor, submit, events } = setUp();
  const inDoubt = refused("unavailable", submit(1));
  const batch = await executor.next();
  const behind = refused("unavailable", submit(2));
  batch.die();
  await Promise.all([inDoubt, behind]);
  const again = [1, 2].map(submit);
  const next = await executor.next();
  assert.deepEqual(next.inputs, [1, 2]);
  next.commit();
  await Promise.all(again);
  assert.deepEqual(events, [[1, 2], "answer 1", "answer 2"]);
});

Deno.test("where a batch stops halfway, what it kept is announced and answered, and nothing overtakes the rest", async () => {
  const { executor, submit, events } = setUp();
  const kept = submit(1);
  const refusedForNow = refused("unavailable", submit(2));
  const batch = await executor.next();
  const behind = refused("unavailable", submit(3));
  const outcomes = batch.inputs.map(written);
  batch.answer({ outcomes, errors: new Map([[1, unavailable()]]), failure: null, halted: true });
  await Promise.all([kept, refusedForNow, behind]);
  assert.deepEqual(events, [[1], "answer 1"]);
  assert.equal(executor.handed.length, 0);
});

Deno.test("a batch has its size, and the next one follows when it is answered", async () => {
  const { executor, submit } = setUp({ batchSize: 2 });
  const all = [1, 2, 3].map(submit);
  const first = await executor.next();
  assert.deepEqual(first.inputs, [1, 2]);
  assert.equal(executor.handed.length, 0);
  first.commit();
  const second = await executor.next();
  assert.deepEqual(second.inputs, [3]);
  second.commit();
  await Promise.all(all);
});

Deno.test("with several lanes, as over a pool, a slow batch does not hold up the next", async () => {
  const { executor, submit, events } = setUp({ batchSize: 1, lanes: 2 });
  const all = [1, 2, 3].map(submit);
  const slow = await executor.next();
  const quick = await executor.next();
  assert.deepEqual([slow.inputs, quick.inputs], [[1], [2]]);
  assert.equal(executor.handed.length, 0, "there are two lanes");
  quick.commit();
  await all[1];
  (await executor.next()).commit();
  await all[2];
  slow.commit();
  await all[0];
  assert.deepEqual(events, [[2], "answer 2", [3], "answer 3", [1], "answer 1"]);
});

Deno.test("what was committed in another order than it was submitted is announced in the order of the commits", async () => {
  const { executor, submit, events } = setUp();
  const all = [1, 2, 3].map(submit);
  const batch = await executor.next();
  const outcomes = batch.inputs.map(written);
  batch.answer({ outcomes, errors: new Map(), failure: null, order: [0, 2, 1] });
  await Promise.all(all);
  assert.deepEqual(events, [[1, 3, 2], "answer 1", "answer 2", "answer 3"]);
});

Deno.test("a cut parts what does not belong together, and only a batch that may grow is paced", async () => {
  const asked: number[] = [];
  const { executor, submit } = setUp({
    cut: (waiting) => waiting.length > 1 ? { size: 1, grows: false } : { size: 1, grows: true },
    pace: {
      wait(size) {
        asked.push(size);
        return 0;
      },
      committing() {},
    },
  });
  const all = [1, 2, 3].map(submit);
  for (const input of [1, 2, 3]) {
    const batch = await executor.next();
    assert.deepEqual(batch.inputs, [input]);
    batch.commit();
  }
  await Promise.all(all);
  assert.deepEqual(asked, [1], "the first two had others behind them");
});

Deno.test("closing finishes what was submitted, takes nothing more, and then lets go", async () => {
  const { executor, queue, submit } = setUp();
  const last = submit(1);
  const batch = await executor.next();
  const waiting = submit(2);
  const closing = queue.close();
  await refused("unavailable", submit(3));
  batch.commit();
  await last;
  assert.equal(executor.closed, false);
  (await executor.next()).commit();
  await waiting;
  await closing;
  assert.equal(executor.closed, true);
});

Deno.test("a listener that fails does not keep anybody from an answer", async () => {
  const { executor, submit, logged } = setUp({
    onCommit() {
      throw new Error("a fault of the listener");
    },
  });
  const answer = submit(1);
  (await executor.next()).commit();
  await answer;
  assert.deepEqual(logged, ["error: A listener failed on committed changes."]);
});

Deno.test("what waits, what is under way, sizes and failures are counted", async () => {
  const counts = laneOf({ lanes: new Map() }, "writer", "write");
  const { executor, submit } = setUp({ counts });
  const first = submit(1);
  assert.deepEqual([counts.waiting, counts.busy], [1, 0]);
  const batch = await executor.next();
  const later = [2, 3].map(submit);
  assert.deepEqual([counts.waiting, counts.busy], [2, 1]);
  batch.commit();
  await first;
  (await executor.next()).commit();
  await Promise.all(later);
  assert.deepEqual([counts.waiting, counts.busy], [0, 0]);
  assert.deepEqual([counts.operations.count, counts.operations.sum], [2, 3]);
  assert.equal(counts.duration.count, 2);

  const refusedAll = refused("unavailable", submit(4));
  const failing = await executor.next();
  failing.answer(refuseAll(failing, "the disk is full"));
  await refusedAll;
  const lost = refused("unavailable", submit(5));
  const dying = await executor.next();
  const behind = refused("unavailable", submit(6));
  dying.die();
  await Promise.all([lost, behind]);
  assert.deepEqual([counts.failed, counts.lost], [1, 1]);
  assert.deepEqual([counts.waiting, counts.busy], [0, 0]);
});
