/** A message with the lines of its text, and whole, after what stands for its files. */
import { plainLines } from "../text/plain_line.ts";
import { filesLine, inOneLine, type LineWords, type MessageSaid } from "./in_a_line.ts";

export function messageLines({ text, files }: MessageSaid, words: LineWords): string {
  return inOneLine(filesLine(files, words), plainLines(text));
}
