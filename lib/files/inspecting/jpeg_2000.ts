/**
 * JPEG 2000: its size; XML, Exif and what else stands beside the picture become empty boxes. A bare
 * picture without boxes keeps its comments: decoders take zeros in it for damage. (ISO/IEC 15444-1)
 */
import { BOXES_MOST, boxesIn, boxIn, freeBox } from "./boxes.ts";
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture } from "./measured.ts";

/** The format's marks, its header, the picture, and those of several layers (15444-2). */
const KEPT = new Set(["jP  ", "ftyp", "rreq", "jp2h", "jpch", "jplh", "jp2c", "ftbl", "comp"]);

/** Changes the file in place. Throws `MalformedFile`. */
export function examineJpeg2000(bytes: Bytes): Measured {
  const steps = new Steps(BOXES_MOST);
  let size: Measured | null = null;
  for (const box of boxesIn(bytes, 0, bytes.size, steps)) {
    if (box.kind === "jp2h") {
      const header = boxIn(bytes, box, "ihdr", steps);
      const view = header && bytes.view(header.from, 8);
      if (view) size ??= picture(view.getUint32(4), view.getUint32(0));
    }
    if (!KEPT.has(box.kind)) freeBox(bytes, box);
  }
  if (size === null) throw new MalformedFile();
  return size;
}
