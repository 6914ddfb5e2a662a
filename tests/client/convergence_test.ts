/** Whatever happens on the way, the client ends where a fresh fetch would begin. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import { live, type Step, steps } from "../support/model_world.ts";

const sane = { sanitizeOps: true, sanitizeResources: true };
const RUNS = 150;

Deno.test(
  "after any faults the state equals a fresh fetch, and every message is stored once, in order",
  sane,
  async () => {
    const seed = (list: readonly Step[]) => 1 + list.length;
    await fc.assert(
      fc.asyncProperty(steps, (list) => live(list, { seed: seed(list) })),
      { numRuns: RUNS },
    );
  },
);

Deno.test("the comparison notices a client that passes over gaps", sane, async () => {
  // A `changes` that says "nothing was missed" to whoever asks is what ignoring a gap comes to.
  const incoming = (frame: string) => {
    const events = JSON.parse(frame) as ServerEvent[];
    return JSON.stringify(
      events.map((event) =>
        event.type === "changes" ? { ...event, messages: [], more: false, reset: false } : event
      ),
    );
  };
  await assertCaught({ incoming });
});

Deno.test(
  "the comparison notices a client that gives a message a new name when it sends it again",
  sane,
  async () => {
    let count = 0;
    const outgoing = (frame: string) =>
      frame.replace(
        /"clientId":"client-[^"]*"/,
        () => `"clientId":"client-renamed-${++count}______"`,
      );
    await assertCaught({ outgoing });
  },
);

Deno.test("the comparison notices a client that never asks what it missed", sane, async () => {
  const outgoing = (frame: string) => frame.includes('"type":"sync"') ? null : frame;
  await assertCaught({ outgoing });
});

async function assertCaught(fault: Parameters<typeof live>[1]): Promise<void> {
  const property = fc.asyncProperty(steps, (list) => live(list, fault));
  const result = await fc.check(property, { numRuns: RUNS, endOnFailure: true });
  assert.equal(result.failed, true);
  assert.ok(result.errorInstance instanceof assert.AssertionError, String(result.errorInstance));
}
