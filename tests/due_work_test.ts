/** Work that is looked for: in time, one look at a time, whatever a look does. */
import assert from "node:assert/strict";
import { DueWork } from "../lib/due_work.ts";

const EVERY = 1_000;

class Stage {
  now = 0;
  looks = 0;
  /** What a look finds, or does. */
  look: () => Promise<number | null> = () => Promise.resolve(null);
  readonly #timers = new Set<{ at: number; task: () => void }>();
  readonly work = new DueWork({
    look: () => {
      this.looks += 1;
      return this.look();
    },
    every: EVERY,
    now: () => this.now,
    loop: {
      every: (ms, task) => {
        const timer = { at: this.now + ms, task };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    },
  });

  /** When each timer rings. */
  alarms(): number[] {
    return [...this.#timers].map(({ at }) => at);
  }

  async goTo(now: number): Promise<void> {
    this.now = now;
    for (const timer of [...this.#timers]) if (timer.at <= now) timer.task();
    await settled();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("it is looked for now and then, and sooner where a look knows what comes next", async () => {
  const stage = new Stage();
  stage.work.wake();
  await settled();
  assert.deepEqual(stage.alarms(), [EVERY]);
  stage.look = () => Promise.resolve(1_200);
  await stage.goTo(EVERY);
  assert.deepEqual([stage.looks, stage.alarms()], [2, [1_200]]);
  stage.work.at(5_000);
  assert.deepEqual(stage.alarms(), [1_200], "a look before it will find it");
  stage.work.at(1_100);
  assert.deepEqual(stage.alarms(), [1_100]);
});

Deno.test("what is said during a look is not lost: neither a time nor that there is more", async () => {
  const stage = new Stage();
  const first = Promise.withResolvers<null>();
  stage.look = () => first.promise;
  stage.work.wake();
  stage.work.at(300);
  first.resolve(null);
  await settled();
  assert.deepEqual([stage.looks, stage.alarms()], [1, [300]]);
  const second = Promise.withResolvers<null>();
  stage.look = () => second.promise;
  stage.work.wake();
  stage.work.wake();
  assert.equal(stage.looks, 2, "one at a time");
  second.resolve(null);
  await settled();
  assert.equal(stage.looks, 3);
});

Deno.test("a look that fails is followed by the next one", async () => {
  const stage = new Stage();
  stage.look = () => Promise.reject(new Error("the disk is full"));
  stage.work.wake();
  await settled();
  await stage.goTo(EVERY);
  assert.deepEqual([stage.looks, stage.alarms()], [2, [2 * EVERY]]);
});

Deno.test("closing waits for the look that is under way, and nothing rings any more", async () => {
  const stage = new Stage();
  const look = Promise.withResolvers<number>();
  stage.look = () => look.promise;
  stage.work.wake();
  let closed = false;
  const closing = stage.work.close().then(() => closed = true);
  await settled();
  assert.deepEqual([closed, stage.work.closed], [false, true]);
  look.resolve(500);
  await closing;
  stage.work.wake();
  stage.work.at(100);
  assert.deepEqual([stage.looks, stage.alarms()], [1, []]);
});
