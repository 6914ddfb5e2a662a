/** The picker's rows, and how keys move among them. */
import assert from "node:assert/strict";
import { makeEmojiTable } from "../../../emoji_tables.ts";
import { EmojiSet } from "../../../lib/ui/emoji/emoji_set.ts";
import {
  type Cell,
  cellForKey,
  COLUMNS,
  emojiAt,
  firstCell,
  pickerRows,
} from "../../../lib/ui/emoji/rows.ts";

const set = new EmojiSet(await makeEmojiTable("base"), null);
const NO_HABITS = { recent: [], tone: 0 };
const at = (row: number, column: number): Cell => ({ row, column });

Deno.test("all emoji stand under their groups, behind those used lately", () => {
  const rows = pickerRows(set, "", { recent: ["🔥", "👍", "no emoji"], tone: 3 });
  assert.deepEqual(rows[0], { kind: "heading", group: "recent" });
  assert.deepEqual([emojiAt(rows, at(1, 0))?.emoji, emojiAt(rows, at(1, 1))?.emoji], ["🔥", "👍🏽"]);
  assert.deepEqual(rows[2], { kind: "heading", group: 0 });
  const shown = rows.flatMap((row) => row.kind === "emoji" ? row.shown : []);
  assert.equal(shown.length, set.all.length + 2);
  assert.deepEqual(pickerRows(set, "", NO_HABITS)[0], { kind: "heading", group: 0 });
});

Deno.test("a search shows what it finds, and an emoji that was typed as it is", () => {
  assert.equal(emojiAt(pickerRows(set, "fire", NO_HABITS), at(0, 0))?.emoji, "🔥");
  assert.equal(emojiAt(pickerRows(set, "👍🏿", NO_HABITS), at(0, 0))?.emoji, "👍🏿");
  assert.equal(emojiAt(pickerRows(set, "❤", NO_HABITS), at(0, 0))?.emoji, "❤️");
  assert.deepEqual(pickerRows(set, "nothing like it", NO_HABITS), []);
});

Deno.test("arrows go over headings and shorter rows, and stop at both ends", () => {
  const rows = pickerRows(set, "", { recent: ["🔥", "👍"], tone: 0 });
  assert.deepEqual(firstCell(rows), at(1, 0));
  assert.deepEqual(cellForKey(rows, null, "ArrowDown", 5), at(1, 0));
  assert.equal(cellForKey(rows, null, "ArrowUp", 5), null);
  assert.deepEqual(cellForKey(rows, at(1, 1), "ArrowRight", 5), at(3, 0));
  assert.deepEqual(cellForKey(rows, at(3, 0), "ArrowLeft", 5), at(1, 1));
  assert.deepEqual(cellForKey(rows, at(3, 6), "ArrowUp", 5), at(1, 1));
  assert.deepEqual(cellForKey(rows, at(1, 1), "ArrowDown", 5), at(3, 1));
  assert.equal(cellForKey(rows, at(1, 0), "ArrowUp", 5), null);
  assert.equal(cellForKey(rows, at(1, 0), "ArrowLeft", 5), null);
  const last = rows.length - 1;
  assert.equal(cellForKey(rows, at(last, 0), "ArrowDown", 5), null);
  assert.deepEqual(cellForKey(rows, at(last - 1, COLUMNS - 1), "PageDown", 50)?.row, last);
  assert.deepEqual(cellForKey(rows, at(3, 2), "PageUp", 50)?.row, 1);
  assert.equal(cellForKey(rows, at(3, 2), "x", 5), null);
});
