/** The pieces of a text as elements: links, mentions. Whatever a text contains, it stays text. */
import { userName } from "../names.ts";
import { Name } from "../parts/Name.tsx";
import { PersonLink } from "../parts/PersonLink.tsx";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { useView } from "../view.ts";
import { emojiWords } from "./emoji_words.tsx";
import { EVERYBODY, type TextPiece } from "./pieces.ts";
import { useTabIndex } from "./tab_index.ts";

export function Pieces({ pieces }: { pieces: readonly TextPiece[] }) {
  // Text is no component: it is most of what a page shows.
  return (
    <>
      {pieces.map((piece, at) =>
        piece.type === "text" ? emojiWords(piece.text, at) : <Piece key={at} piece={piece} />
      )}
    </>
  );
}

function Piece({ piece }: { piece: Exclude<TextPiece, { type: "text" }> }) {
  const tabIndex = useTabIndex();
  switch (piece.type) {
    case "link":
      return (
        <a
          dir="ltr"
          href={piece.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          tabIndex={tabIndex}
        >
          {piece.text}
        </a>
      );
    case "mention":
      return <Mention text={piece.text} userId={piece.userId} />;
    case "code":
      return <code dir="ltr" {...UNTRANSLATED}>{piece.text}</code>;
    case "block":
      return <pre dir="ltr" tabIndex={tabIndex} {...UNTRANSLATED}><code>{piece.text}</code></pre>;
  }
}

function Mention({ text, userId }: { text: string; userId: number }) {
  const { state } = useView();
  const tabIndex = useTabIndex();
  if (userId === EVERYBODY) return <Name class="mention">{text}</Name>;
  const own = userId === state.me.value.id;
  const name = userName(state.users.value, userId, text);
  return (
    <PersonLink id={userId} tabIndex={tabIndex}>
      <Name class={own ? "mention own" : "mention"} title={name}>{text}</Name>
    </PersonLink>
  );
}
