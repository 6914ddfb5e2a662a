/**
 * What a room and a person weigh in a page: as data, and as a link in the list. Names are written
 * by strangers, and a quotation mark is six bytes of markup, a "<" six of data. Pure.
 */
import type { Room } from "../../../protocol/rooms.ts";

/** Bytes of a link without what it is called, of its longest kind: with an avatar and a badge. */
const LINK_BYTES = 520;
/** UTF-16 units after which a direct room's title counts its people instead of naming them. */
const LONG_TITLE = 60;
/** Bytes for somebody whose names are not at hand. */
const UNKNOWN_NAME = 400;

const encoder = new TextEncoder();

/** As JSON in a data block, where no "<" stands as such. */
export function dataBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value).replaceAll("<", "\\u003c")).length;
}

/** @param names of people as they may be called at the longest */
export function roomBytes(room: Room, names: ReadonlyMap<number, string>): number {
  return dataBytes(room) + LINK_BYTES +
    (room.name === null ? titleBytes(room.users ?? [], names) : markupBytes(room.name));
}

/**
 * At least what `roomTitle` of the views makes of it: the longest name may come last, when the
 * others have not filled the title yet.
 */
function titleBytes(users: readonly number[], names: ReadonlyMap<number, string>): number {
  const [longest, ...others] = users.map((id) => names.get(id))
    .sort((a, b) => (b?.length ?? UNKNOWN_NAME) - (a?.length ?? UNKNOWN_NAME));
  let bytes = nameBytes(longest);
  let units = 0;
  for (const name of others) {
    if (units > LONG_TITLE) break;
    units += name?.length ?? 1;
    bytes += nameBytes(name);
  }
  return bytes;
}

function nameBytes(name: string | undefined): number {
  return name === undefined ? UNKNOWN_NAME : markupBytes(name);
}

function markupBytes(text: string): number {
  const escaped = text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return encoder.encode(escaped).length;
}

/** As many from the beginning as neither number nor bytes forbid. */
export function fitting<T>(
  things: T[],
  most: { count: number; bytes: number },
  weightOf: (thing: T) => number,
): T[] {
  let bytes = 0;
  const end = things.findIndex((thing, at) =>
    at >= most.count || (bytes += weightOf(thing)) > most.bytes
  );
  return end === -1 ? things : things.slice(0, end);
}
