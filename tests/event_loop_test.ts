/** The real event loop: what waits until the program has started. */
import assert from "node:assert/strict";
import process from "node:process";
import { eventLoop, whenCalm } from "../lib/event_loop.ts";
import { VirtualLoop } from "./support/virtual_loop.ts";

/** Only something under way keeps the runtime from ending, as the listening server does. */
async function keptAlive(wait: Promise<void>): Promise<void> {
  const deadline = setTimeout(() => {}, 10_000);
  await wait;
  clearTimeout(deadline);
}

Deno.test("what waits for the start begins by itself, and ends when it is stopped", async () => {
  const begun = Promise.withResolvers<void>();
  let ended = 0;
  const stop = eventLoop.afterStart(() => {
    begun.resolve();
    return () => ended++;
  });
  await keptAlive(begun.promise);
  assert.equal(ended, 0);
  stop();
  assert.equal(ended, 1);
});

Deno.test("what is stopped before the program has started never begins", async () => {
  let begun = false;
  eventLoop.afterStart(() => {
    begun = true;
  })();
  await keptAlive(new Promise((later) => eventLoop.afterStart(later)));
  assert.equal(begun, false);
});

Deno.test("what is due already is done soon, and the runtime has nothing to say of it", async () => {
  const warnings: unknown[] = [];
  const hear = (warning: unknown) => void warnings.push(warning);
  process.on("warning", hear);
  await new Promise<void>((done) => eventLoop.after(-0.005, done));
  await new Promise((done) => setTimeout(done, 20));
  process.off("warning", hear);
  assert.deepEqual(warnings, []);
});

Deno.test("a long task waits until the loop has kept its time for a while", async () => {
  const virtual = new VirtualLoop();
  let done = 0;
  whenCalm(virtual.loop, () => done++);
  for (let i = 0; i < 20; i++) {
    await virtual.pass(45);
    virtual.spend(15); // somebody keeps the loop busy over the time of each look
  }
  await virtual.pass(100);
  assert.equal(done, 0, "a crowd is still coming");
  await virtual.pass(250);
  assert.equal(done, 1);
  await virtual.pass(20_000);
  assert.equal(done, 1, "once");
});

Deno.test("on a machine that is always busy a long task waits for ten seconds at most", async () => {
  const virtual = new VirtualLoop();
  let done = 0;
  whenCalm(virtual.loop, () => done++);
  for (let i = 0; i < 160; i++) {
    await virtual.pass(45);
    virtual.spend(15);
  }
  assert.equal(done, 0);
  for (let i = 0; i < 20; i++) {
    await virtual.pass(45);
    virtual.spend(15);
  }
  assert.equal(done, 1);
});

Deno.test("a long task that is cancelled is not done", async () => {
  const virtual = new VirtualLoop();
  const cancel = whenCalm(virtual.loop, () => assert.fail("done"));
  await virtual.pass(120);
  cancel();
  await virtual.pass(20_000);
});
