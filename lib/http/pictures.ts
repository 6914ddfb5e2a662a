/**
 * What kind of picture some bytes are, and how large, by their first bytes alone: what browsers show
 * everywhere and what can run nothing. Decodes nothing.
 */

export interface PictureFacts {
  type: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
  width: number;
  height: number;
}

/** Null if it is none of these, or cut off before its size. */
export function pictureFacts(bytes: Uint8Array<ArrayBuffer>): PictureFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return png(view) ?? gif(view) ?? webp(view) ?? jpeg(view);
  } catch (error) {
    if (error instanceof RangeError) return null; // it ends before it has said its size
    throw error;
  }
}

function says(view: DataView, at: number, text: string): boolean {
  return [...text].every((letter, index) => view.getUint8(at + index) === letter.charCodeAt(0));
}

/** PNG, third edition, 11.2.1: the header comes first. */
function png(view: DataView): PictureFacts | null {
  if (view.getUint32(0) !== 0x89504e47 || !says(view, 12, "IHDR")) return null;
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(view: DataView): PictureFacts | null {
  if (!says(view, 0, "GIF8")) return null;
  return { type: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** RFC 9649, 2.4 to 2.7: lossy, lossless, extended. */
function webp(view: DataView): PictureFacts | null {
  if (!says(view, 0, "RIFF") || !says(view, 8, "WEBP")) return null;
  const type = "image/webp" as const;
  if (says(view, 12, "VP8 ")) {
    const [width, height] = [view.getUint16(26, true), view.getUint16(28, true)];
    return { type, width: width & 0x3fff, height: height & 0x3fff };
  }
  if (says(view, 12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return { type, width: (bits & 0x3fff) + 1, height: (bits >>> 14 & 0x3fff) + 1 };
  }
  if (!says(view, 12, "VP8X")) return null;
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return { type, width: three(24), height: three(27) };
}

/** ITU T.81, annex B: the size is in the frame's header, behind other segments. */
function jpeg(view: DataView): PictureFacts | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}
