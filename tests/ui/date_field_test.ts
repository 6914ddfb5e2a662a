/** A field for a date and a time: what it holds by the reader's clock, also where that is changed. */
import assert from "node:assert/strict";
import { readField, writeField } from "../../lib/ui/date_field.ts";

/** A clock two hours ahead of UTC, and one hour from 1 a.m. UTC on 25 October 2026 on: Berlin's. */
const BACK = Date.UTC(2026, 9, 25, 1);
const clock = { now: null, ahead: (at: number) => at < BACK ? 120 : 60 };

Deno.test("a moment is read as it was written", () => {
  for (const at of [Date.UTC(2026, 5, 1, 12, 5), Date.UTC(2026, 11, 31, 23, 59)]) {
    assert.equal(readField(writeField(at, clock), clock), at);
  }
  assert.equal(writeField(Date.UTC(2026, 5, 1, 12, 5), clock), "2026-06-01T14:05");
});

Deno.test("where clocks are set back, the hour that comes twice is the first", () => {
  assert.equal(readField("2026-10-25T02:30", clock), Date.UTC(2026, 9, 25, 0, 30));
  assert.equal(readField("2026-10-25T03:30", clock), Date.UTC(2026, 9, 25, 2, 30));
});

Deno.test("where clocks skip an hour, it is as far behind the gap; elsewhere than in Europe too", () => {
  const forward = Date.UTC(2026, 2, 29, 1);
  const berlin = { now: null, ahead: (at: number) => at < forward ? 60 : 120 };
  assert.equal(writeField(readField("2026-03-29T02:30", berlin)!, berlin), "2026-03-29T03:30");
  assert.equal(readField("2026-03-29T03:00", berlin), forward);
  const back = Date.UTC(2026, 10, 1, 6);
  const newYork = { now: null, ahead: (at: number) => at < back ? -240 : -300 };
  assert.equal(readField("2026-11-01T01:30", newYork), Date.UTC(2026, 10, 1, 5, 30));
});

Deno.test("what is no date and time is none", () => {
  for (const value of ["", "tomorrow", "2026-13-01T00:00", "2026-06-01"]) {
    assert.equal(readField(value, clock), null);
  }
});
