/**
 * Cuts a text into plain text, links, mentions and code: what is shown of one whose markup is too
 * much to be shown. It comes with what shows markup.
 */
import { textParts } from "../../protocol/plain_text.ts";
import { shownAddress } from "./hosts.ts";
import { type Mentioned, piecesOf, type TextPiece } from "./pieces.ts";

/** @param mentioned the users that the server found in the text */
export function tokenize(text: string, mentioned: Mentioned): TextPiece[] {
  return piecesOf(textParts(text), mentioned, shownAddress);
}
