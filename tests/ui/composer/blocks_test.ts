import assert from "node:assert/strict";
import { type Lines, toggleBlock, toggleLines } from "../../../lib/ui/composer/blocks.ts";
import { after } from "./written.ts";

const lines = (written: string, kind: Lines) => after(written, (field) => toggleLines(field, kind));
const block = (written: string) => after(written, toggleBlock);

Deno.test("lines become a quote or a list, and lines again", () => {
  const cases: [Lines, string, string][] = [
    ["quote", "⟦a\nb⟧", "⟦> a\n> b⟧"],
    ["bullets", "⟦a\nb⟧", "⟦- a\n- b⟧"],
    ["numbers", "⟦a\nb⟧", "⟦1. a\n2. b⟧"],
  ];
  for (const [kind, plain, made] of cases) {
    assert.equal(lines(plain, kind), made);
    assert.equal(lines(made, kind), plain);
  }
  assert.equal(lines("⟦- a\n- b⟧", "numbers"), "⟦1. a\n2. b⟧");
  assert.equal(lines("⟦a\n\nb⟧", "numbers"), "⟦1. a\n\n2. b⟧");
});

Deno.test("with nothing selected it is the caret's line, also an empty one", () => {
  assert.equal(lines("one\ntw|o", "quote"), "one\n> tw|o");
  assert.equal(lines("|", "bullets"), "- |");
  assert.equal(lines("- |", "bullets"), "|");
});

Deno.test("a block of code stands on lines of its own", () => {
  assert.equal(block("⟦a\nb⟧"), "```\n⟦a\nb⟧\n```");
  assert.equal(block("```\n⟦a\nb⟧\n```"), "⟦a\nb⟧");
  assert.equal(block("|"), "```\n|\n```");
  assert.equal(block("x\n⟦a⟧\ny"), "x\n```\n⟦a⟧\n```\ny");
  assert.equal(block("⟦a\n```\nb⟧"), "````\n⟦a\n```\nb⟧\n````");
});
