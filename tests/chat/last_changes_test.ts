/** Whom each thing that happens concerns: what they were told before is not what they would get now. */
import assert from "node:assert/strict";
import { LastChanges } from "../../lib/chat/last_changes.ts";
import type { Notice } from "../../lib/chat/notice.ts";

const ANN = 1;
const BOB = 2;
const HALL = 10;
const GARDEN = 11;

/** Who sees that: Ann in the hall, Ann in the garden, Bob in the hall, Bob in the garden. */
function concerned(notice: object): string {
  const changes = new LastChanges();
  const before = changes.now;
  // The cast: of a notice only what is read of it.
  changes.happened([notice as Notice]);
  return [[ANN, HALL], [ANN, GARDEN], [BOB, HALL], [BOB, GARDEN]]
    .filter(([user, room]) => !changes.unchangedSince(before, user!, [room!]))
    .map(([user, room]) => `${user === ANN ? "ann" : "bob"} ${room === HALL ? "hall" : "garden"}`)
    .join(", ");
}

const HALL_ONLY = "ann hall, bob hall";
const ANN_ONLY = "ann hall, ann garden";
const ALL = "ann hall, ann garden, bob hall, bob garden";

Deno.test("what happens in a room concerns those who are in it", () => {
  for (const type of ["message", "moved", "room", "threads"]) {
    assert.equal(concerned({ type, room: HALL }), HALL_ONLY, type);
  }
});

Deno.test("what is somebody's own concerns nobody else", () => {
  const own = ["membership", "unread", "settings", "saved", "heard", "scheduled", "reminder"];
  const more = ["reminderSet", "draft", "signIn", "signInsSeen", "revoked", "read"];
  for (const type of [...own, ...more]) {
    assert.equal(concerned({ type, userId: ANN, room: HALL }), ANN_ONLY, type);
  }
  for (const type of ["thread", "follow"]) {
    assert.equal(concerned({ type, room: HALL, states: [{ userId: ANN }] }), ANN_ONLY, type);
  }
});

Deno.test("who comes and goes, and what others may see of their reading, concern the room, too", () => {
  const both = "ann hall, ann garden, bob hall";
  assert.equal(concerned({ type: "joined", userId: ANN, room: { id: HALL } }), both);
  assert.equal(concerned({ type: "left", userId: ANN, room: HALL }), both);
  assert.equal(concerned({ type: "read", userId: ANN, room: HALL, seenAt: 5 }), both);
});

Deno.test("names and what staff set concern everybody", () => {
  for (const type of ["user", "requests", "emoji", "workspace"]) {
    assert.equal(concerned({ type, user: { id: BOB } }), ALL, type);
  }
});

Deno.test("what no page shows concerns nobody", () => {
  for (const type of ["typing", "presence", "spending", "events"]) {
    assert.equal(concerned({ type, room: HALL, userId: ANN }), "", type);
  }
});

Deno.test("what was read after a change has it, and what was read before has not", () => {
  const changes = new LastChanges();
  const before = changes.now;
  changes.happened([{ type: "signInsSeen", userId: ANN }]);
  const after = changes.now;
  assert.equal(changes.unchangedSince(before, ANN, [HALL]), false);
  assert.equal(changes.unchangedSince(after, ANN, [HALL]), true);
  assert.equal(changes.unchangedSince(before, BOB, [HALL]), true);
});
