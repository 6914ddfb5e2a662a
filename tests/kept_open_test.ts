/** What breaks is opened again, soon and then less often; people are told once. */
import assert from "node:assert/strict";
import { KeptOpen, type Openable } from "../lib/kept_open.ts";
import { testLog } from "./support/test_log.ts";
import { VirtualLoop } from "./support/virtual_loop.ts";

class Thing implements Openable {
  closed = false;
  answers = true;
  checks = 0;
  end = (_error: Error) => {};

  onEnd(listener: (error: Error) => void) {
    this.end = listener;
  }
  check(): Promise<void> {
    this.checks += 1;
    return this.answers ? Promise.resolve() : new Promise(() => {});
  }
  close() {
    this.closed = true;
  }
}

class Stage {
  readonly turned = new VirtualLoop();
  readonly things: Thing[] = [];
  readonly lines: string[];
  /** Times of all attempts. */
  readonly attempts: number[] = [];
  failure: Error | null = null;
  returns = 0;
  kept!: KeptOpen<Thing>;

  private constructor(private readonly logged = testLog()) {
    this.lines = logged.lines;
  }

  static async start(): Promise<Stage> {
    const stage = new Stage();
    stage.kept = await KeptOpen.start({
      open: () => stage.#open(),
      loop: stage.turned.loop,
      random: () => 1,
      log: stage.logged.log,
      says: { away: "it is away", back: "it is back" },
    });
    stage.kept.onReturn(() => stage.returns += 1);
    return stage;
  }

  #open(): Promise<Thing> {
    this.attempts.push(this.turned.loop.now());
    if (this.failure !== null) return Promise.reject(this.failure);
    const thing = new Thing();
    this.things.push(thing);
    return Promise.resolve(thing);
  }
}

Deno.test("a thing that ends is opened again at once; each is told once", async () => {
  const { kept, things, turned, lines, ...stage } = await Stage.start();
  assert.equal(kept.current, things[0]);
  things[0]!.end(new Error("gone"));
  things[0]!.end(new Error("gone again"));
  assert.equal(kept.current, null);
  assert.ok(things[0]!.closed);
  await turned.pass(10);
  assert.equal(kept.current, things[1]);
  assert.equal(things.length, 2);
  assert.deepEqual(lines, ["warn it is away reason=gone", "info it is back seconds=0"]);
  kept.close();
  assert.ok(things[1]!.closed, `${stage.returns}`);
});

Deno.test("pauses grow to two seconds, and the outage is one line however long it lasts", async () => {
  const stage = await Stage.start();
  stage.failure = new Error("nothing listens");
  stage.things[0]!.end(new Error("gone"));
  await stage.turned.pass(20_000);
  const [, ...times] = stage.attempts;
  const pauses = times.slice(1).map((time, index) => time - times[index]!);
  assert.deepEqual(pauses.slice(0, 6), [100, 200, 400, 800, 1_600, 2_000]);
  assert.ok(pauses.slice(5).every((pause) => pause === 2_000));
  assert.deepEqual(stage.lines, ["warn it is away reason=gone"]);
  stage.failure = null;
  await stage.turned.pass(2_000);
  assert.equal(stage.returns, 1);
  assert.match(stage.lines[1]!, /^info it is back seconds=2\d/);
  stage.kept.close();
});

Deno.test("what only a person can mend is told in the outage, once", async () => {
  const stage = await Stage.start();
  stage.failure = Object.assign(new Error("wrong password"), { operator: true });
  stage.things[0]!.end(new Error("gone"));
  await stage.turned.pass(30_000);
  assert.deepEqual(stage.lines, [
    "warn it is away reason=gone",
    'warn it is away reason="wrong password"',
  ]);
  stage.kept.close();
});

Deno.test("one that gives no sign of life is given up, after three times", async () => {
  const stage = await Stage.start();
  await stage.turned.pass(5_000);
  assert.equal(stage.things.length, 1);
  assert.equal(stage.things[0]!.checks, 5);
  stage.things[0]!.answers = false;
  await stage.turned.pass(3_500);
  assert.equal(stage.kept.current, stage.things[0]);
  await stage.turned.pass(1_000);
  assert.equal(stage.kept.current, stage.things[1]);
  assert.equal(stage.things[0]!.checks, 6, "it is asked once, and then waited for");
  stage.kept.close();
});

Deno.test("a listener that fails keeps no other from hearing, and what is open is used", async () => {
  const stage = await Stage.start();
  let heard = 0;
  stage.kept.onReturn(() => {
    throw new Error("a bug");
  });
  stage.kept.onReturn(() => heard += 1);
  stage.things[0]!.end(new Error("gone"));
  await stage.turned.pass(10_000);
  assert.equal(heard, 1);
  assert.equal(stage.things.length, 2, "it is not opened a second time");
  assert.equal(stage.kept.current, stage.things[1]);
  assert.match(stage.lines.at(-1)!, /listener failed/);
  stage.kept.close();
});

Deno.test("after the end nothing is opened any more, not even what was being opened", async () => {
  const stage = await Stage.start();
  stage.things[0]!.end(new Error("gone"));
  stage.kept.close();
  await stage.turned.pass(10_000);
  assert.equal(stage.things.length, 1);
  assert.equal(stage.returns, 0);
});

Deno.test("what cannot be opened at first is an error, not an outage", async () => {
  const turned = new VirtualLoop();
  const { log, lines } = testLog();
  const open = () => Promise.reject(new Error("nothing listens"));
  const says = { away: "it is away", back: "it is back" };
  const starting = KeptOpen.start({ open, loop: turned.loop, random: () => 1, log, says });
  await assert.rejects(starting, /nothing listens/);
  await turned.pass(10_000);
  assert.deepEqual(lines, []);
});
