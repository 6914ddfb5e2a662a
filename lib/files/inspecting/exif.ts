/**
 * What a camera writes beside a picture: where, when, with what and by whom it was taken. Nothing of
 * it is kept but which side is up, without which the picture lies on its side.
 */

const ORIENTATION = 0x0112;
/** Entries of one list that are looked at. */
const ENTRIES_MOST = 1_000;

/** From 1 to 8, by a TIFF structure; 1 where none is to be found. */
export function orientationOf(tiff: Uint8Array<ArrayBuffer>): number {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  try {
    const little = view.getUint16(0) === 0x4949;
    const list = view.getUint32(4, little);
    const count = Math.min(view.getUint16(list, little), ENTRIES_MOST);
    for (let index = 0; index < count; index++) {
      const entry = list + 2 + 12 * index;
      if (view.getUint16(entry, little) !== ORIENTATION) continue;
      const value = view.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : 1;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // it ends too soon
  }
  return 1;
}

/** Bytes that the shortest structure with an orientation takes. */
const SHORTEST = 26;

/** A structure of that length that says the orientation and nothing else; zeros if it is too short. */
export function orientationAlone(length: number, orientation: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  if (length < SHORTEST) return bytes;
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x4d4d002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, ORIENTATION);
  view.setUint16(12, 3);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return bytes;
}
