import assert from "node:assert/strict";
import { distance } from "../../../lib/ui/parts/pane.ts";

const pane = { top: 100, bottom: 500 };
const box = (top: number, height: number) => ({ top, bottom: top + height });

Deno.test("what is in view already stays where it is", () => {
  assert.equal(distance(pane, box(100, 40), "nearest"), 0);
  assert.equal(distance(pane, box(460, 40), "nearest"), 0);
});

Deno.test("what lies above or below comes as near as can be, with a little room to the edge", () => {
  assert.equal(distance(pane, box(60, 40), "nearest"), -48);
  assert.equal(distance(pane, box(700, 40), "nearest"), 248);
});

Deno.test("in the middle is the middle of the pane, not of the window", () => {
  assert.equal(distance(pane, box(280, 40), "center"), 0);
  assert.equal(distance(pane, box(1280, 40), "center"), 1000);
});

Deno.test("what is higher than the pane is shown from its beginning", () => {
  assert.equal(distance(pane, box(700, 900), "center"), 600);
  assert.equal(distance(pane, box(700, 900), "nearest"), 600);
});

Deno.test("what is higher than the pane and fills it moves only where it is to be in the middle", () => {
  assert.equal(distance(pane, box(50, 900), "nearest"), 0);
  assert.equal(distance(pane, box(50, 900), "center"), -50);
});
