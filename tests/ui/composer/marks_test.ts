import assert from "node:assert/strict";
import {
  type InlineMark,
  linkOver,
  toggleLink,
  toggleMark,
} from "../../../lib/ui/composer/marks.ts";
import { after } from "./written.ts";

const mark = (written: string, kind: InlineMark) =>
  after(written, (field) => toggleMark(field, kind));
const link = (written: string) => after(written, toggleLink);

Deno.test("what is selected takes a mark, and the same again takes it off", () => {
  const cases: [InlineMark, string, string][] = [
    ["bold", "a ⟦word⟧ here", "a **⟦word⟧** here"],
    ["italic", "a ⟦word⟧ here", "a _⟦word⟧_ here"],
    ["strike", "a ⟦word⟧ here", "a ~~⟦word⟧~~ here"],
    ["code", "a ⟦word⟧ here", "a `⟦word⟧` here"],
    ["italic", "un⟦believ⟧able", "un*⟦believ⟧*able"],
  ];
  for (const [kind, plain, marked] of cases) {
    assert.equal(mark(plain, kind), marked);
    assert.equal(mark(marked, kind), plain);
  }
  assert.equal(mark("⟦**a b**⟧", "bold"), "⟦a b⟧");
});

Deno.test("bold and italic stand together and come off one by one", () => {
  assert.equal(mark("**⟦a⟧**", "italic"), "**_⟦a⟧_**");
  assert.equal(mark("***⟦a⟧***", "bold"), "*⟦a⟧*");
  assert.equal(mark("***⟦a⟧***", "italic"), "**⟦a⟧**");
  assert.equal(mark("*⟦a⟧*", "bold"), "***⟦a⟧***");
});

Deno.test("spaces at the edges and what lines begin with stay outside of the signs", () => {
  assert.equal(mark("a⟦ word ⟧b", "bold"), "a **⟦word⟧** b");
  assert.equal(mark("⟦- one\n- two\n\n> three⟧", "bold"), "- **⟦one**\n- **two**\n\n> **three⟧**");
  assert.equal(mark("- **⟦one**\n- **two⟧**", "bold"), "- ⟦one\n- two⟧");
});

Deno.test("with nothing selected the word takes the mark, or signs stand ready", () => {
  assert.equal(mark("so wo|rd it", "bold"), "so **wo|rd** it");
  assert.equal(mark("so **wo|rd** it", "bold"), "so wo|rd it");
  assert.equal(mark("|", "bold"), "**|**");
  assert.equal(mark("**|**", "bold"), "|");
  assert.equal(mark("**word|**", "bold"), "**word**|");
  assert.equal(mark("_word|_", "italic"), "_word_|");
});

Deno.test("code with backticks gets more of them", () => {
  assert.equal(mark("⟦a`b⟧", "code"), "``⟦a`b⟧``");
  assert.equal(mark("⟦`a`b⟧", "code"), "`` ⟦`a`b⟧ ``");
});

Deno.test("a text becomes a link whose address is written next, an address one whose text is", () => {
  assert.equal(link("see ⟦this⟧"), "see [this](|)");
  assert.equal(link("⟦https://a.example/b⟧"), "[|](https://a.example/b)");
  assert.equal(link("|"), "[|]()");
  assert.equal(link("⟦[this](https://a.example)⟧"), "⟦this⟧");
  assert.equal(link("⟦a [b]⟧"), "[a \\[b\\]](|)");
});

Deno.test("an address pasted over a text is its link; over an address, or lines, it is itself", () => {
  const pasted = (written: string, text: string) =>
    after(written, (field) => linkOver(field, text));
  const address = "https://a.example/b_(c)";
  assert.equal(pasted("see ⟦this⟧", ` ${address}\n`), "see [this](https://a.example/b_%28c%29)|");
  assert.equal(pasted("see |", address), null);
  assert.equal(pasted("⟦https://old.example⟧", address), null);
  assert.equal(pasted("⟦a\nb⟧", address), null);
  assert.equal(pasted("see ⟦this⟧", "javascript:alert(1)"), null);
  assert.equal(pasted("see ⟦this⟧", "two https://a.example words"), null);
});
