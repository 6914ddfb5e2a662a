/** What the views of people work out: who has seen what, where a card stands, when a status ends. */
import assert from "node:assert/strict";
import { besidePlace } from "../../../lib/ui/people/beside.ts";
import { endOf } from "../../../lib/ui/people/ends.ts";
import { localTime } from "../../../lib/ui/people/local_time.ts";
import { readersOf } from "../../../lib/ui/people/seen.ts";
import { MORNING, roomOf } from "../fake_client.ts";

const ROOM = roomOf({ id: 7, kind: "direct", users: [1, 2, 3, 4], group: true });
const MESSAGE = { userId: 1, seq: 5, ts: MORNING };

Deno.test("who has seen a message comes first, in the order in which they did", () => {
  const marks = [
    { userId: 2, seq: 5, at: MORNING + 9 },
    { userId: 3, seq: 4, at: MORNING - 1 },
    { userId: 4, seq: 5, at: MORNING + 3 },
  ];
  assert.deepEqual(readersOf(ROOM, MESSAGE, { room: 7, marks }, 1), [
    { id: 4, seen: true, at: MORNING + 3 },
    { id: 2, seen: true, at: MORNING + 9 },
    { id: 3, seen: false, at: null },
  ]);
});

Deno.test("a time is told only if it is that of this message", () => {
  const marks = [{ userId: 2, seq: 6, at: MORNING + 9 }, { userId: 3, seq: 5, at: null }];
  const readers = readersOf(ROOM, MESSAGE, { room: 7, marks }, 1)!;
  assert.deepEqual(readers.map(({ id, seen, at }) => [id, seen, at]), [
    [2, true, null],
    [3, true, null],
    [4, false, null],
  ]);
  assert.equal(readersOf(ROOM, MESSAGE, { room: 8, marks }, 1), null);
  assert.equal(readersOf(ROOM, MESSAGE, null, 1), null);
});

Deno.test("a card stands below what was clicked, above it where there is no room, always in the window", () => {
  const card = { width: 300, height: 200 };
  const window = { width: 1000, height: 600 };
  const at = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 20 });
  assert.deepEqual(besidePlace(at(100, 100), card, window), { left: 100, top: 128 });
  assert.deepEqual(besidePlace(at(100, 500), card, window), { left: 100, top: 292 });
  assert.deepEqual(besidePlace(at(950, 100), card, window), { left: 692, top: 128 });
  assert.deepEqual(besidePlace(at(-9, 190), card, { width: 400, height: 300 }), {
    left: 8,
    top: 92,
  });
});

Deno.test("a status ends after a while, tonight, or with the week, by the reader's clock", () => {
  const friday = new Date(2026, 2, 13, 15, 30);
  const inMinutes = (end: "half" | "hour" | "four") =>
    (endOf(end, friday)! - friday.getTime()) / 60_000;
  assert.deepEqual([inMinutes("half"), inMinutes("hour"), inMinutes("four")], [30, 60, 240]);
  assert.equal(endOf("never", friday), null);
  assert.equal(endOf("today", friday), new Date(2026, 2, 13, 23, 59, 59).getTime());
  const sunday = new Date(2026, 2, 15, 23, 59, 59).getTime();
  assert.equal(endOf("week", friday), sunday);
  assert.equal(endOf("week", new Date(2026, 2, 15, 8)), sunday);
});

Deno.test("what time it is elsewhere says how far that is from here, and the day where it is another", () => {
  const here = { language: "en" as const, halves: false, aheadHere: 0 };
  assert.deepEqual(localTime("Asia/Kolkata", MORNING, here), { text: "14:30", ahead: 330 });
  assert.deepEqual(localTime("Pacific/Honolulu", MORNING, here), {
    text: "Fri 23:00",
    ahead: -600,
  });
  const half = localTime("Asia/Tokyo", MORNING, { ...here, halves: true, aheadHere: 540 });
  assert.deepEqual([half!.text.replace(/\s/, " "), half!.ahead], ["6:00 PM", 0]);
  assert.equal(localTime("Nowhere/Land", MORNING, here), null);
});
