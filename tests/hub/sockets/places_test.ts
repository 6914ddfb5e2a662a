import assert from "node:assert/strict";
import { Places } from "../../../lib/hub/sockets/places.ts";

Deno.test("as many as there are places begin at once, the others in the order in which they came", async () => {
  const places = new Places(2);
  const begun: number[] = [];
  const come = async (who: number) => {
    const turn = places.take();
    if (turn !== null) await turn;
    begun.push(who);
  };
  const all = [1, 2, 3, 4].map(come);
  assert.deepEqual(begun, [1, 2], "without waiting for anything");
  assert.equal(places.waiting, 2);
  places.giveBack();
  const last = come(5);
  await all[2];
  assert.deepEqual(begun, [1, 2, 3], "nobody who comes later is before those who wait");
  for (let i = 0; i < 2; i++) places.giveBack();
  await Promise.all([...all, last]);
  assert.deepEqual(begun, [1, 2, 3, 4, 5]);
});

Deno.test("places that were given back are free again, and no more than there were", () => {
  const places = new Places(1);
  for (let i = 0; i < 3; i++) {
    assert.equal(places.take(), null);
    places.giveBack();
  }
  assert.equal(places.take(), null);
  assert.notEqual(places.take(), null);
});
