import assert from "node:assert/strict";
import { plainLine, plainLines } from "../../../lib/ui/text/plain_line.ts";

Deno.test("a line of a text says what the text says, without its marks", () => {
  for (
    const [text, line] of [
      ["a plain one", "a plain one"],
      ["**Done**: _all_ of ~~it~~ `now`", "Done: all of it now"],
      ["# Plan\n\n- [x] cut\n- [ ] **paint**\n1. dry", "Plan cut paint 1. dry"],
      ["> said\n> twice\n\nyes", "said twice yes"],
      ["```ts\nlet a = 1;\n```\nsee", "let a = 1; see"],
      [
        "see [the plan](https://x.y/a_b) and ![a picture](https://x.y/p.png)",
        "see the plan and a picture",
      ],
      ["snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"],
      ["***both***", "both"],
      ["5 \\* 4", "5 * 4"],
      ["| a | b |\n|---|---|\n| 1 | 2 |", "| a | b | | 1 | 2 |"],
    ] as const
  ) assert.equal(plainLine(text), line, text);
});

Deno.test("a list of messages shows the lines of a text, without marks", () => {
  for (
    const [text, lines] of [
      ["as it is\n\n\n  is", "as it is\n\n\n  is"],
      ["**Plan** for `friday`:\n\n- [x] cut\n- [ ] paint", "Plan for friday:\n\ncut\npaint"],
      ["```ts\nlet a = 1;\n  b();\n```\nsee", "let a = 1;\n  b();\n\nsee"],
      ["# One\n\n---\n\n> two", "One\n\ntwo"],
    ] as const
  ) assert.equal(plainLines(text), lines, text);
});

Deno.test("it has an end, between what people see as characters", () => {
  assert.equal(plainLine("👩‍💻".repeat(200)), `${"👩‍💻".repeat(160)}…`);
  assert.equal(plainLine("word ".repeat(90), 9), "word word…");
});

Deno.test("a text made to be slow takes no longer", () => {
  for (const piece of ["*", "**a*", "_a ", "`a``b", "[](", "~a", "> ", "\\", "[a](", "- ", "|-"]) {
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      plainLine(piece.repeat(8_000).slice(0, 8_000));
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 20, `${piece}: ${Math.min(...times)} ms`);
  }
});
