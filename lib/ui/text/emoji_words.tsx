/** Plain text in which custom emoji are named. One without a colon costs nothing. */
import { Fragment } from "preact";
import { emojiParts } from "../../protocol/emoji_names.ts";
import { EmojiPicture } from "../parts/EmojiSign.tsx";
import { useView } from "../view.ts";

/** In an array, text by itself would be escaped twice by the server's JSX. */
export function emojiWords(text: string, key: number) {
  return text.includes(":")
    ? <EmojiWords key={key} text={text} />
    : <Fragment key={key}>{text}</Fragment>;
}

function EmojiWords({ text }: { text: string }) {
  return (
    <>
      {emojiParts(text, useView().state.emoji.value).map((part, at) =>
        typeof part === "string"
          ? part && <Fragment key={at}>{part}</Fragment>
          : <EmojiPicture key={at} one={part} />
      )}
    </>
  );
}
