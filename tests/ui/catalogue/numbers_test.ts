import assert from "node:assert/strict";
import { badgeCount } from "../../../lib/ui/catalogue/numbers.ts";

Deno.test("badges stay short", () => {
  assert.equal(badgeCount(99), "99");
  assert.equal(badgeCount(1000), "99+");
});
