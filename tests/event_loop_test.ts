/** The real event loop: what waits until the program has started. */
import assert from "node:assert/strict";
import process from "node:process";
import { eventLoop } from "../lib/event_loop.ts";

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
