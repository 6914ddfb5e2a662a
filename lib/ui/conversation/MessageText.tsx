/** A message's text as elements: links, mentions, code. Whatever it contains, it stays text. */
import { Name } from "../parts/Name.tsx";
import { PersonLink } from "../parts/PersonLink.tsx";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { mentionIndex, type TextPiece, tokenize } from "./markup.ts";
import { userName } from "../names.ts";
import { useView } from "../view.ts";
import { useTabIndex } from "./active.ts";

export interface MessageTextProps {
  text: string;
  /** Ids of the users that the server found mentioned in it. */
  mentions: readonly number[];
}

export function MessageText({ text, mentions }: MessageTextProps) {
  const { state } = useView();
  const users = state.users.value;
  const index = mentionIndex(mentions, (id) => users.get(id)?.username);
  return <>{tokenize(text, index).map((piece, at) => <Piece key={at} piece={piece} />)}</>;
}

function Piece({ piece }: { piece: TextPiece }) {
  const tabIndex = useTabIndex();
  switch (piece.type) {
    case "text":
      return <>{piece.text}</>;
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
  const own = userId === state.me.value.id;
  const name = userName(state.users.value, userId, text);
  return (
    <PersonLink id={userId} tabIndex={tabIndex}>
      <Name class={own ? "mention own" : "mention"} title={name}>{text}</Name>
    </PersonLink>
  );
}
