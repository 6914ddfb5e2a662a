/** A message, or a part of it, as a quote in what is being written. Pure. */
import { linkLabel, linkTarget } from "./marks.ts";
import { openFence } from "./markers.ts";

/** More is cut off: who wants to read on follows the link. */
const MOST_LINES = 12;
const MOST_UNITS = 1_000;

export interface Quoted {
  /** Their name, and where the message is. */
  author: string;
  address: string;
  text: string;
}

/** Who said it, as a link to where; what they said, line by line; a line for the answer. */
export function quoteText({ author, address, text }: Quoted): string {
  const lines = [`[${linkLabel(author)}](${linkTarget(address)}):`, ...shortened(ownLines(text))];
  return `${lines.map((line) => line === "" ? ">" : `> ${line}`).join("\n")}\n\n`;
}

/** Without what the message itself quotes at its beginning, if it says something of its own. */
function ownLines(text: string): string[] {
  const lines = text.trim().split("\n");
  const own = lines.findIndex((line) => !/^\s*(?:>|$)/.test(line));
  return own === -1 ? lines : lines.slice(own);
}

function shortened(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let units = 0;
  for (const line of lines) {
    if (kept.length === MOST_LINES || units > MOST_UNITS) return cutOff(kept);
    kept.push(line.length > MOST_UNITS ? `${line.slice(0, MOST_UNITS).toWellFormed()}…` : line);
    units += line.length;
  }
  return kept;
}

/** A block of code that is cut off must not take the answer in. */
function cutOff(lines: readonly string[]): string[] {
  const fence = openFence(lines.join("\n"));
  return fence === null ? [...lines, "…"] : [...lines, "…", fence];
}
