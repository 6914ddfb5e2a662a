/** A message as one line, with custom emoji as pictures. For quotes and lists. */
import { Fragment } from "preact";
import { emojiWords } from "../text/emoji_words.tsx";
import { plainLine } from "../text/plain_line.ts";
import { useView } from "../view.ts";
import { beforeText, filesLine, type MessageSaid } from "./in_a_line.ts";

export function SaidInALine({ said: { text, files } }: { said: MessageSaid }) {
  const line = plainLine(text);
  const before = beforeText(filesLine(files, useView().words), line);
  return (
    <>
      <Fragment key="files">{before}</Fragment>
      {emojiWords(line, 0)}
    </>
  );
}
