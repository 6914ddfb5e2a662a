/**
 * Fujifilm's raw pictures: a JPEG that says what was taken where, and what the sensor saw. The camera
 * and its settings stay, which are needed to develop them; place, times, people and numbers do not.
 */
import { type Bytes, MalformedFile } from "./bytes.ts";
import { examineJpeg } from "./jpeg.ts";
import type { Measured } from "./measured.ts";
import { stretchesOf } from "./stretches.ts";

/** Where the header says where the JPEG is, and how many bytes it has. */
const JPEG = 84;

/**
 * Changes the file in place. Throws `MalformedFile`.
 * @returns the size of the JPEG
 */
export function examineRaf(bytes: Bytes): Measured {
  const header = bytes.view(JPEG, 8);
  const [at, length] = [header.getUint32(0), header.getUint32(4)];
  if (at < JPEG + 8 || at + length > bytes.size) throw new MalformedFile();
  const jpeg = stretchesOf(bytes, [{ at, length }]);
  if (jpeg.view(0, 2).getUint16(0) !== 0xffd8) throw new MalformedFile();
  return examineJpeg(jpeg, true);
}
