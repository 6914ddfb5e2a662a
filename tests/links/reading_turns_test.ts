/** Whose piece is read when: over a loop that the test turns. */
import assert from "node:assert/strict";
import { createReadingTurns } from "../../lib/links/reading_turns.ts";

Deno.test("in each turn of the loop one goes on, in the order in which they came", async () => {
  const tasks: (() => void)[] = [];
  const turn = createReadingTurns({ after: (_ms, task) => void tasks.push(task) });
  const read: string[] = [];
  const page = async (name: string, pieces: number) => {
    for (let piece = 1; piece <= pieces; piece++) {
      await turn();
      read.push(`${name}${piece}`);
    }
  };
  const pages = [page("a", 2), page("b", 3)];
  for (const expected of ["a1", "b1", "a2", "b2", "b3"]) {
    assert.equal(tasks.length, 1);
    tasks.shift()!();
    for (let step = 0; step < 9; step++) await Promise.resolve();
    assert.equal(read.at(-1), expected);
  }
  await Promise.all(pages);
  assert.deepEqual([read.length, tasks.length], [5, 0]);
});
