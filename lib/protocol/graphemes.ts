/**
 * Cuts text where a reader would: between graphemes, which readers see as characters. A family of
 * emoji is seven code points, a flag two, a Devanagari syllable up to six. Shared by server and
 * browser, so that both write the same; imports nothing.
 */

/**
 * UTF-16 units of a grapheme that are shown. The longest emoji have 15, syllables fewer; a letter
 * with a thousand accents would cover the lines around it.
 */
const LONGEST = 32;

/** Text in which each code unit is a grapheme: the segmenter's first use takes 10 ms. */
const PLAIN = /^[\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f]*$/;

/** The first graphemes of a text, at most `most`. The work depends on `most`, not on the text. */
export function graphemes(text: string, most: number): string[] {
  const short = text.slice(0, most + 1);
  if (PLAIN.test(short)) return [...short.slice(0, most)];
  const found: string[] = [];
  for (const { segment } of segmenterOf().segment(text.slice(0, most * LONGEST))) {
    if (found.length === most) break;
    found.push(segment.length > LONGEST ? whole(segment.slice(0, LONGEST)) : whole(segment));
  }
  return found;
}

/** The text if it has at most `most` graphemes, otherwise its beginning and "…". */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const found = graphemes(text, most + 1);
  const kept = found.slice(0, most).join("");
  return kept.length < text.length ? `${kept}…` : kept;
}

/** Drops a lone surrogate at the end. */
function whole(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1);
}

function segmenterOf(): Intl.Segmenter {
  return segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
}

let segmenter: Intl.Segmenter | undefined;
