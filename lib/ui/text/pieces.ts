/**
 * Cuts a text without markup into what can be shown: plain text, links, mentions. It makes no
 * elements: views turn the pieces into some, so that no text can ever become an element.
 */
import { type TextPart, withoutCode } from "../../protocol/addresses.ts";
import {
  mentionCandidates,
  mentionNames,
  MOST_KEYS,
  MOST_NAMES,
  usernameKey,
} from "../../protocol/mentions.ts";
import { addressLink, type ShownAddress } from "./links.ts";

export type TextPiece =
  | { type: "text"; text: string }
  /** `href` is http: or https: and nothing else; `text` the address, told without deceit. */
  | { type: "link"; text: string; href: string }
  | { type: "mention"; text: string; userId: number }
  | { type: "code"; text: string }
  | { type: "block"; text: string };

/** Who may be mentioned: ids by `usernameKey`. */
export type Mentioned = ReadonlyMap<string, number>;

/** @param mentioned the users that the server found in the text */
export function plainPieces(text: string, mentioned: Mentioned): TextPiece[] {
  return piecesOf(withoutCode(text), mentioned);
}

/** @param shown how addresses are shown; else with any other letters of a host in ASCII */
export function piecesOf(
  parts: readonly TextPart[],
  mentioned: Mentioned,
  shown?: ShownAddress,
): TextPiece[] {
  const find = mentioned.size === 0 ? null : finder(mentioned);
  return bounded(parts.flatMap((part) => pieces(part, find, shown)));
}

/**
 * Pieces of a message that are shown as what they are; nobody writes half as many. Each is an
 * element, and a text of 8,000 characters could be 4,000 of them: two hundred such messages would
 * hold up a page for seconds.
 */
const MOST_PIECES = 500;

function bounded(pieces: TextPiece[]): TextPiece[] {
  if (pieces.length <= MOST_PIECES) return pieces;
  const rest = pieces.slice(MOST_PIECES).map((piece) => piece.text).join("");
  return [...pieces.slice(0, MOST_PIECES), { type: "text", text: rest }];
}

function pieces(
  part: TextPart,
  find: Finder | null,
  shown?: ShownAddress,
): TextPiece | TextPiece[] {
  if (part.type === "address") return addressLink(part.text, shown);
  return part.type === "text" && find !== null ? mentions(part.text, find) : part;
}

/** In place of an id, where a group is mentioned: it is no person. */
export const EVERYBODY = 0;

/** The mentioned users by the key under which they are looked for. */
export function mentionIndex(
  ids: readonly number[],
  username: (id: number) => string | undefined,
  group?: string,
): Map<string, number> {
  const index = new Map<string, number>();
  if (group !== undefined) { for (const name of ["here", "room"]) index.set(name, EVERYBODY); }
  for (const id of ids) {
    const name = username(id);
    if (name !== undefined) index.set(usernameKey(name), id);
  }
  return index;
}

/** The part of a candidate that is somebody's name, and whose. */
type Finder = (candidate: string) => { name: string; userId: number } | null;

/** Looks each name up once, and as many as the store does. */
function finder(mentioned: Mentioned): Finder {
  const known = new Map<string, ReturnType<Finder>>();
  const initials = new Set([...mentioned.keys()].map((key) => [...key][0]));
  let keys = 0;
  return (candidate) => {
    let found = known.get(candidate);
    if (found !== undefined) return found;
    found = null;
    const [initial] = usernameKey(candidate.slice(0, 16));
    if (initials.has(initial) && known.size < MOST_NAMES && keys < MOST_KEYS) {
      const names = mentionNames(candidate);
      keys += names.length;
      const name = names.find((one) => mentioned.has(usernameKey(one)));
      if (name !== undefined) found = { name, userId: mentioned.get(usernameKey(name))! };
    }
    known.set(candidate, found);
    return found;
  };
}

function mentions(text: string, find: Finder): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { index, name: candidate } of mentionCandidates(text)) {
    const found = find(candidate);
    if (found === null) continue;
    const end = index + 1 + found.name.length;
    if (index > from) pieces.push({ type: "text", text: text.slice(from, index) });
    pieces.push({ type: "mention", text: text.slice(index, end), userId: found.userId });
    from = end;
  }
  if (from < text.length) pieces.push({ type: "text", text: text.slice(from) });
  return pieces;
}
