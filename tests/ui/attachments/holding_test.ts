import assert from "node:assert/strict";
import { Holding } from "../../../lib/ui/attachments/holding.ts";

const hold = () => new Holding({ x: 300, y: 800 }, 1_000);

Deno.test("who lets go after a while sends, who only taps goes on without holding", () => {
  assert.equal(hold().released(1_900), "sends");
  assert.equal(hold().released(1_200), "stays");
});

Deno.test("a slide to the left drops it, and says on the way how near that is", () => {
  const holding = hold();
  assert.deepEqual(holding.moved({ x: 245, y: 800 }), { state: "holds", dropping: 0.5 });
  assert.deepEqual(holding.moved({ x: 180, y: 800 }), { state: "drops", dropping: 1 });
  assert.equal(holding.released(3_000), "drops");
});

Deno.test("a slide up goes on without holding, and so it stays", () => {
  const holding = hold();
  assert.equal(holding.moved({ x: 290, y: 720 }).state, "stays");
  assert.equal(holding.moved({ x: 100, y: 720 }).state, "stays");
  assert.equal(holding.released(3_000), "stays");
});

Deno.test("a finger that trembles, or slides the other way, changes nothing", () => {
  const holding = hold();
  for (const spot of [{ x: 310, y: 805 }, { x: 380, y: 860 }, { x: 260, y: 770 }]) {
    assert.equal(holding.moved(spot).state, "holds");
  }
  assert.equal(holding.released(3_000), "sends");
});
