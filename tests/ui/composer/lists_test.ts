import assert from "node:assert/strict";
import { enter, indent, surroundings } from "../../../lib/ui/composer/lists.ts";
import { after, field } from "./written.ts";

const goesOn = (written: string) => after(written, enter);
const deeper = (written: string) => after(written, (one) => indent(one, false));
const back = (written: string) => after(written, (one) => indent(one, true));

Deno.test("Enter goes on with a list of any kind", () => {
  assert.equal(goesOn("- milk|"), "- milk\n- |");
  assert.equal(goesOn("* milk|"), "* milk\n* |");
  assert.equal(goesOn("9. milk|"), "9. milk\n10. |");
  assert.equal(goesOn("1) milk|"), "1) milk\n2) |");
  assert.equal(goesOn("- [x] milk|"), "- [x] milk\n- [ ] |");
  assert.equal(goesOn("- a\n  - b|"), "- a\n  - b\n  - |");
});

Deno.test("Enter within an item takes what follows along, and what is selected away", () => {
  assert.equal(goesOn("- mi|lk"), "- mi\n- |lk");
  assert.equal(goesOn("- m⟦il⟧k"), "- m\n- |k");
  assert.equal(goesOn("- one|\n- two"), "- one\n- |\n- two");
});

Deno.test("an item without text ends the list, or goes on with the outer one", () => {
  assert.equal(goesOn("- milk\n- |"), "- milk\n\n|");
  assert.equal(goesOn("1. milk\n2. |"), "1. milk\n\n|");
  assert.equal(goesOn("- [ ] milk\n- [ ] |"), "- [ ] milk\n\n|");
  assert.equal(goesOn("- |"), "|");
  assert.equal(goesOn("hello\n\n- |"), "hello\n\n|");
  assert.equal(goesOn("1. a\n   - b\n   - |"), "1. a\n   - b\n2. |");
  assert.equal(goesOn("- a\n  - b\n  - |"), "- a\n  - b\n- |");
});

Deno.test("a new line of code keeps its indentation, until the fence is closed", () => {
  assert.equal(goesOn("```js|"), "```js\n|");
  assert.equal(goesOn("```\nif (a) {\n  b();|"), "```\nif (a) {\n  b();\n  |");
  assert.equal(goesOn("~~~\n- a|"), "~~~\n- a\n|");
  assert.equal(goesOn("````\n```\na|"), "````\n```\na\n|");
  assert.equal(goesOn("```\na\n```|"), null);
  assert.equal(goesOn("```a```|"), null);
});

Deno.test("elsewhere Enter sends", () => {
  for (
    const written of ["hello|", "|", "-|", "— да|", "-5|", "2026. What a year|", "**a**|", "|- a"]
  ) {
    assert.equal(goesOn(written), null, written);
    assert.equal(surroundings(field(written)), null, written);
  }
  assert.equal(surroundings(field("- a|")), "list");
  assert.equal(surroundings(field("```\n- a|")), "code");
});

Deno.test("Tab puts an item below the one before it, and Shift+Tab takes it out again", () => {
  assert.equal(deeper("- a\n- b|"), "- a\n  - b|");
  assert.equal(deeper("1. a\n2. b|"), "1. a\n   1. b|");
  assert.equal(deeper("- a\n  - b\n- c|"), "- a\n  - b\n  - c|");
  assert.equal(deeper("- a\n⟦- b\n- c⟧"), "- a\n⟦  - b\n  - c⟧");
  assert.equal(back("- a\n  - b|"), "- a\n- b|");
  assert.equal(back("1. a\n   1. b|"), "1. a\n2. b|");
});

Deno.test("where an item can go no deeper, nor further out, the Tab key leads on", () => {
  assert.equal(deeper("- a|"), null);
  assert.equal(deeper("- a\n  - b|"), null);
  assert.equal(deeper("hello|"), null);
  assert.equal(deeper("- a\nhello\n- b|"), null);
  assert.equal(deeper("```\n- a\n- b|"), null);
  assert.equal(back("- a|"), null);
});
