import assert from "node:assert/strict";
import { formatDuration } from "../../../lib/ui/parts/duration.ts";

Deno.test("how long something lasts is written as players write it", () => {
  assert.deepEqual([0, 7, 61.9, 600, 3_723, 36_000, -1, NaN].map(formatDuration), [
    "0:00",
    "0:07",
    "1:01",
    "10:00",
    "1:02:03",
    "10:00:00",
    "0:00",
    "0:00",
  ]);
});
