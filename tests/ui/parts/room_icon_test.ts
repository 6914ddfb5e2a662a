import assert from "node:assert/strict";
import { roomIcon } from "../../../lib/ui/parts/room_icon.ts";

Deno.test("a room's icon says its kind, unless it is archived", () => {
  assert.equal(roomIcon({ kind: "public", archived: false }), "hash");
  assert.equal(roomIcon({ kind: "private", archived: false }), "lock");
  assert.equal(roomIcon({ kind: "direct", archived: false }), "people");
  for (const kind of ["public", "private", "direct"] as const) {
    assert.equal(roomIcon({ kind, archived: true }), "archive");
  }
});
