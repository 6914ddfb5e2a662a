/** Whether a link says that it leads elsewhere than it does. Needed only where text is formatted. Pure. */
import { safeUrl } from "./links.ts";

/** Between spaces: an address, as far as it names a host; and something like a host in words. */
const SCHEME = /[a-z][a-z\d+.-]*:[/\\]*([^/\\?#]*)/iu;
const LETTER = "[\\p{L}\\p{M}\\p{N}-]";
const DOT = "[.\\u3002\\ua4f8\\u0702]";
/** It begins where no other may have begun: otherwise `a.a.a.` would be looked through again and again. */
const HOST = new RegExp(
  `(?<!${LETTER}${DOT}?)(?:(?:${LETTER}+${DOT})+${LETTER}{2,}|(?:\\d{1,3}\\.){3}\\d)`,
  "gu",
);
const HOST_AT_START = new RegExp(`^(?:${LETTER}|${DOT}(?=${LETTER}))*`, "u");
/** `1.20`, `v2.10` and `3.14.15` are no hosts; `10.0.0.12` is one. */
const NUMBER = /^v?\d+(?:\.\d+){1,2}$/i;
/** They turn what follows around: nobody can tell what it says. */
const TURNED = /[\u202d\u202e]/;

/** What nobody sees, in the middle of a word or around it. */
export const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Whether words that stand for a link name a host to which it does not lead, as a reader sees them:
 * `bank.com`, `https://bank`, `(bank.com)`; also with letters between that nobody sees.
 */
export function leadsElsewhere(words: string, host: string): boolean {
  if (TURNED.test(words)) return true;
  return seen(words).split(" ").some((word) =>
    hostsIn(word).some((named) => !isSameSite(asHost(named), host))
  );
}

function seen(words: string): string {
  return words.replace(/\s+/g, " ").replace(UNSEEN, "").replace(/[^\0-\x7f]/gu, asLetters);
}

/** `．` and `․` are full stops, `ｂ` is a b. One that stands for whole words is none of a host. */
function asLetters(letter: string): string {
  const letters = letter.normalize("NFKC");
  return letters.length > 4 ? letter : letters;
}

/** Up to the path of what is an address. */
function hostsIn(word: string): string[] {
  const [scheme, authority] = word.includes("//") ? SCHEME.exec(word) ?? [] : [];
  if (scheme !== undefined && authority !== undefined && authority !== "") {
    return authority.split("@").map((part) => HOST_AT_START.exec(part)![0]);
  }
  const hosts: string[] = [];
  let end = 0;
  for (const { 0: host, index } of word.matchAll(HOST)) {
    if (end > 0 && /[/?#\\]/.test(word.slice(end, index))) break;
    end = index + host.length;
    if (!NUMBER.test(host)) hosts.push(host);
  }
  return hosts;
}

function asHost(written: string): string {
  const dotted = written.replace(/[\ua4f8\u0702]/g, ".");
  return safeUrl(`https://${dotted}`)?.hostname ?? written;
}

function isSameSite(named: string, host: string): boolean {
  return named === host || host.endsWith(`.${named}`) || named === `www.${host}`;
}
