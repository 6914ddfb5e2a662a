/** Completes `#name` with the reader's rooms: who reads it can go there. */
import type { MemberRoom } from "../../protocol/rooms.ts";
import { answers, foldForSearch, wordsOfName, wordsOfQuery } from "../../protocol/search_words.ts";
import { Name } from "../parts/Name.tsx";
import { RoomMark } from "../parts/RoomMark.tsx";
import { useView } from "../view.ts";
import { type CompletionChoice, type CompletionSource, NOTHING } from "./source.ts";

/** How many rooms to offer. */
const OFFERED = 6;

export const ROOMS: CompletionSource = {
  begun: unfinishedRoom,
  useOffer: (query) => {
    const rooms = useView().state.rooms.value;
    return query === null ? NOTHING : { choices: roomsFor(query, rooms.values()).map(choiceOf) };
  },
  label: (words) => words.sidebar.rooms,
};

/**
 * The beginning of a room's name right before the caret. It may have spaces, but does not end with
 * one: there a name may be over, and Enter is meant to send.
 */
export function unfinishedRoom(before: string): string | null {
  return /(?<![\p{L}\p{M}\p{N}_&#/])#((?:[^\s#](?:[^\n#]*[^\s#])?)?)$/u.exec(before)?.[1] ?? null;
}

/** Named like this first, then those with such words in their names. */
export function roomsFor(query: string, rooms: Iterable<MemberRoom>): NamedRoom[] {
  const begun = foldForSearch(query);
  const asked = wordsOfQuery(query);
  const begins = (room: NamedRoom) => foldForSearch(room.name).startsWith(begun);
  // After a word a sentence may go on: then only a room that is really called so is meant.
  const fits = (room: NamedRoom) =>
    begins(room) || (!/\s/.test(query) && answers(wordsOfName(room.name), asked));
  return [...rooms].filter(isNamed).filter(fits)
    .sort((a, b) => Number(begins(b)) - Number(begins(a)) || a.name.localeCompare(b.name))
    .slice(0, OFFERED);
}

type NamedRoom = MemberRoom & { name: string };

function isNamed(room: MemberRoom): room is NamedRoom {
  return room.name !== null && !room.archived;
}

function choiceOf(room: NamedRoom): CompletionChoice {
  return {
    key: String(room.id),
    text: `#${room.name} `,
    row: (
      <>
        <RoomMark room={room} />
        <Name class="name">{room.name}</Name>
      </>
    ),
  };
}
