/** What a browser remembers of somebody's emoji. */
import assert from "node:assert/strict";
import { createMemoryShelf, type Shelf } from "../../../lib/client/shelf.ts";
import { keepTone, noteUsed, readHabits } from "../../../lib/ui/emoji/habits.ts";

Deno.test("the last used is first, once, without its tone; the tone is kept beside", () => {
  const shelf = createMemoryShelf();
  for (const emoji of ["🔥", "👍🏽", "🎉", "👍"]) noteUsed(shelf, 1, emoji);
  keepTone(shelf, 1, 4);
  noteUsed(shelf, 1, "🔥");
  assert.deepEqual(readHabits(shelf, 1), { recent: ["🔥", "👍", "🎉"], tone: 4 });
  for (let at = 0; at < 40; at++) noteUsed(shelf, 1, String.fromCodePoint(0x1f600 + at));
  assert.equal(readHabits(shelf, 1).recent.length, 18);
});

Deno.test("each account has its own: 1 does not read what 12 uses", () => {
  const shelf = createMemoryShelf();
  noteUsed(shelf, 12, "🔥");
  assert.deepEqual(readHabits(shelf, 1), { recent: [], tone: 0 });
});

Deno.test("a shelf that is damaged or forbidden holds no habits, and nothing fails", () => {
  const shelf = createMemoryShelf();
  noteUsed(shelf, 1, "🔥");
  const [[key]] = shelf.all("confab.emoji.") as [[string, string]];
  for (const damaged of ["{", "null", "[]", '{"recent":{"a":1},"tone":"x"}', '{"tone":9}']) {
    shelf.put(key, damaged);
    assert.deepEqual(readHabits(shelf, 1), { recent: [], tone: 0 }, damaged);
  }
  const no = () => {
    throw new Error("forbidden");
  };
  const forbidden: Shelf = { all: no, put: no, delete: no, onChange: () => () => {} };
  noteUsed(forbidden, 1, "🔥");
  assert.deepEqual(readHabits(forbidden, 1), { recent: [], tone: 0 });
});
