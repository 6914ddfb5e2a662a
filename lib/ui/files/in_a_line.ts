/**
 * A message as one line, with what stands for its files: "Picture", a file's name, "Voice message,
 * 0:12". For quotes, lists, notices. Part of the first view: nothing that shows files may be imported.
 */
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { isolate } from "../direction.ts";
import { formatDuration } from "../parts/duration.ts";
import { plainLine, plainLines } from "../text/plain_line.ts";

type Said = Pick<Message, "text" | "files">;
type Words = Pick<Catalogue, "fileLine">;

export function messageLine({ text, files }: Said, words: Words, most?: number): string {
  return joined(filesLine(files, words), plainLine(text, most));
}

/** The same with the text's lines, and whole. */
export function messageLines({ text, files }: Said, words: Words): string {
  return joined(filesLine(files, words), plainLines(text));
}

/** "" where there are none. */
export function filesLine(files: readonly File[], words: Words): string {
  const [first] = files;
  if (first === undefined) return "";
  const { type, name, duration, voice } = first;
  const more = files.length - 1;
  if (voice) return words.fileLine.voice(formatDuration(duration ?? 0));
  if (files.every((file) => file.type.startsWith("image/"))) {
    return words.fileLine.pictures(files.length);
  }
  if (more > 0) return words.fileLine.files(name, more);
  return type.startsWith("video/") ? words.fileLine.video : isolate(name);
}

function joined(files: string, text: string): string {
  return files && text ? `${files} · ${text}` : files || text;
}
