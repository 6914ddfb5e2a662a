/**
 * Whether a picture moves, by its first bytes: PNG and WebP can. Drawn anew it would stand still.
 * See the specifications of PNG (acTL, before the first IDAT) and WebP (VP8X, its second flag).
 */

/** A header with large colour profiles may be so long, bytes. */
const HEADER = 256 * 1024;

export async function isAnimated(picture: Blob): Promise<boolean> {
  const bytes = new DataView(await picture.slice(0, HEADER).arrayBuffer());
  return hasFrames(bytes);
}

export function hasFrames(bytes: DataView): boolean {
  if (word(bytes, 0) === "RIFF" && word(bytes, 8) === "WEBP") {
    return word(bytes, 12) === "VP8X" && bytes.byteLength > 20 && (bytes.getUint8(20) & 2) !== 0;
  }
  if (word(bytes, 0) !== "\x89PNG") return isSequence(bytes);
  for (let at = 8; at + 8 <= bytes.byteLength; at += 12 + bytes.getUint32(at)) {
    const chunk = word(bytes, at + 4);
    if (chunk === "acTL") return true;
    if (chunk === "IDAT") return false;
  }
  return false;
}

/** HEIC and AVIF that move say so in their brand. */
function isSequence(bytes: DataView): boolean {
  return word(bytes, 4) === "ftyp" && /^(avis|hevc|hevx|msf1)$/.test(word(bytes, 8));
}

function word(bytes: DataView, at: number): string {
  if (at + 4 > bytes.byteLength) return "";
  return String.fromCharCode(...[0, 1, 2, 3].map((by) => bytes.getUint8(at + by)));
}
