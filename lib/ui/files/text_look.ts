/** Reading text files: from bytes in whatever encoding, by their first lines. Pure but for `fetch`. */
import type { File } from "../../protocol/files.ts";

/** Bytes that the first look reads; and the whole, above the chat. */
export const LOOK_BYTES = 4_096;
export const WHOLE_BYTES = 400_000;
/** Lines of the first look, and characters of each. */
const LINES = 8;
const CHARACTERS = 200;

export interface ReadText {
  text: string;
  /** There is more than was asked for. */
  cut: boolean;
}

/** Rejects if it does not come. */
export async function readText(file: File, most: number, signal?: AbortSignal): Promise<ReadText> {
  if (file.size === 0) return { text: "", cut: false };
  const headers = { range: `bytes=0-${Math.min(most, file.size) - 1}` };
  const response = await fetch(file.url, { headers, ...signal ? { signal } : {} });
  if (!response.ok) throw new Error(`The text did not come: ${response.status}.`);
  const bytes = new Uint8Array(await response.arrayBuffer()).subarray(0, most);
  return { text: decode(bytes, file.size > bytes.length), cut: file.size > bytes.length };
}

/** UTF-8, or what its first bytes say; otherwise the old Cyrillic one, in which nothing is invalid. */
export function decode(bytes: Uint8Array, cut: boolean): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    // As a stream, a letter that was cut in two at the end is no mistake.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

/** What fits a card: neither long lines nor many. */
export function firstLines(text: string): string {
  return text.split(/\r\n|[\n\r\u2028\u2029]/, LINES)
    .map((line) => line.slice(0, CHARACTERS).toWellFormed().replace(/\t/g, "  ")).join("\n")
    .trimEnd();
}
