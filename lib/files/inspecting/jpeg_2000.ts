/**
 * JPEG 2000: its size; XML, Exif and what else stands beside the picture become empty boxes, comments
 * at its beginning blanks: decoders take zeros for damage. A bare picture without boxes stays as it
 * is. (ISO/IEC 15444-1)
 */
import { BOXES_MOST, boxIn, fileBoxes, freeBox, type MediaBox } from "./boxes.ts";
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture } from "./measured.ts";

/** The format's marks, its header, the picture, and those of several layers (15444-2). */
const KEPT = new Set(["jP  ", "ftyp", "rreq", "jp2h", "jpch", "jplh", "jp2c", "ftbl", "comp"]);

/** Changes the file in place. Throws `MalformedFile`. */
export function examineJpeg2000(bytes: Bytes): Measured {
  const steps = new Steps(BOXES_MOST);
  let size: Measured | null = null;
  for (const box of fileBoxes(bytes, steps)) {
    if (box.kind === "jp2h") {
      const header = boxIn(bytes, box, "ihdr", steps);
      const view = header && bytes.view(header.from, 8);
      if (view) size ??= picture(view.getUint32(4), view.getUint32(0));
    }
    if (box.kind === "jp2c") blankComments(bytes, box, steps);
    if (!KEPT.has(box.kind)) freeBox(bytes, box);
  }
  if (size === null) throw new MalformedFile();
  return size;
}

/** Segments of the main header: of a comment, of the first part of the picture. */
const [COMMENT, PART] = [0xff64, 0xff90];

function blankComments(bytes: Bytes, { from, to }: MediaBox, steps: Steps): void {
  // Behind the mark with which it begins.
  for (let at = from + 2; at + 4 <= to;) {
    steps.take();
    const view = bytes.view(at, 4);
    const [kind, length] = [view.getUint16(0), view.getUint16(2)];
    if (kind < 0xff00 || kind === PART || length < 2) return;
    const text = Math.min(at + 2 + length, to) - (at + 6);
    if (kind === COMMENT && text > 0) bytes.write(at + 6, new Uint8Array(text).fill(0x20));
    at += 2 + length;
  }
}
