/**
 * How a link's host is shown. A host whose letters could be taken for another's is shown in its
 * ASCII form (`xn--…`), as browsers do in their address bar: by Unicode's "highly restrictive"
 * level (UTS #39), label by label, and without words that only look Latin. Pure.
 */

/** The address as written, or with its host in ASCII where its letters may deceive. */
export function shownAddress(address: string, url: URL): string {
  const [, scheme, host] = /^(https?:\/\/)([^/?#\\:]*)/i.exec(address) ?? [];
  if (scheme === undefined || host === undefined || /^[\w.[\]-]*$/.test(host)) return address;
  const labels = host.normalize("NFKC").toLowerCase().split(/[.\u3002]/);
  if (labels.every((label) => isHonest(label, labels.at(-1) || labels.at(-2)!))) return address;
  return scheme + url.hostname + address.slice(scheme.length + host.length);
}

/** Scripts that are written together in one language, beside Latin. */
const TOGETHER = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];

/** Each alone. Others, few of which have addresses, are shown in ASCII. */
const ALONE = [
  "Arabic Armenian Bengali Bopomofo Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi",
  "Hangul Hebrew Kannada Khmer Lao Latin Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai",
  "Tibetan",
].join(" ").split(" ").map((script) => [script]);

let readable: RegExp[] | undefined;

/** Made with the first host that is not ASCII: so many letters take a start 7 ms. */
function readablePatterns(): RegExp[] {
  return readable ??= [...ALONE, ...TOGETHER].map(only);
}

/** Letters of these scripts, and what stands in a label beside letters of any. */
function only(scripts: string[]): RegExp {
  const letters = scripts.map((script) => `\\p{Script_Extensions=${script}}`).join("");
  return new RegExp(`^(?:(?=[\\p{L}\\p{M}\\p{N}])[${letters}]|[0-9-])+$`, "u");
}

/** Words of nothing but these read as Latin ones: `аррӏе`, `ѕсоре`, `ονο`, `հոսո`. */
const LOOKALIKES =
  /^(?:[аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡ0-9-]+|[αικνρυωηοτ0-9-]+|[աեզհյոսօցգքղւ0-9-]+)$/u;

/** Letters beyond those of European and Vietnamese words: phonetic ones (ɡ, ɑ), clicks (ǃ). */
const ODD_LATIN =
  /[\u0180-\u019f\u01a2-\u01ae\u01b1-\u01cc\u0250-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]/u;

/** Beside Latin letters these read as slashes, full stops and hyphens: `google.comノevil.jp`. */
const STROKES = /[a-z0-9][ノンソゾ丶丿乀乁]|[a-z0-9][ー一][a-z0-9]/;

function isHonest(label: string, topLevel: string): boolean {
  if (/^[a-z0-9-]*$/.test(label)) return true;
  if (ODD_LATIN.test(label) || STROKES.test(label)) return false;
  if (!readablePatterns().some((pattern) => pattern.test(label))) return false;
  // In a country's own script a short word of such letters is what it seems: `рао.рф`.
  return !LOOKALIKES.test(label) || /^[^\0-\x7f]/.test(topLevel) && !LOOKALIKES.test(topLevel);
}
