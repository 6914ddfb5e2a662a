/**
 * What of a text with markup is plain text: neither code nor an address, nor within a link. The
 * store looks for names there, by the same tokens as the views show them. It knows no names.
 */
import { textParts } from "../protocol/plain_text.ts";
import type { Block, Inline } from "./nodes.ts";
import { parseMarkup } from "./parse.ts";

/** Each without what is around it: no name reaches over the end of a run. */
export function textRuns(text: string): string[] {
  const blocks = parseMarkup(text);
  if (blocks !== null) return blocks.flatMap(runsOf);
  return textParts(text).flatMap((part) => part.type === "text" ? part.text : []);
}

function runsOf(block: Block): string[] {
  switch (block.type) {
    case "code":
    case "rule":
      return [];
    case "quote":
      return block.children.flatMap(runsOf);
    case "list":
      return block.items.flatMap(({ children }) => children.flatMap(runsOf));
    case "table":
      return [block.head, ...block.rows].flat().flatMap(runsIn);
    default:
      return runsIn(block.children);
  }
}

function runsIn(pieces: readonly Inline[]): string[] {
  return pieces.flatMap((piece) => {
    switch (piece.type) {
      case "text":
        return piece.text;
      case "strong":
      case "em":
      case "del":
        return runsIn(piece.children);
      default:
        return [];
    }
  });
}
