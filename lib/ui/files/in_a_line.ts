/**
 * A message as one line, with what stands for its files: "Picture", a file's name, "Voice message,
 * 0:12". For quotes, lists, notices. Part of the first view: nothing that shows files may be imported.
 */
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { isolate } from "../direction.ts";
import { formatDuration } from "../parts/duration.ts";
import { plainLine } from "../text/plain_line.ts";

export type MessageSaid = Pick<Message, "text" | "files">;
export type LineWords = Pick<Catalogue, "fileLine">;

export function messageLine({ text, files }: MessageSaid, words: LineWords, most?: number): string {
  return inOneLine(filesLine(files, words), plainLine(text, most));
}

/** "" where there are none. */
export function filesLine(files: readonly File[], words: LineWords): string {
  const [first] = files;
  if (first === undefined) return "";
  const { type, name, duration, voice } = first;
  const more = files.length - 1;
  if (voice) return words.fileLine.voice(formatDuration(duration ?? 0));
  if (files.every((file) => file.type.startsWith("image/"))) {
    return words.fileLine.pictures(files.length);
  }
  if (more > 0) return `${isolate(name)} + ${more}`;
  return type.startsWith("video/") ? words.fileLine.video : isolate(name);
}

/** What the files are, and what was written with them. */
export function inOneLine(files: string, text: string): string {
  return beforeText(files, text) + text;
}

/** What the files are, as it stands before what was written with them. */
export function beforeText(files: string, text: string): string {
  return files && text ? `${files} · ` : files;
}
