/** What an edited text says otherwise. */
import assert from "node:assert/strict";
import { differences } from "../../../lib/ui/versions/differences.ts";
import { atOwnSpeed } from "../../support/own_speed.ts";

/** `-taken-` and `+added+`. */
const shown = (before: string, after: string) =>
  differences(before, after)
    .map(({ kind, text }) => kind === "same" ? text : kind === "added" ? `+${text}+` : `-${text}-`)
    .join("");

Deno.test("differences are shown word by word, and what stayed once", () => {
  assert.equal(shown("see you at five", "see you at six"), "see you at -five-+six+");
  assert.equal(shown("one two three", "one three"), "one -two -three");
  assert.equal(shown("", "new"), "+new+");
  assert.equal(shown("same", "same"), "same");
  assert.equal(shown("в пять, дома", "в шесть, дома"), "в -пять-+шесть+, дома");
  assert.equal(shown("明日五時に", "明日六時に"), "明日-五-+六+時に");
});

Deno.test("taken together, the pieces are both texts, whatever they are", () => {
  const words = ["a", "b", " ", "\n", "é", "👍🏽", "日", ","];
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  const text = () => Array.from({ length: random(40) }, () => words[random(words.length)]).join("");
  for (let round = 0; round < 300; round++) {
    const [before, after] = [text(), text()];
    const pieces = differences(before, after);
    const of = (other: string) =>
      pieces.filter(({ kind }) => kind !== other).map((piece) => piece.text).join("");
    assert.deepEqual([of("added"), of("removed")], [before, after]);
  }
});

Deno.test("the longest texts that have nothing in common take no time", () => {
  const [before, after] = ["a ".repeat(4_000), "b,".repeat(4_000)];
  const began = performance.now();
  assert.equal(differences(before, after).length, 2);
  assert.ok(performance.now() - began < atOwnSpeed(250));
});
