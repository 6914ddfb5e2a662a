/**
 * Which texts are so long that they are shown folded. By counting, not by measuring: the server's
 * page and the browser's then stand the same, and nothing jumps. Pure.
 */

/** Letters in a line that has room for a full one. */
const WIDTH = 80;
/**
 * Texts are folded from this many lines. `--fold-lines` shows fewer, so a fold always hides some.
 */
const LONG = 25;

/** Letters that take two letters' room: those of East Asia. Emoji have two units and count so. */
const WIDE = /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]/g;

/** Whether a text, or code in it, is folded until the reader opens it. */
export function isLong(text: string): boolean {
  if (text.length < LONG) return false;
  let lines = 0;
  for (const line of text.split("\n", LONG)) {
    const width = line.length + (line.match(WIDE)?.length ?? 0);
    lines += Math.max(1, Math.ceil(width / WIDTH));
  }
  return lines >= LONG;
}
