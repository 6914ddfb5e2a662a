import assert from "node:assert/strict";
import { quoteText } from "../../../lib/ui/composer/quoting.ts";

const address = "https://chat.example/rooms/1/7";
const quote = (text: string, author = "Ann Lee") => quoteText({ author, address, text });

Deno.test("a quote says who said it and leads there, and leaves a line for the answer", () => {
  assert.equal(quote("one\n\ntwo\n"), `> [Ann Lee](${address}):\n> one\n>\n> two\n\n`);
  assert.equal(quote("x", "[a](b)"), `> [\\[a\\](b)](${address}):\n> x\n\n`);
});

Deno.test("what the quoted message quotes is left out, unless it says nothing else", () => {
  assert.equal(quote("> before\n\nmine"), `> [Ann Lee](${address}):\n> mine\n\n`);
  assert.equal(quote("> only"), `> [Ann Lee](${address}):\n> > only\n\n`);
});

Deno.test("a long message is cut off, and a block of code in it is closed", () => {
  const long = quote("```\n" + "line\n".repeat(50));
  assert.equal(long.split("\n").length, 17);
  assert(long.endsWith("> line\n> …\n> ```\n\n"));
  assert(quote("word ".repeat(1_000)).length < 1_200);
});
