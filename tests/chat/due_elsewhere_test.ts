/** What other nodes have planned is minded here too, a little later than there. */
import assert from "node:assert/strict";
import { followDue } from "../../lib/chat/due_elsewhere.ts";
import type { DurableChange } from "../../lib/chat/notice.ts";

const LATER = { scheduled: 1, failed: 0, due: 0 };

function heard(...events: unknown[]) {
  const jobs: number[] = [];
  const statuses: number[] = [];
  const follower = followDue({
    jobs: (time) => jobs.push(time),
    statuses: (time) => statuses.push(time),
  });
  follower.happened(events as DurableChange[]); // only what is read of them
  return { jobs, statuses };
}

Deno.test("a message, a reminder and a status of another node are looked for a second after their time", () => {
  assert.deepEqual(
    heard(
      { type: "scheduled", userId: 1, id: 1, scheduled: { at: 5_000, failed: null }, later: LATER },
      { type: "reminderSet", userId: 1, message: 1, at: 7_000, later: LATER },
      { type: "user", user: { id: 1, status: { emoji: "🌴", text: "", until: 9_000 } } },
    ),
    { jobs: [6_000, 8_000], statuses: [10_000] },
  );
});

Deno.test("what is not to happen any more, or has no end, wakes nobody", () => {
  assert.deepEqual(
    heard(
      { type: "scheduled", userId: 1, id: 1, scheduled: null, later: LATER },
      {
        type: "scheduled",
        userId: 1,
        id: 1,
        scheduled: { at: 5_000, failed: { at: 5_000, code: "forbidden" } },
        later: LATER,
      },
      { type: "reminderSet", userId: 1, message: 1, at: null, later: LATER },
      { type: "user", user: { id: 1, status: { emoji: "🌴", text: "", until: null } } },
      { type: "user", user: { id: 1, status: null } },
      { type: "left", userId: 1, room: 1, access: 2 },
    ),
    { jobs: [], statuses: [] },
  );
});
