import assert from "node:assert/strict";
import { barsOf } from "../../../lib/ui/files/bars.ts";
import { blocksOf, fitted, wideOnes } from "../../../lib/ui/files/layout.ts";
import { fileOf, pictureOf } from "./sample_files.ts";

Deno.test("a picture fits its box, is never enlarged and never a mere line", () => {
  assert.deepEqual(fitted({ width: 4000, height: 3000 }), { width: 360, height: 270 });
  assert.deepEqual(fitted({ width: 3000, height: 4000 }), { width: 225, height: 300 });
  assert.deepEqual(fitted({ width: 100, height: 80 }), { width: 100, height: 80 });
  assert.deepEqual(fitted({ width: 20_000, height: 100 }), { width: 360, height: 56 });
  assert.deepEqual(fitted({ width: 1, height: 30_000 }), { width: 56, height: 300 });
});

Deno.test("a narrow picture keeps its shape up to the box, and nothing jumps when it comes", () => {
  assert.deepEqual(fitted({ width: 100, height: 2_000 }), { width: 56, height: 300 });
  assert.deepEqual(fitted({ width: 20, height: 100 }), { width: 56, height: 280 });
  assert.deepEqual(fitted({ width: 100, height: 20 }), { width: 280, height: 56 });
  assert.deepEqual(fitted({ width: 10, height: 10 }), { width: 56, height: 56 });
});

Deno.test("the style keeps the size that was reckoned", async () => {
  const style = await Deno.readTextFile("lib/ui/styles/shown_files.css");
  const shown = /\.picture \.shown \{[^}]*\}/.exec(style)![0];
  assert.match(shown, new RegExp(`min-height: ${fitted({ width: 9e4, height: 1 }).height}px`));
  assert.match(shown, new RegExp(`max-height: ${fitted({ width: 1, height: 9e4 }).height}px`));
});

Deno.test("pictures one after the other are a grid; the order of the others stays", () => {
  const files = [pictureOf(1), pictureOf(2), fileOf(3), pictureOf(4)];
  const shape = blocksOf(files).map((block) =>
    block.kind === "file" ? block.file.id : block.files.map(({ id }) => id)
  );
  assert.deepEqual(shape, [[1, 2], 3, [4]]);
});

Deno.test("no row of a grid has a gap", () => {
  for (let count = 2; count <= 10; count++) {
    const wide = wideOnes(count);
    assert(wide <= count && wide % 2 === 0 && (count - wide) % 3 === 0, String(count));
  }
});

Deno.test("a waveform has as many bars, whatever was measured", () => {
  for (const levels of [[], [50], [1, 2, 3], Array(100).fill(7), Array(48).fill(100)]) {
    const bars = barsOf(levels);
    assert.equal(bars.length, 48);
    assert(bars.every((bar) => bar >= 0 && bar <= 100));
  }
  assert.equal(Math.max(...barsOf([3, 6, 1])), 100, "soft voices are seen too");
});
