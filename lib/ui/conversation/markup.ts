/**
 * Cuts a message's text into what can be shown: plain text, links, mentions, code. It makes no
 * markup: views turn the pieces into elements, so that no text can ever become an element.
 */
import {
  mentionCandidates,
  mentionNames,
  MOST_KEYS,
  MOST_NAMES,
  usernameKey,
} from "../../protocol/mentions.ts";
import { type TextPart, textParts } from "../../protocol/plain_text.ts";
import { shownAddress } from "./hosts.ts";

export type TextPiece =
  | { type: "text"; text: string }
  /** `href` is http: or https: and nothing else; `text` the address, told without deceit. */
  | { type: "link"; text: string; href: string }
  | { type: "mention"; text: string; userId: number }
  | { type: "code"; text: string }
  | { type: "block"; text: string };

/** `mentioned`: the users the server found in the text, by `usernameKey`. */
export function tokenize(text: string, mentioned: ReadonlyMap<string, number>): TextPiece[] {
  const find = mentioned.size === 0 ? null : finder(mentioned);
  return bounded(textParts(text).flatMap((part) => pieces(part, find)));
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

function pieces(part: TextPart, find: Finder | null): TextPiece | TextPiece[] {
  if (part.type === "address") return link(part.text);
  return part.type === "text" && find !== null ? mentions(part.text, find) : part;
}

/** The mentioned users by the key under which `tokenize` looks for them. */
export function mentionIndex(
  ids: readonly number[],
  username: (id: number) => string | undefined,
): Map<string, number> {
  const index = new Map<string, number>();
  for (const id of ids) {
    const name = username(id);
    if (name !== undefined) index.set(usernameKey(name), id);
  }
  return index;
}

/**
 * Characters. Longer addresses stay text: browsers and servers cut them, and nobody can read them.
 */
const LONGEST_ADDRESS = 2_048;

/**
 * Text where the address cannot be followed, or begins with a name that one could take for the
 * host: `https://google.com@evil.example` leads to evil.example.
 */
function link(text: string): TextPiece {
  const url = text.length > LONGEST_ADDRESS ? null : safeUrl(text);
  if (url === null || url.username !== "" || url.password !== "" || !NAMES_HOST.test(text)) {
    return { type: "text", text };
  }
  return { type: "link", text: shownAddress(text, url), href: url.href };
}

/** Browsers skip further slashes, and take an empty name before "@" for none. */
const NAMES_HOST = /^https?:\/\/[^/\\?#@]+(?:[/\\?#]|$)/i;

/** Only what the browser itself reads as http or https: "javascript:" and "data:" run as code. */
function safeUrl(address: string): URL | null {
  try {
    const url = new URL(address);
    const safe = (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== "";
    return safe ? url : null;
  } catch {
    return null;
  }
}

/** The part of a candidate that is somebody's name, and whose. */
type Finder = (candidate: string) => { name: string; userId: number } | null;

/** Looks each name up once, and as many as the store does. */
function finder(mentioned: ReadonlyMap<string, number>): Finder {
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
