/**
 * What a track of MP4 or QuickTime says of itself beside its times: names of the camera in how it is
 * written, ways to files on its maker's disk, Exif in pictures that are JPEGs. What is
 * shown stays.
 */
import { boxesIn, boxIn, freeBox, type MediaBox } from "./boxes.ts";
import { type Bytes, latin, type Steps } from "./bytes.ts";
import { cleanFrames, frameSteps } from "./jpeg.ts";
import { sampleStretches } from "./samples.ts";

/** What a player needs of a track's content, and of how it is written. */
const KEPT_IN_MEDIA = new Set(["mdhd", "hdlr", "elng", "minf"]);
const KEPT_IN_INFORMATION = new Set(
  ["vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmhd", "dinf", "stbl", "hdlr"],
);
const KEPT_IN_TABLE = new Set(
  ("stsd stts ctts cslg stsc stsz stz2 stco co64 stss stps stsh stdp padb sdtp sbgp sgpd subs " +
    "saiz saio").split(" "),
);
/** Where a handler's name begins. */
const NAME = 24;
/** In a description: who wrote its coder; and that one's name, of pictures. */
const VENDOR = { at: 20, length: 4 };
const CODER = { at: 50, length: 32 };
const DESCRIPTIONS_MOST = 16;

/** Changes the file in place. Throws `MalformedFile`. */
export function cleanMedia(bytes: Bytes, media: MediaBox, kind: string, steps: Steps): void {
  for (const box of boxesIn(bytes, media.from, media.to, steps)) {
    if (box.kind === "hdlr") blankFrom(bytes, box, NAME);
    else if (box.kind === "minf") cleanInformation(bytes, box, kind, steps);
    else if (!KEPT_IN_MEDIA.has(box.kind)) freeBox(bytes, box);
  }
}

function cleanInformation(bytes: Bytes, outer: MediaBox, kind: string, steps: Steps): void {
  for (const box of boxesIn(bytes, outer.from, outer.to, steps)) {
    if (box.kind === "hdlr") blankFrom(bytes, box, NAME);
    else if (box.kind === "dinf") cleanSources(bytes, box, steps);
    else if (box.kind === "stbl") cleanTable(bytes, box, kind, steps);
    else if (!KEPT_IN_INFORMATION.has(box.kind)) freeBox(bytes, box);
  }
}

function blankFrom(bytes: Bytes, { from, to }: MediaBox, at: number): void {
  bytes.blank(from + at, Math.max(0, to - from - at));
}

/** Whatever is shown is in the file itself: paths lead to where it was before. */
function cleanSources(bytes: Bytes, outer: MediaBox, steps: Steps): void {
  const list = boxIn(bytes, outer, "dref", steps);
  if (list === null) return;
  for (const source of boxesIn(bytes, list.from + 8, list.to, steps)) blankFrom(bytes, source, 4);
}

function cleanTable(bytes: Bytes, table: MediaBox, kind: string, steps: Steps): void {
  for (const box of boxesIn(bytes, table.from, table.to, steps)) {
    if (!KEPT_IN_TABLE.has(box.kind)) freeBox(bytes, box);
  }
  cleanDescriptions(bytes, table, kind, steps);
}

function cleanDescriptions(bytes: Bytes, table: MediaBox, kind: string, steps: Steps): void {
  const list = boxIn(bytes, table, "stsd", steps);
  if (list === null || kind !== "vide" && kind !== "soun") return;
  let count = 0;
  for (const { at, to } of boxesIn(bytes, list.from + 8, list.to, steps)) {
    if (++count > DESCRIPTIONS_MOST) return;
    if (at + VENDOR.at + VENDOR.length <= to) bytes.blank(at + VENDOR.at, VENDOR.length);
    const hasCoder = kind === "vide" && at + CODER.at + CODER.length <= to;
    if (hasCoder) bytes.blank(at + CODER.at, CODER.length);
  }
}

/** Coders that write a JPEG for each picture. */
const OF_FRAMES = new Set(["jpeg", "mjpa", "mjpb", "mp4v", "MJPG", "dmb1", "AVDJ"]);

/** The track's pictures are JPEGs. */
export function isOfFrames(bytes: Bytes, media: MediaBox, steps: Steps): boolean {
  return OF_FRAMES.has(codeOf(bytes, media, steps));
}

/** Of a track whose pictures are JPEGs: they lose what a camera wrote into each. */
export function cleanPicturesOf(bytes: Bytes, media: MediaBox, steps: Steps): void {
  const segments = frameSteps();
  for (const stretch of sampleStretches(bytes, media, steps)) {
    if (latin(bytes.read(stretch.at, 2)) !== "\xff\xd8") return;
    cleanFrames(bytes, stretch, segments);
  }
}

function codeOf(bytes: Bytes, media: MediaBox, steps: Steps): string {
  let box: MediaBox | null = media;
  for (const kind of ["minf", "stbl", "stsd"]) box = box && boxIn(bytes, box, kind, steps);
  return box === null ? "" : latin(bytes.read(box.from + 12, 4));
}
