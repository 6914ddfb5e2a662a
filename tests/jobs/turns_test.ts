/** Turns by person: over a queue that the test holds, and jobs that end when it says so. */
import assert from "node:assert/strict";
import { TurnRunner } from "../../lib/jobs/turns.ts";
import { newCounts } from "../../lib/metrics/counts.ts";
import type { Job } from "../../lib/store/contract/jobs.ts";
import type { Store } from "../../lib/store/store.ts";

class Outside {
  now = 1_000;
  broken = false;
  next: number | null = null;
  readonly ready: Job[] = [];
  /** What is under way, by its subject: how it ends. */
  readonly begun = new Map<number, PromiseWithResolvers<void>>();
  readonly order: number[] = [];
  readonly logged: string[] = [];
  readonly alarms: (() => void)[] = [];
  readonly counts = newCounts().jobs;

  readonly runner = new TurnRunner({
    store: {
      takeJobs: (input) => this.broken ? Promise.reject(new Passing()) : this.#take(input),
      jobQueue: () => Promise.resolve({ next: this.next, due: 0, since: null }),
    },
    works: {
      preview: {
        run: ({ subject }) => {
          this.order.push(subject);
          const ending = Promise.withResolvers<void>();
          this.begun.set(subject, ending);
          return ending.promise;
        },
        giveUp: () => Promise.resolve(),
      },
    },
    places: 4,
    placesAPerson: 2,
    isPassing: (error) => error instanceof Passing,
    now: () => this.now,
    loop: { every: (_, task) => (this.alarms.push(task), () => {}) },
    log: { error: (message) => this.logged.push(message) },
    counts: this.counts,
  });

  /** Jobs of one person. */
  add(userId: number, ...subjects: number[]): void {
    for (const subject of subjects) {
      this.ready.push({
        id: subject,
        kind: "preview",
        subject,
        userId,
        lane: `preview ${subject}`,
        dueAt: 0,
        tries: 0,
      });
    }
  }

  async wake(): Promise<void> {
    this.runner.wake();
    await settle();
  }

  async end(...subjects: number[]): Promise<void> {
    for (const subject of subjects) {
      this.begun.get(subject)!.resolve();
      this.begun.delete(subject);
      await settle();
    }
  }

  /** As the store does it. */
  #take({ limit, turns }: Parameters<Store["takeJobs"]>[0]): Promise<Job[]> {
    const { served, full } = turns!;
    const firsts = [...Map.groupBy(this.ready, ({ userId }) => userId).values()]
      .map(([first]) => first!)
      .filter(({ userId }) => !full.includes(userId))
      .sort((a, b) => served.indexOf(a.userId) - served.indexOf(b.userId))
      .slice(0, limit);
    for (const job of firsts) this.ready.splice(this.ready.indexOf(job), 1);
    return Promise.resolve(firsts);
  }
}

class Passing extends Error {}

/** Lets everything happen that waits for nothing from outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

Deno.test("one person never holds all places, and another's job is begun at once", async () => {
  const outside = new Outside();
  outside.add(1, 11, 12, 13, 14);
  await outside.wake();
  assert.deepEqual(outside.order, [11, 12], "the third waits, though there are places");
  outside.add(2, 21);
  await outside.wake();
  assert.deepEqual(outside.order, [11, 12, 21], "while both of the first are under way");
  await outside.end(12);
  assert.deepEqual(outside.order, [11, 12, 21, 13]);
  await outside.end(11, 13, 21, 14);
  assert.equal(outside.begun.size, 0);
  assert.equal(outside.counts.done.get("preview"), 5);
});

Deno.test("whose turn was longest ago goes first, whatever others planned before", async () => {
  const outside = new Outside();
  outside.add(1, 11, 12, 13);
  outside.add(2, 21, 22, 23);
  await outside.wake();
  assert.deepEqual(outside.order, [11, 21, 12, 22]);
  outside.add(3, 31, 32);
  await outside.wake();
  assert.equal(outside.begun.size, 4, "there is no place");
  await outside.end(22);
  assert.deepEqual(outside.order.slice(4), [31], "who had none is before the second's next");
  await outside.end(12);
  assert.deepEqual(outside.order.slice(5), [13], "the first had their turn before the others");
  await outside.end(21, 11);
  assert.deepEqual(outside.order.slice(6), [23, 32]);
});

Deno.test("a job that fails gives its place back, and the others go on", async () => {
  const outside = new Outside();
  outside.add(1, 11, 12, 13);
  await outside.wake();
  outside.begun.get(11)!.reject(new Passing());
  await settle();
  assert.deepEqual(outside.order, [11, 12, 13]);
  outside.begun.get(12)!.reject(new Error("a bug of ours"));
  await settle();
  assert.deepEqual(outside.logged, ["a job failed"]);
  assert.equal(outside.counts.failed.get("preview"), 2);
});

Deno.test("where the database does not answer, it is asked again soon", async () => {
  const outside = new Outside();
  outside.broken = true;
  outside.add(1, 11);
  await outside.wake();
  assert.deepEqual([outside.order, outside.logged, outside.alarms.length], [[], [], 1]);
  outside.broken = false;
  outside.alarms[0]!();
  await settle();
  assert.deepEqual(outside.order, [11]);
});

Deno.test("closing waits for what is under way, and begins nothing more", async () => {
  const outside = new Outside();
  outside.add(1, 11, 12, 13);
  await outside.wake();
  let closed = false;
  const closing = outside.runner.close().then(() => closed = true);
  await outside.end(11);
  assert.equal(closed, false);
  await outside.end(12);
  await closing;
  await outside.wake();
  assert.deepEqual(outside.order, [11, 12]);
});
