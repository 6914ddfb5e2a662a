/** Which addresses of the web a text names, as readers see it: none that stands in code. */
import { hasMarkup } from "../../../protocol/markup.ts";
import { textParts } from "../../../protocol/plain_text.ts";
import type { Block, Inline } from "../../../markup/nodes.ts";

/** Each once, in the text's order. What reads markup is loaded with the first text that has some. */
export async function linksIn(text: string): Promise<string[]> {
  if (!text.includes("://")) return [];
  const blocks = hasMarkup(text)
    ? (await import("../../../markup/parse.ts")).parseMarkup(text)
    : null;
  const found = blocks === null
    ? textParts(text).flatMap((part) => part.type === "address" ? part.text : [])
    : blocks.flatMap(linksOf);
  return [...new Set(found.filter((url) => /^https?:\/\//i.test(url)))];
}

function linksOf(block: Block): string[] {
  switch (block.type) {
    case "code":
    case "rule":
      return [];
    case "quote":
      return block.children.flatMap(linksOf);
    case "list":
      return block.items.flatMap(({ children }) => children.flatMap(linksOf));
    case "table":
      return [block.head, ...block.rows].flat().flatMap(linksAmong);
    default:
      return linksAmong(block.children);
  }
}

function linksAmong(pieces: readonly Inline[]): string[] {
  return pieces.flatMap((piece) => {
    switch (piece.type) {
      case "address":
        return piece.text;
      case "link":
        return piece.href;
      case "strong":
      case "em":
      case "del":
        return linksAmong(piece.children);
      default:
        return [];
    }
  });
}
