import assert from "node:assert/strict";
import { badgeCount, formatSize } from "../../../lib/ui/catalogue/numbers.ts";

Deno.test("counts and sizes stay short", () => {
  assert.equal(badgeCount(99), "99");
  assert.equal(badgeCount(1000), "99+");
  assert.equal(formatSize(1_843_200, "en"), "1.8 MB");
  assert.match(formatSize(512, "ru"), /^512/);
});
