/** In which characters a page is written: its byte order mark, its header, its first bytes say so. */

/** Bytes in which a page says it (HTML, "prescan a byte stream"). */
export const TOLD_WITHIN = 1_024;

/** Characters that cannot be read become �; the label of none is UTF-8. */
export function decoderFor(type: string, start: Uint8Array): TextDecoder {
  for (const label of [markOf(start), parameterOf(type), toldIn(start)]) {
    if (label === null) continue;
    try {
      return new TextDecoder(label);
    } catch {
      // Nobody knows it: perhaps the next one.
    }
  }
  return new TextDecoder();
}

function markOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return null;
}

function parameterOf(type: string): string | null {
  return /;\s*charset\s*=\s*"?([\w:.+-]{1,40})/i.exec(type)?.[1] ?? null;
}

/** A page in UTF-16 could not say so in these letters: it is not believed. */
function toldIn(start: Uint8Array): string | null {
  const letters = new TextDecoder("latin1").decode(start.subarray(0, TOLD_WITHIN));
  const label = /<meta[^>]{0,200}?\bcharset\s*=\s*["']?([\w:.+-]{1,40})/i.exec(letters)?.[1] ??
    null;
  return label !== null && /^utf-?16/i.test(label) ? "utf-8" : label;
}
