/** Texts made to hold up whoever shows them: they are shown plainly, or with their markup, at once. */
import assert from "node:assert/strict";
import { LIMITS } from "../../lib/protocol/limits.ts";
import { parseMarkup } from "../../lib/markup/parse.ts";
import { textRuns } from "../../lib/markup/text_runs.ts";
import { hasMarkup } from "../../lib/protocol/markup.ts";

const filled = (start: string, part: string) =>
  (start + part.repeat(LIMITS.textLength)).slice(0, LIMITS.textLength);

const COLUMNS = 900;

const HOSTILE: Record<string, string> = {
  "4,000 quotes": ">".repeat(4_000),
  "8,000 backticks": filled("", "`"),
  "runs of backticks, each longer": Array.from({ length: 125 }, (_, at) => "`".repeat(at + 1))
    .join(" "),
  "a list in a list in a list": Array.from({ length: 120 }, (_, at) => `${" ".repeat(at)}- a`)
    .join("\n"),
  "items on one line": filled("", "- "),
  "numbers on one line": filled("", "1. "),
  "a table of 900 columns": "|a".repeat(COLUMNS) + "|\n" + "|-".repeat(COLUMNS) + "|\n" +
    "|b".repeat(COLUMNS) + "|",
  "a table of 1,300 rows": filled("|a|b|\n|-|-|\n", "|x|y|\n"),
  ...Object.fromEntries(
    [
      ...["*", "**", "_", "~", "[", "](", "<", "<!--", "<?", "<![CDATA[", "&#1;", "&amp;", "\\*"],
      ...["*a _b ", "a**b", "***a ", "a*** ", "_ _a", "=*a    ", "*a@b.c ", "_xmpp:", "~a~~b"],
      ...[
        "[a](",
        "![[]()",
        "[a](b",
        "[a]: b\n",
        "[a]",
        "<a ",
        "<a b='c'\n",
        "<div>\n\n",
        "<pre>\n",
      ],
      ...["a\n=", "# a\n", "---\n", "- - -\n", "- a\n\n", "- a\n  > b\n", "> a\n\n", "> ```\n"],
      ...[
        "```\n",
        "~~~\n```\n",
        "a\n",
        "a  \n",
        "1)\n",
        " ",
        "\t",
        "\n",
        "-:|",
        "a|b\n-|-\n",
        "\\|",
      ],
      ...[
        "http://a",
        "https://a.b/",
        ")https://a.b/",
        "https://a.b/_c_ *d* ",
        "@a_",
        "@_a_",
        "#a ",
      ],
    ].flatMap((
      part,
    ) => [[part, filled("", part)], [`a list, then ${part}`, filled("- a\n", part)]]),
  ),
};

Deno.test("no text of 8,000 characters takes long to be read, whatever it is made of", () => {
  for (const [name, text] of Object.entries(HOSTILE)) {
    // The best of five: the machine may be busy with something else for a moment.
    const times = [1, 2, 3, 4, 5].map(() => {
      const start = performance.now();
      hasMarkup(text);
      parseMarkup(text);
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 20, `${name} took ${Math.min(...times)} ms`);
  }
});

Deno.test("what is nested too deeply, or has too many pieces, is shown plainly", () => {
  for (const name of ["4,000 quotes", "items on one line", "a table of 900 columns"]) {
    assert.equal(parseMarkup(HOSTILE[name]!), null, name);
  }
  assert.notEqual(parseMarkup("> > > a\n\n- b\n  - c\n    - **d**"), null);
  const table = "| a | b | c |\n|---|---|---|\n" + "| 1 | `2` | **3** |\n".repeat(60);
  assert.notEqual(parseMarkup(table), null);
  const code = "```c\n" + "int *a = &b[0] * c; /* ... */\n".repeat(200) + "```";
  assert.notEqual(parseMarkup(code.slice(0, 7_900) + "\n```"), null);
});

Deno.test("in a text that is shown plainly, names are looked for as in any other", () => {
  assert.deepEqual(textRuns(`${">".repeat(40)} @ann \`@bob\` https://x.y/@cid`), [
    `${">".repeat(40)} @ann `,
    " ",
  ]);
});

Deno.test("marks without a partner are given up on soon; those of a text that people write are not", () => {
  for (const part of ["|**éé", "*é![**1. ", "*a*  **a*  ", "|@a_b__-->"]) {
    assert.equal(parseMarkup(part.repeat(350)), null, part);
  }
  const prose = "a snake_case_name, 2 * 3 * 4, *word*, **bold**, __init__ and a footnote*. ";
  assert.notEqual(parseMarkup(prose.repeat(20)), null);
  assert.notEqual(parseMarkup(`${prose.repeat(4)}\n\n`.repeat(12)), null);
});
