/** What a scheduled message's job makes of what the store says. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { createWorks, isPassing } from "../../lib/jobs/works.ts";
import type { ErrorCode } from "../../lib/protocol/codes.ts";
import type { Job } from "../../lib/store/contract/jobs.ts";

const job: Job = {
  id: 1,
  kind: "scheduled",
  subject: 5,
  lane: "room 1",
  userId: 1,
  dueAt: 0,
  tries: 0,
};

async function sending(error: Error | null): Promise<{ failed: string[]; thrown: unknown }> {
  const failed: string[] = [];
  const { scheduled } = createWorks({
    store: {
      sendScheduled: () => error === null ? Promise.resolve(null) : Promise.reject(error),
      failScheduled: ({ id, code }) => Promise.resolve(void failed.push(`${id} ${code}`)),
      tellReminder: () => Promise.resolve(),
      giveUpJob: () => Promise.resolve(),
    },
    mostText: () => 8000,
    online: () => [],
    previews: { isOn: () => false, wake: () => {} },
    now: () => 0,
  });
  const thrown = await scheduled.run(job).then(() => null, (error) => error);
  return { failed, thrown };
}

Deno.test("what is refused for good is kept as failed, with the reason", async () => {
  for (const code of ["forbidden", "not_found", "invalid", "conflict"] satisfies ErrorCode[]) {
    const { failed, thrown } = await sending(new ConfabError(code, "no"));
    assert.deepEqual([failed, thrown], [[`5 ${code}`], null]);
  }
});

Deno.test("what passes by, and what is a bug of ours, is tried again", async () => {
  for (const error of [new ConfabError("unavailable", "no"), new Error("a bug of ours")]) {
    const { failed, thrown } = await sending(error);
    assert.deepEqual([failed, thrown], [[], error]);
  }
  assert.equal(isPassing(new ConfabError("unavailable", "no")), true);
  assert.equal(isPassing(new Error("a bug of ours")), false);
});
