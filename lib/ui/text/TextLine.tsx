/** The pieces of a line of formatted text: emphasis, code, links, people, rooms. */
import type { Inline } from "../../markup/nodes.ts";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { addressLink } from "./links.ts";
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
  return (
    <>
      {pieces.map((piece, at) => (
        <Piece key={at} piece={piece} mentioned={mentioned} inLink={inLink} />
      ))}
    </>
  );
}

function Piece({ piece, mentioned, inLink }: {
  piece: Inline;
  mentioned: Mentioned;
  inLink: boolean;
}) {
  switch (piece.type) {
    case "text":
      return inLink ? <>{piece.text}</> : <Words text={piece.text} mentioned={mentioned} />;
    case "escaped":
      return <>{piece.text}</>;
    case "address":
      return inLink ? <>{piece.text}</> : <Pieces pieces={[addressLink(piece.text)]} />;
    case "code":
      return <code dir="ltr" {...UNTRANSLATED}>{piece.text}</code>;
    case "break":
      return <br />;
    case "link":
      return inLink ? <Label piece={piece} /> : (
        <LabelledLink link={piece}>
          <Label piece={piece} />
        </LabelledLink>
      );
    default: {
      const Mark = piece.type;
      return (
        <Mark>
          <TextLine pieces={piece.children} mentioned={mentioned} inLink={inLink} />
        </Mark>
      );
    }
  }
}

const NOBODY: Mentioned = new Map();

function Label({ piece }: { piece: Inline & { type: "link" } }) {
  return <TextLine pieces={piece.children} mentioned={NOBODY} inLink />;
}

/** Plain text, in which people and rooms are named. */
function Words({ text, mentioned }: { text: string; mentioned: Mentioned }) {
  return text.includes("#")
    ? <WithRooms text={text} mentioned={mentioned} />
    : <Pieces pieces={piecesOf([{ type: "text", text }], mentioned)} />;
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
