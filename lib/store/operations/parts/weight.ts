/**
 * How many bytes a room and a person take in a page: as data, and as a link in the list. Strangers
 * choose names, and a quotation mark is six bytes of markup, a "<" six bytes of data. Pure.
 */
import type { Room } from "../../../protocol/rooms.ts";

/** Bytes of a link without its title, of the longest kind: with an avatar and a badge. */
const LINK_BYTES = 520;
/** UTF-16 units after which a direct room's title counts its people instead of naming them. */
const LONG_TITLE = 60;
/** Bytes for a person whose names are not loaded. */
const UNKNOWN_NAME = 400;

const encoder = new TextEncoder();

/** As JSON in a data block, where every "<" is escaped. */
export function dataBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value).replaceAll("<", "\\u003c")).length;
}

/** @param names people's names in their longest form */
export function roomBytes(room: Room, names: ReadonlyMap<number, string>): number {
  return dataBytes(room) + linkBytes(room, names);
}

export function linkBytes({ name, users }: Room, names: ReadonlyMap<number, string>): number {
  return LINK_BYTES + (name === null ? titleBytes(users ?? [], names) : markupBytes(name));
}

/**
 * At least as long as the views' `roomTitle`: the longest name may come last, before the others
 * have filled the title.
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

/** As many from the start as both the number and the bytes allow. */
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
