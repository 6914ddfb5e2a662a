/** The square of a picture that is taken. */
import assert from "node:assert/strict";
import { Crop, ZOOM_MOST } from "../../../lib/ui/avatars/crop.ts";

Deno.test("the largest square in the middle comes first, however the picture lies", () => {
  assert.deepEqual(new Crop(400, 300).square, { left: 50, top: 0, side: 300 });
  assert.deepEqual(new Crop(300, 400).square, { left: 0, top: 50, side: 300 });
});

Deno.test("it moves as far as the picture goes, and no further", () => {
  const crop = new Crop(400, 300);
  crop.moveBy(-9, -9);
  assert.deepEqual(crop.square, { left: 0, top: 0, side: 300 });
  crop.moveBy(9, 9);
  assert.deepEqual(crop.square, { left: 100, top: 0, side: 300 });
});

Deno.test("made smaller it keeps its middle, and made larger it stays within the picture", () => {
  const crop = new Crop(400, 300);
  crop.zoomTo(2);
  assert.deepEqual(crop.square, { left: 125, top: 75, side: 150 });
  crop.moveBy(9, 9);
  assert.deepEqual(crop.square, { left: 250, top: 150, side: 150 });
  crop.zoomTo(0);
  assert.deepEqual(crop.square, { left: 100, top: 0, side: 300 });
  crop.zoomTo(99);
  assert.equal(crop.zoom, ZOOM_MOST);
});
