import assert from "node:assert/strict";
import { scaled } from "../../lib/client/smaller_pictures.ts";

const sizes = (...[width, height]: [number, number]) => Object.values(scaled(width, height));

Deno.test("photos are made as large as a large screen, whichever way they were held", () => {
  assert.deepEqual(sizes(3600, 2700), [2560, 1920]);
  assert.deepEqual(sizes(2700, 3600), [1920, 2560]);
  assert.deepEqual(sizes(5120, 2880), [2560, 1440]);
});

Deno.test("what is small stays as it is", () => {
  assert.deepEqual(sizes(2560, 2560), [2560, 2560]);
  assert.deepEqual(sizes(1080, 2400), [1080, 2400]);
  assert.deepEqual(sizes(1, 1), [1, 1]);
});

Deno.test("a long screenshot or a panorama keeps so many pixels across that it can be read", () => {
  assert.deepEqual(sizes(400, 8000), [400, 8000]);
  assert.deepEqual(sizes(8000, 300), [8000, 300]);
  assert.deepEqual(sizes(1440, 9000), [1280, 8000]);
  assert.deepEqual(sizes(12000, 3000), [5120, 1280]);
});

Deno.test("however long it is, it has no more pixels than a phone can draw", () => {
  for (const [width, height] of [[1280, 60_000], [100_000, 1000], [40_000, 30_000]] as const) {
    const [across, down] = sizes(width, height) as [number, number];
    assert(across * down <= 16_100_000 && across >= 1 && down >= 1, `${across} x ${down}`);
    assert(Math.abs(across / down - width / height) < 0.02 * width / height);
  }
});
