/** Whoever does what is due: over a queue and a clock that the test holds. */
import assert from "node:assert/strict";
import { JobRunner } from "../../lib/jobs/runner.ts";
import type { JobWork } from "../../lib/jobs/trying.ts";
import { newCounts } from "../../lib/metrics/counts.ts";
import type { Job, JobKind } from "../../lib/store/contract/jobs.ts";

class Outside {
  now = 1_000;
  /** What is due when it is asked for; a taken one is not there again. */
  readonly ready: Job[] = [];
  /** When the queue says that something comes next. */
  next: number | null = null;
  broken = false;
  /** As of when the queue was asked what comes next. */
  readonly asked: number[] = [];
  readonly did: number[] = [];
  readonly gaveUp: number[] = [];
  readonly logged: string[] = [];
  readonly alarms = new Map<() => void, number>();
  readonly counts = newCounts().jobs;
  /** What a job does, if not just to be done. */
  work: (job: Job) => Promise<void> = () => Promise.resolve();

  add(subject: number, more: Partial<Job> = {}): void {
    const job: Job = {
      id: subject,
      kind: "scheduled",
      subject,
      lane: "a",
      userId: 1,
      dueAt: 0,
      tries: 0,
    };
    this.ready.push({ ...job, ...more });
  }

  runner(): JobRunner {
    const work: JobWork = {
      run: async (job) => {
        await this.work(job);
        this.did.push(job.subject);
      },
      giveUp: ({ subject }) => Promise.resolve(void this.gaveUp.push(subject)),
    };
    return new JobRunner({
      store: {
        takeJobs: ({ limit }) =>
          this.broken
            ? Promise.reject(new Passing())
            : Promise.resolve(this.ready.splice(0, limit)),
        jobQueue: ({ now }) => {
          this.asked.push(now);
          return Promise.resolve({ next: this.next, due: 3, since: 7 });
        },
      },
      works: { scheduled: work, reminder: work, preview: work } satisfies Record<JobKind, JobWork>,
      isPassing: (error) => error instanceof Passing,
      now: () => this.now,
      loop: {
        every: (ms, task) => {
          const stop = () => void this.alarms.delete(stop);
          this.alarms.set(stop, ms);
          this.#tasks.set(stop, task);
          return stop;
        },
      },
      log: { error: (message) => this.logged.push(message) },
      counts: this.counts,
    });
  }

  readonly #tasks = new Map<() => void, () => void>();

  /** The only alarm that is set: after how many milliseconds. */
  alarm(): number {
    assert.equal(this.alarms.size, 1);
    return [...this.alarms.values()][0]!;
  }

  ring(): void {
    const [stop] = this.alarms.keys();
    this.#tasks.get(stop!)!();
  }
}

class Passing extends Error {}

/** Lets everything happen that waits for nothing from outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

Deno.test("what is due is done in its order, in portions, until nothing is left", async () => {
  const outside = new Outside();
  for (let subject = 1; subject <= 45; subject++) outside.add(subject);
  const runner = outside.runner();
  runner.wake();
  await settle();
  assert.deepEqual(outside.did, Array.from({ length: 45 }, (_, at) => at + 1));
  assert.equal(outside.counts.done.get("scheduled"), 45);
  assert.deepEqual([outside.counts.due, outside.counts.since], [3, 7]);
  await runner.close();
});

Deno.test("it wakes when the next is due, and looks now and then for what others have planned", async () => {
  const outside = new Outside();
  const runner = outside.runner();
  outside.next = 1_400;
  runner.wake();
  await settle();
  assert.equal(outside.alarm(), 400);
  outside.add(1);
  outside.next = 900_000;
  outside.ring();
  await settle();
  assert.deepEqual(outside.did, [1]);
  assert.equal(outside.alarm(), 15_000);
  outside.next = null;
  runner.wake();
  await settle();
  assert.equal(outside.alarm(), 15_000);
  await runner.close();
  assert.equal(outside.alarms.size, 0);
});

Deno.test("where one fails, what stands behind it in its lane waits, and other lanes go on", async () => {
  const outside = new Outside();
  outside.work = ({ subject }) => subject === 1 ? Promise.reject(new Passing()) : Promise.resolve();
  outside.add(1);
  outside.add(2);
  outside.add(3, { lane: "b" });
  const runner = outside.runner();
  runner.wake();
  await settle();
  assert.deepEqual(outside.did, [3]);
  assert.deepEqual(outside.logged, [], "what passes by is no news");
  assert.equal(outside.counts.failed.get("scheduled"), 1);
  await runner.close();
});

Deno.test("one that never succeeds is given up after many tries, and its lane goes on", async () => {
  const outside = new Outside();
  outside.work = ({ subject }) =>
    subject === 1 ? Promise.reject(new Error("a bug of ours")) : Promise.resolve();
  outside.add(1, { tries: 9 });
  outside.add(2);
  const runner = outside.runner();
  runner.wake();
  await settle();
  assert.deepEqual([outside.gaveUp, outside.did], [[1], [2]]);
  assert.deepEqual(outside.logged, ["a job failed"]);
  await runner.close();
});

Deno.test("what passes by is never given up", async () => {
  const outside = new Outside();
  outside.work = () => Promise.reject(new Passing());
  outside.add(1, { tries: 99 });
  const runner = outside.runner();
  runner.wake();
  await settle();
  assert.deepEqual(outside.gaveUp, []);
  await runner.close();
});

Deno.test("where the database does not answer, it is asked again soon", async () => {
  const outside = new Outside();
  outside.broken = true;
  outside.add(1);
  const runner = outside.runner();
  runner.wake();
  await settle();
  assert.equal(outside.alarm(), 5_000);
  outside.broken = false;
  outside.ring();
  await settle();
  assert.deepEqual(outside.did, [1]);
  await runner.close();
});

Deno.test("what becomes due while others are done comes next, and is not passed over", async () => {
  const outside = new Outside();
  outside.work = () => Promise.resolve(void (outside.now += 50));
  outside.add(1);
  outside.next = 1_020;
  const runner = outside.runner();
  runner.wake();
  await settle();
  assert.deepEqual(outside.asked, [1_000], "as of when it was taken, not as of now");
  assert.equal(outside.alarm(), 1, "at once");
  await runner.close();
});

Deno.test("what is planned while one is done is looked for at once", async () => {
  const outside = new Outside();
  const runner = outside.runner();
  outside.work = ({ subject }) => {
    if (subject === 1) {
      outside.add(2);
      runner.wake();
    }
    return Promise.resolve();
  };
  outside.add(1);
  runner.wake();
  await settle();
  assert.deepEqual(outside.did, [1, 2]);
  await runner.close();
});

Deno.test("closing waits for what is under way, and begins nothing more", async () => {
  const outside = new Outside();
  const { promise, resolve } = Promise.withResolvers<void>();
  outside.work = () => promise;
  outside.add(1);
  outside.add(2);
  const runner = outside.runner();
  runner.wake();
  await settle();
  let closed = false;
  const closing = runner.close().then(() => closed = true);
  await settle();
  assert.equal(closed, false);
  resolve();
  await closing;
  assert.deepEqual(outside.did, [1]);
  runner.wake();
  await settle();
  assert.deepEqual([outside.did, outside.alarms.size], [[1], 0]);
});
