import assert from "node:assert/strict";
import { moveBy, swipeOf, WHOLE, zoomAt } from "../../../lib/ui/files/viewer/zoom.ts";

const STAGE = { width: 1000, height: 800 };
const PICTURE = { width: 1000, height: 500 };

Deno.test("what is under the pointer stays under it while one zooms", () => {
  const point = { x: 300, y: 100 };
  const near = zoomAt({ scale: 2, x: 0, y: 0 }, 2, point, PICTURE, STAGE);
  assert.equal(near.scale, 4);
  // The same place of the picture, before and after.
  assert.equal((point.x - near.x) / near.scale, point.x / 2);
  assert.equal((point.y - near.y) / near.scale, point.y / 2);
});

Deno.test("a picture is never smaller than whole, nor larger than eight times, nor moved past its edges", () => {
  assert.deepEqual(zoomAt({ scale: 1.2, x: 50, y: 0 }, .1, { x: 9, y: 9 }, PICTURE, STAGE), WHOLE);
  assert.equal(zoomAt(WHOLE, 1000, { x: 0, y: 0 }, PICTURE, STAGE).scale, 8);
  const moved = moveBy({ scale: 2, x: 0, y: 0 }, { x: 9_000, y: 9_000 }, PICTURE, STAGE);
  assert.deepEqual(moved, { scale: 2, x: 500, y: 100 });
  assert.deepEqual(moveBy(WHOLE, { x: 100, y: 100 }, PICTURE, STAGE), WHOLE);
});

Deno.test("a finger turns to the next, to the one before, or puts the picture away; a shaking one does nothing", () => {
  assert.equal(swipeOf({ x: -120, y: 10 }), "next");
  assert.equal(swipeOf({ x: 120, y: -20 }), "previous");
  assert.equal(swipeOf({ x: 10, y: 150 }), "away");
  assert.equal(swipeOf({ x: 20, y: 20 }), null);
  assert.equal(swipeOf({ x: 100, y: 100 }), null);
  assert.equal(swipeOf({ x: 0, y: -200 }), null);
});
