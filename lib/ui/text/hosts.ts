/**
 * How a link's host is shown. If its letters could be mistaken for others, the host is shown in its
 * ASCII form (`xn--…`), as browsers do in the address bar. The rule is Unicode's "highly
 * restrictive" level (UTS #39), applied label by label; it also rejects words that only look Latin.
 * Pure.
 */
import { inAscii, SCHEME_AND_HOST } from "./links.ts";

/** The address as written, or with its host in ASCII if its letters may deceive. */
export function shownAddress(address: string, url: URL): string {
  const shown = inAscii(address, url);
  const host = SCHEME_AND_HOST.exec(address)?.[2];
  if (host === undefined || shown === address) return address;
  const labels = host.normalize("NFKC").toLowerCase().split(/[.\u3002]/);
  if (labels.every((label) => isHonest(label, labels.at(-1) || labels.at(-2)!))) return address;
  return shown;
}

/** Scripts that one language mixes, together with Latin. */
const TOGETHER = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];

/** Scripts allowed only alone. The rest, which few addresses use, are shown in ASCII. */
const ALONE = [
  "Arabic Armenian Bengali Bopomofo Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi",
  "Hangul Hebrew Kannada Khmer Lao Latin Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai",
  "Tibetan",
].join(" ").split(" ").map((script) => [script]);

let readable: RegExp[] | undefined;

/** Built at the first non-ASCII host: building so many letters would add 7 ms to each start. */
function readablePatterns(): RegExp[] {
  return readable ??= [...ALONE, ...TOGETHER].map(only);
}

/** Letters of these scripts, and the characters that may appear in a label of any script. */
function only(scripts: string[]): RegExp {
  const letters = scripts.map((script) => `\\p{Script_Extensions=${script}}`).join("");
  return new RegExp(`^(?:(?=[\\p{L}\\p{M}\\p{N}])[${letters}]|[0-9-])+$`, "u");
}

/** Words made only of these letters read as Latin words: `аррӏе`, `ѕсоре`, `ονο`, `հոսո`. */
const LOOKALIKES =
  /^(?:[аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡ0-9-]+|[αικνρυωηοτ0-9-]+|[աեզհյոսօցգքղւ0-9-]+)$/u;

/** Letters beyond those of European and Vietnamese words: phonetic ones (ɡ, ɑ), clicks (ǃ). */
const ODD_LATIN =
  /[\u0180-\u019f\u01a2-\u01ae\u01b1-\u01cc\u0250-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]/u;

/** Next to Latin letters these look like slashes, full stops and hyphens: `google.comノevil.jp`. */
const STROKES = /[a-z0-9][ノンソゾ丶丿乀乁]|[a-z0-9][ー一][a-z0-9]/;

function isHonest(label: string, topLevel: string): boolean {
  if (/^[a-z0-9-]*$/.test(label)) return true;
  if (ODD_LATIN.test(label) || STROKES.test(label)) return false;
  if (!readablePatterns().some((pattern) => pattern.test(label))) return false;
  // Under a country's own domain, a short word of such letters is what it seems: `рао.рф`.
  return !LOOKALIKES.test(label) || /^[^\0-\x7f]/.test(topLevel) && !LOOKALIKES.test(topLevel);
}
