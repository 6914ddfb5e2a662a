import assert from "node:assert/strict";
import { Turns } from "../../lib/files/turns.ts";

Deno.test("so many have a turn at a time, in the order in which they came", async () => {
  const turns = new Turns(2);
  const leaveOne = await turns.enter();
  await turns.enter();
  const entered: string[] = [];
  const third = turns.enter().then((leave) => (entered.push("third"), leave));
  const fourth = turns.enter().then((leave) => (entered.push("fourth"), leave));
  await Promise.resolve();
  assert.deepEqual(entered, []);
  leaveOne();
  leaveOne();
  const leaveThree = await third;
  assert.deepEqual(entered, ["third"], "leaving twice gives no second place");
  leaveThree();
  (await fourth)();
  const leaveFive = await turns.enter();
  leaveFive();
});
