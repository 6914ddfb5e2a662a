/** Several workers: started one by one, kept running, stopped together. */
import assert from "node:assert/strict";
import { createLogger } from "../../../lib/program/log.ts";
import { Supervisor } from "../../../lib/program/workers/supervisor.ts";
import type { Worker, WorkerEnd } from "../../../lib/program/workers/worker_process.ts";

class FakeWorker implements Worker {
  readonly #ready = Promise.withResolvers<string>();
  readonly #ended = Promise.withResolvers<WorkerEnd>();
  readonly ready = this.#ready.promise;
  readonly ended = this.#ended.promise;
  readonly signals: string[] = [];
  constructor(readonly nth: number, readonly pid: number) {}

  listens(): void {
    this.#ready.resolve("http://localhost:8000");
  }
  ends(code: number, signal: Deno.Signal | null = null): void {
    this.#ended.resolve({ code, signal });
  }
  kill(signal: Deno.Signal): void {
    this.signals.push(signal);
    this.ends(0);
  }
}

function stage(count: number) {
  const workers: FakeWorker[] = [];
  const pauses: number[] = [];
  const lines: string[] = [];
  let now = 0;
  let paused = Promise.withResolvers<void>();
  const supervisor = new Supervisor({
    count,
    start(nth) {
      const worker = new FakeWorker(nth, 100 + workers.length);
      workers.push(worker);
      return worker;
    },
    log: createLogger({ level: "info", now: () => 0, write: (line) => lines.push(line) }),
    pause(ms) {
      pauses.push(ms);
      return paused.promise;
    },
    ticks: () => now,
  });
  const wake = () => {
    paused.resolve();
    paused = Promise.withResolvers();
  };
  return { supervisor, workers, pauses, lines, wake, pass: (ms: number) => now += ms };
}

/** Until everything that was to follow has followed. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

async function running(count: number) {
  const scene = stage(count);
  const started = scene.supervisor.start();
  for (let nth = 0; nth < count; nth++) {
    assert.equal(scene.workers.length, nth + 1, "one after the other");
    scene.workers[nth]!.listens();
    await settle();
  }
  assert.deepEqual(await started, { address: "http://localhost:8000" });
  return scene;
}

Deno.test("workers are started one after the other, and have one address", async () => {
  const { supervisor, workers } = await running(3);
  assert.deepEqual(workers.map(({ nth }) => nth), [1, 2, 3]);
  await supervisor.stop("SIGTERM");
});

Deno.test("when one cannot start, no other is tried, and those that run are stopped", async () => {
  const { supervisor, workers } = stage(3);
  const started = supervisor.start();
  workers[0]!.listens();
  await settle();
  workers[1]!.ends(1);
  assert.deepEqual(await started, { failed: { code: 1, signal: null } });
  assert.equal(workers.length, 2);
  assert.deepEqual(workers[0]!.signals, ["SIGTERM"]);
});

Deno.test("a worker that dies is started again, and the others go on", async () => {
  const { supervisor, workers, pauses, lines, wake } = await running(2);
  workers[1]!.ends(137, "SIGKILL");
  await settle();
  assert.match(lines.join(""), / error a worker ended unasked.* worker=2 pid=101 signal=SIGKILL/);
  assert.equal(workers.length, 2);
  wake();
  await settle();
  assert.deepEqual(workers.map(({ nth }) => nth), [1, 2, 2]);
  assert.deepEqual([pauses, workers[0]!.signals], [[250], []]);
  await supervisor.stop("SIGTERM");
});

Deno.test("one that dies again and again is waited for longer and longer, until it has lasted", async () => {
  const { supervisor, workers, pauses, wake, pass } = await running(1);
  for (let death = 0; death < 9; death++) {
    workers.at(-1)!.ends(1);
    await settle();
    wake();
    await settle();
  }
  assert.deepEqual(pauses.slice(-3), [16_000, 30_000, 30_000]);
  pass(60_000);
  workers.at(-1)!.ends(1);
  await settle();
  assert.equal(pauses.at(-1), 250);
  await supervisor.stop("SIGTERM");
});

Deno.test("all are stopped together, and one that waits to be started again is not", async () => {
  const { supervisor, workers } = await running(3);
  workers[2]!.ends(1);
  await settle();
  await supervisor.stop("SIGINT");
  assert.deepEqual(workers.map(({ signals }) => signals), [["SIGINT"], ["SIGINT"], []]);
  assert.equal(workers.length, 3);
});
