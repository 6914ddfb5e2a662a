/**
 * The GFM specification's examples (`gfm_spec.txt`: version 0.29, by John MacFarlane and GitHub,
 * CC BY-SA 4.0, unchanged), and which of them a chat renders otherwise. `docs/formatting.md` tells
 * people the same.
 *
 * Of each example the elements and the text are compared. Three things are another way everywhere
 * and not held against an example: a line break is kept, a picture is a link to it, and the title of
 * a link is not shown.
 */
import assert from "node:assert/strict";
import { parseMarkup } from "../../lib/markup/parse.ts";
import { toHtml } from "./gfm_html.ts";

interface Example {
  number: number;
  section: string;
  markdown: string;
  html: string;
}

const OTHERWISE: Record<string, number[]> = {
  "HTML is shown as the text that it is": [
    ...range(118, 160),
    ...[170, 288, 289, 317, 354, 484, 485, 486, 500, 503, 532, 544, 653, 663, 664],
    ...[632, 633, 634, 635, 636, 642, 644, 647, 648, 649, 650, 651],
  ],
  "of HTML's names of characters the usual ones are known": [321, 327],
  "a bare web address is one that a reader would say is one": [610, 616, 619],
  "a bare address begins with http:// or https://": range(621, 631),
};

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

const EXAMPLE = /^`{32} example[^\n]*\n([^]*?)^\.\n([^]*?)^`{32}$|^#{1,6} *(.*)$/gm;

async function examples(): Promise<Example[]> {
  const spec = await Deno.readTextFile(new URL("gfm_spec.txt", import.meta.url));
  const found: Example[] = [];
  let section = "";
  for (const [, markdown, html, heading] of spec.matchAll(EXAMPLE)) {
    if (heading !== undefined) section = heading;
    else {
      const tabbed = (text: string | undefined) => text!.replaceAll("→", "\t"); // both or a heading
      const number = found.length + 1;
      found.push({ number, section, markdown: tabbed(markdown), html: tabbed(html) });
    }
  }
  return found;
}

/** Without what says nothing about elements and text. */
function compared(html: string): string {
  return html
    .replace(/ title="[^"]*"/g, "")
    .replace(/<img src="([^"]*)" alt="([^"]*)"[^>]*>/g, '<a href="$1">$2</a>')
    .replace(/\s*<br \/>\s*/g, "\n")
    .replace(/>\s+</g, "><")
    .replace(/\n+(<\/?(?:p|li|ul|ol|blockquote))/g, "$1")
    .replace(/(<li>|<blockquote>)\n+/g, "$1")
    .trim();
}

Deno.test("the specification's examples render as it says, but for those that are listed with the reason", async () => {
  const all = await examples();
  assert.equal(all.length, 673);
  const others = all.filter(({ markdown, html }) => {
    const blocks = parseMarkup(markdown);
    assert.ok(blocks, markdown);
    return compared(toHtml(blocks)) !== compared(html);
  });
  assert.deepEqual(
    others.map(({ number, section, markdown }) => `${number} ${section}: ${markdown}`),
    Object.values(OTHERWISE).flat().sort((a, b) => a - b).map((number) => {
      const { section, markdown } = all[number - 1]!; // the numbers count from 1
      return `${number} ${section}: ${markdown}`;
    }),
  );
});
