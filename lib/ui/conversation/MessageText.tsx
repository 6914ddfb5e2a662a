/** A message's text as elements: links, mentions, code. Whatever it holds, it stays text. */
import { mentionIndex, type TextPiece, tokenize } from "../text.ts";
import { useView } from "../view.ts";

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
  switch (piece.type) {
    case "text":
      return <>{piece.text}</>;
    case "link":
      return (
        <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">{piece.text}</a>
      );
    case "mention":
      return <Mention text={piece.text} userId={piece.userId} />;
    case "code":
      return <code>{piece.text}</code>;
    case "block":
      return <pre tabIndex={0}><code>{piece.text}</code></pre>;
  }
}

function Mention({ text, userId }: { text: string; userId: number }) {
  const { state } = useView();
  return <span class={userId === state.me.value.id ? "mention own" : "mention"}>{text}</span>;
}
