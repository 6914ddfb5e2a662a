/** What strangers wrote, as one line of plain text. Pure. */

/**
 * What nobody sees, and what turns the text after it around: a title must not look like something
 * that it is not. What joins letters of Persian and emoji is no more than a hair's breadth: it stays.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0]/gu;
const JOINERS = /[\u200c\u200d]/;

/** @param most code points; what is cut off is shown by "…" */
export function plainLine(text: string, most: number): string {
  const line = text.toWellFormed()
    .replace(/[\s\p{Z}]+/gu, " ")
    .replace(UNSEEN, (character) => JOINERS.test(character) ? character : "")
    .trim();
  const points = [...line];
  return points.length <= most ? line : `${points.slice(0, most - 1).join("").trimEnd()}…`;
}
