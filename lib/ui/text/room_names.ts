/** Rooms that a text names (`#design`), of those that the reader has. */
import { computed, type ReadonlySignal } from "@preact/signals";

import { useView, type View } from "../view.ts";

/** The room whose name a text begins with, and how much of the text it is. */
export type RoomFinder = (text: string) => { id: number; length: number } | null;

export interface RoomPlace {
  start: number;
  end: number;
  id: number;
}

/** Rooms looked for in one piece of text. */
const MOST = 64;
/** Not within a word, an address or a character's number. */
const MARK = /(?<![\p{L}\p{M}\p{N}_&#/])#(?=[^\s#])/gu;
/** What a name may be followed by. */
const WORD = /^[\p{L}\p{M}\p{N}_]/u;

export function roomPlaces(text: string, find: RoomFinder): RoomPlace[] {
  const places: RoomPlace[] = [];
  for (const { index } of text.matchAll(MARK)) {
    if (places.length === MOST) break;
    const found = find(text.slice(index + 1, index + 1 + LONGEST));
    if (found !== null) places.push({ start: index, end: index + 1 + found.length, id: found.id });
  }
  return places;
}

/** Units of a room's name, and the character after it. */
const LONGEST = 170;

/** @param rooms names and ids */
export function roomFinder(rooms: Iterable<readonly [string, number]>): RoomFinder {
  const byInitial = new Map<string, { name: string; id: number }[]>();
  for (const [written, id] of rooms) {
    const name = written.toLowerCase();
    const initial = name.slice(0, 1);
    byInitial.set(initial, [...(byInitial.get(initial) ?? []), { name, id }]);
  }
  // "design team" is meant where "design" is a room too.
  for (const those of byInitial.values()) those.sort((a, b) => b.name.length - a.name.length);
  return (text) => {
    const lower = text.toLowerCase();
    const found = byInitial.get(lower.slice(0, 1))
      ?.find(({ name }) => lower.startsWith(name) && !WORD.test(lower.slice(name.length)));
    return found === undefined ? null : { id: found.id, length: found.name.length };
  };
}

/**
 * One for all texts of a chat: it is made of all the reader's rooms, and one message may name
 * hundreds. Renders anew only when the reader has another room, or a room another name.
 */
export function useRoomFinder(): RoomFinder {
  const { state } = useView();
  let finder = finders.get(state);
  if (finder === undefined) finders.set(state, finder = finderOf(state));
  return finder.value;
}

const finders = new WeakMap<View["state"], ReadonlySignal<RoomFinder>>();

function finderOf({ rooms }: View["state"]): ReadonlySignal<RoomFinder> {
  const names = computed(() =>
    JSON.stringify(
      [...rooms.value.values()].flatMap(({ id, name }) => name === null ? [] : [[name, id]]),
    )
  );
  return computed(() => roomFinder(JSON.parse(names.value) as [string, number][])); // written above
}
