/**
 * Photoshop's documents: their size; resources that say where, when and by whom a picture was made
 * become empty ones that nobody reads. What stands in the layers is the document, and stays.
 * (Adobe Photoshop File Formats Specification)
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, picture } from "./measured.ts";

const RESOURCES_MOST = 10_000;
/** From here to there by the number: paths, which are part of the picture. */
const PATHS = [2000, 2999] as const;
/** Resolution, colours, channels, guides, slices, layers' states, profiles: what shows the picture. */
const KEPT = new Set([
  ...[1005, 1006, 1007, 1010, 1011, 1013, 1014, 1015, 1016, 1024, 1026, 1030, 1032, 1037, 1039],
  ...[1041, 1044, 1045, 1046, 1047, 1049, 1050, 1053, 1057, 1062, 1064, 1065, 1066, 1067, 1069],
  ...[1070, 1072, 1074, 1075, 1076, 1077, 1078, 1080, 10_000],
]);
/** Of a number that a plug-in may give its own: nobody else reads it. */
const EMPTY = new TextEncoder().encode("8BIM\x13w");

/** Changes the file in place. Throws `MalformedFile`. */
export function examinePhotoshop(bytes: Bytes): Measured {
  const header = bytes.view(0, 30);
  const size = picture(header.getUint32(18), header.getUint32(14));
  const from = 30 + header.getUint32(26); // behind the table of colours
  const to = from + 4 + bytes.view(from, 4).getUint32(0);
  const steps = new Steps(RESOURCES_MOST);
  let at = from + 4;
  while (at + 12 <= to) {
    steps.take();
    at = cleanResource(bytes, at);
  }
  if (at > to + 1 || to > bytes.size) throw new MalformedFile();
  return size;
}

/** Where the next one begins. */
function cleanResource(bytes: Bytes, at: number): number {
  // Other programs give their own another mark.
  const mark = latin(bytes.read(at, 4));
  if (!/^\w{4}$/.test(mark)) throw new MalformedFile();
  const id = bytes.view(at + 4, 2).getUint16(0);
  const name = bytes.view(at + 6, 1).getUint8(0);
  const sized = at + 7 + name + (name + 1) % 2;
  const length = bytes.view(sized, 4).getUint32(0);
  const isPath = id >= PATHS[0] && id <= PATHS[1];
  if (mark !== "8BIM" || !(isPath || KEPT.has(id))) {
    bytes.write(at, EMPTY);
    bytes.blank(at + 7, name);
    bytes.blank(sized + 4, length);
  }
  return sized + 4 + length + length % 2;
}
