/** JSON as text, and lists that are taken apart without being parsed. */
import assert from "node:assert/strict";
import { itemsOf, listText, parseJsonText, toJsonText } from "../../lib/protocol/json_text.ts";

const TEXTS = [
  "",
  "a,b",
  'say "hi"',
  "two\nlines",
  ",\n",
  "],[\n",
  "\r\n\u2028",
  "Привет 👋",
  "\\",
];

Deno.test("a list is taken apart as it was put together, whatever its items say", () => {
  for (let count = 0; count <= TEXTS.length; count++) {
    const items = TEXTS.slice(0, count).map((text) => ({ text, of: [text, text] }));
    const list = listText(items.map(toJsonText));
    assert.deepEqual(parseJsonText(list), items);
    assert.deepEqual(itemsOf(list).map(parseJsonText), items);
  }
});
