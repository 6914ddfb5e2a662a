/** The pieces of a line of formatted text: emphasis, code, links, people, rooms. */
import { type ComponentChildren, Fragment } from "preact";
import type { Inline } from "../../markup/nodes.ts";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { shownAddress } from "./hosts.ts";
import { addressLink } from "./links.ts";
import { emojiWords } from "./emoji_words.tsx";
import { LabelledLink } from "./LabelledLink.tsx";
import { type Mentioned, piecesOf } from "./pieces.ts";
import { Pieces } from "./Pieces.tsx";
import { type RoomFinder, roomPlaces, useRoomFinder } from "./room_names.ts";
import { useTabIndex } from "./tab_index.ts";

export interface TextLineProps {
  pieces: readonly Inline[];
  mentioned: Mentioned;
  /** Nothing in a link is another link. */
  inLink?: boolean;
}

export function TextLine({ pieces, mentioned, inLink = false }: TextLineProps) {
  return <>{nodesOf(pieces, mentioned, inLink)}</>;
}

/** Calls and no components: a page of fifty messages has a thousand such pieces. */
function nodesOf(
  pieces: readonly Inline[],
  mentioned: Mentioned,
  inLink: boolean,
): ComponentChildren[] {
  return pieces.map((piece, at) => nodeOf(piece, at, mentioned, inLink));
}

function nodeOf(
  piece: Inline,
  key: number,
  mentioned: Mentioned,
  inLink: boolean,
): ComponentChildren {
  switch (piece.type) {
    case "text":
      return inLink ? emojiWords(piece.text, key) : words(piece.text, key, mentioned);
    case "escaped":
      return plain(piece.text, key);
    case "address":
      return inLink
        ? plain(piece.text, key)
        : <Pieces key={key} pieces={[addressLink(piece.text, shownAddress)]} />;
    case "code":
      return <code key={key} dir="ltr" {...UNTRANSLATED}>{piece.text}</code>;
    case "break":
      return <br key={key} />;
    case "link": {
      const label = nodesOf(piece.children, NAMELESS, true);
      return inLink
        ? <Fragment key={key}>{label}</Fragment>
        : <LabelledLink key={key} link={piece}>{label}</LabelledLink>;
    }
    default: {
      const Mark = piece.type;
      return <Mark key={key}>{nodesOf(piece.children, mentioned, inLink)}</Mark>;
    }
  }
}

/** Where no names are looked for at all, neither of people nor of rooms. */
export const NAMELESS: Mentioned = new Map();

/** In an array, text by itself would be escaped twice by the server's JSX. */
function plain(text: string, key: number): ComponentChildren {
  return <Fragment key={key}>{text}</Fragment>;
}

/** Plain text, in which people and rooms are named. */
function words(text: string, key: number, mentioned: Mentioned): ComponentChildren {
  if (mentioned === NAMELESS) return emojiWords(text, key);
  if (text.includes("#")) return <WithRooms key={key} text={text} mentioned={mentioned} />;
  if (mentioned.size === 0) return emojiWords(text, key);
  return <Pieces key={key} pieces={piecesOf([{ type: "text", text }], mentioned)} />;
}

function WithRooms({ text, mentioned }: { text: string; mentioned: Mentioned }) {
  const find: RoomFinder = useRoomFinder();
  const tabIndex = useTabIndex();
  const shown = [];
  let from = 0;
  const upTo = (end: number) =>
    end > from &&
    shown.push(
      <Pieces pieces={piecesOf([{ type: "text", text: text.slice(from, end) }], mentioned)} />,
    );
  for (const { start, end, id } of roomPlaces(text, find)) {
    upTo(start);
    shown.push(
      <PlaceLink class="named-room" place={{ room: id }} tabIndex={tabIndex}>
        <bdi {...UNTRANSLATED}>{text.slice(start, end)}</bdi>
      </PlaceLink>,
    );
    from = end;
  }
  upTo(text.length);
  return <>{shown}</>;
}
