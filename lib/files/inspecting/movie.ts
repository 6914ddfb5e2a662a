/**
 * MP4, QuickTime and M4A: size and duration; where, when and with what it was recorded becomes empty.
 * Songs keep what they are called, their day and their picture, films their titles. Tracks of
 * measurements, by which cameras write their way second by second, become empty with their content;
 * so does what boxes hold that nobody reads: cameras keep places and their numbers there.
 */
import {
  BOXES_MOST,
  boxesIn,
  boxIn,
  fileBoxes,
  freeBox,
  type MediaBox,
  metaContent,
} from "./boxes.ts";
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import {
  cleanFragments,
  type FilmTracks,
  fragmentStretches,
  noTracks,
  readUsual,
} from "./fragment_samples.ts";
import { fragmentsDuration, trackNumber } from "./fragments.ts";
import { type Measured, UNMEASURED } from "./measured.ts";
import { blankSamples, sampleStretches } from "./samples.ts";
import { cleanPicture, tellsTime } from "./song.ts";
import { cleanMedia, cleanPicturesOf, isOfFrames } from "./tracks.ts";
import { tellWay } from "./ways.ts";

/** Handlers of tracks that people see or hear. */
const SHOWN = new Set(["vide", "soun", "sbtl", "subt", "text", "clcp", "pict", "auxv"]);

const CAPTIONS = new Set(["sbtl", "subt", "text"]);

/** What a player needs; `meta` at this place is a picture's, where the file is one (`heif.ts`). */
const KEPT = new Set(
  "ftyp moov mdat moof mfra styp sidx ssix pdin wide meta".split(" "),
);
/** What a player needs within `moov`: a film, its tracks, pieces, protection, old movies' own. */
const KEPT_IN_MOVIE = new Set(
  "mvhd trak udta mvex iods pssh rmra clip ctab trep ainf".split(" "),
);
/** … within a track: its head, what is cut of it and belongs to it, its shape, what old ones load. */
const KEPT_IN_TRACK = new Set(
  "tkhd edts tref trgr mdia udta tapt clip matt load imap strk".split(" "),
);

/**
 * Changes the file in place. Throws `MalformedFile`.
 * @param ofPicture the file is a picture that moves: its `meta` has been cleaned
 */
export function examineMovie(bytes: Bytes, ofPicture = false): Measured {
  const steps = new Steps(BOXES_MOST);
  const tracks = noTracks();
  let told: Measured | null = null;
  for (const box of fileBoxes(bytes, steps)) {
    if (box.kind === "moov") told = examineMoov(bytes, box, steps, tracks);
    else if (!KEPT.has(box.kind) || box.kind === "meta" && !ofPicture) freeBox(bytes, box);
  }
  // Nobody can play it, and what it says stands somewhere that nobody found.
  if (told === null) throw new MalformedFile();
  cleanFragments(bytes, tracks);
  return told;
}

function examineMoov(
  bytes: Bytes,
  moov: MediaBox,
  steps: Steps,
  tracks: FilmTracks,
): Measured {
  let { width, height, duration }: Measured = UNMEASURED;
  const said: MediaBox[] = [];
  let isMovie = false;
  const extension = boxIn(bytes, moov, "mvex", steps);
  if (extension !== null) readUsual(bytes, extension, tracks);
  for (const box of boxesIn(bytes, moov.from, moov.to, steps)) {
    isMovie ||= box.kind === "mvhd" || box.kind === "trak";
    if (box.kind === "mvhd") duration = readHeader(bytes, box);
    else if (box.kind === "udta") said.push(box);
    else if (!KEPT_IN_MOVIE.has(box.kind)) freeBox(bytes, box);
    else if (box.kind === "trak") {
      const size = examineTrack(bytes, box, steps, tracks);
      if (size !== null && width === null) [width, height] = size;
    }
  }
  // Movies of old may be compressed as a whole: what they say cannot be taken from them.
  if (!isMovie) throw new MalformedFile();
  const isDropped = width === null ? isNoSongs : isUntitled;
  for (const box of said) cleanUserData(bytes, box, { steps, isDropped });
  duration ??= fragmentsDuration(bytes, moov, tracks.steps);
  return { ...UNMEASURED, width, height, duration };
}

/** When it was made and changed: twice as many bytes in the longer form. */
export function blankTimes(bytes: Bytes, { from }: MediaBox): void {
  const isLong = bytes.view(from, 1).getUint8(0) === 1;
  bytes.blank(from + 4, isLong ? 16 : 8);
}

function readHeader(bytes: Bytes, box: MediaBox): number | null {
  blankTimes(bytes, box);
  return readDuration(bytes, box);
}

/** Seconds; null where it is not written there, as in what browsers record. */
function readDuration(bytes: Bytes, { from }: MediaBox): number | null {
  const isLong = bytes.view(from, 1).getUint8(0) === 1;
  const view = bytes.view(from + (isLong ? 20 : 12), isLong ? 12 : 8);
  const scale = view.getUint32(0);
  const length = isLong ? Number(view.getBigUint64(4)) : view.getUint32(4);
  const isKnown = length > 0 && length < (isLong ? 2 ** 63 : 2 ** 32 - 1) && scale > 0;
  return isKnown ? length / scale : null;
}

/** The size of a picture that is shown, upright; null of other tracks. Throws `MalformedFile`. */
export function examineTrack(
  bytes: Bytes,
  track: MediaBox,
  steps: Steps,
  tracks = noTracks(),
): [number, number] | null {
  const header = boxIn(bytes, track, "tkhd", steps);
  const media = boxIn(bytes, track, "mdia", steps);
  const handler = media && boxIn(bytes, media, "hdlr", steps);
  const kind = handler === null ? "" : latin(bytes.read(handler.from + 8, 4));
  if (header !== null) blankTimes(bytes, header);
  const clock = media && boxIn(bytes, media, "mdhd", steps);
  if (clock !== null) blankTimes(bytes, clock);
  const number = header === null ? null : trackNumber(bytes, header);
  const isWay = () =>
    tellWay(bytes, sampleStretches(bytes, media!, steps)) ||
    number !== null && tellWay(bytes, fragmentStretches(bytes, number, tracks));
  const isShown = handler === null || SHOWN.has(kind) && !(CAPTIONS.has(kind) && isWay());
  if (number !== null) (isShown ? tracks.shown : tracks.hidden).add(number);
  if (!isShown) {
    blankSamples(bytes, media!, steps);
    freeBox(bytes, track);
    return null;
  }
  for (const box of boxesIn(bytes, track.from, track.to, steps)) {
    if (box.kind === "udta") cleanUserData(bytes, box, { steps, isDropped: isUntitled });
    if (!KEPT_IN_TRACK.has(box.kind)) freeBox(bytes, box);
  }
  if (media !== null) {
    cleanMedia(bytes, media, kind, steps);
    if (kind === "vide" && isOfFrames(bytes, media, steps)) {
      if (number !== null) tracks.frames.add(number);
      cleanPicturesOf(bytes, media, steps);
    }
  }
  return header !== null && kind === "vide" ? readSize(bytes, header) : null;
}

function readSize(bytes: Bytes, { from }: MediaBox): [number, number] | null {
  const matrix = from + (bytes.view(from, 1).getUint8(0) === 1 ? 52 : 40);
  const view = bytes.view(matrix, 44);
  const [width, height] = [view.getUint32(36) >>> 16, view.getUint32(40) >>> 16];
  if (width === 0 || height === 0) return null;
  // A quarter turn has nothing on the matrix's diagonal.
  const isTurned = view.getInt32(0) === 0 && view.getInt32(4) !== 0;
  return isTurned ? [height, width] : [width, height];
}

/** What it is called and by whom, its texts, its picture. */
const TITLES = new Set(
  ("\xa9nam \xa9ART aART \xa9alb \xa9wrt \xa9gen gnre \xa9lyr cprt trkn disk tmpo cpil pgap covr")
    .split(" "),
);

/** Of a film: its day and what was noted by whom, too. */
function isUntitled(kind: string): boolean {
  return !TITLES.has(kind);
}

/** What a song has besides: its day, notes, groups, how it is sorted and what kind of thing it is. */
const OF_SONG = new Set(
  ("\xa9day \xa9cmt \xa9grp \xa9wrk \xa9mvn \xa9mvi \xa9mvc \xa9con \xa9pub desc keyw catg rtng " +
    "stik shwm sonm soar soaa soal soco").split(" "),
);

/** Of a song: where and with what it was recorded, whose account bought it, what programs add. */
function isNoSongs(kind: string): boolean {
  return isUntitled(kind) && !OF_SONG.has(kind);
}

interface CleaningUserData {
  steps: Steps;
  isDropped(kind: string): boolean;
}

/** What a song says of itself (`meta` with `mdir`) stays, but for what is dropped of it. */
function cleanUserData(
  bytes: Bytes,
  userData: MediaBox,
  { steps, isDropped }: CleaningUserData,
): void {
  for (const box of boxesIn(bytes, userData.from, userData.to, steps)) {
    if (box.kind !== "meta") {
      freeBox(bytes, box);
      continue;
    }
    const content = metaContent(bytes, box);
    const handler = boxIn(bytes, content, "hdlr", steps);
    const isSong = handler !== null && latin(bytes.read(handler.from + 8, 4)) === "mdir";
    if (!isSong) {
      freeBox(bytes, box);
      continue;
    }
    const list = boxIn(bytes, content, "ilst", steps);
    if (list === null) continue;
    for (const item of boxesIn(bytes, list.from, list.to, steps)) {
      if (isDropped(item.kind) || !mayStay(bytes, item, steps)) freeBox(bytes, item);
    }
  }
}

/** A day without a time; a picture that could be cleaned. */
function mayStay(bytes: Bytes, item: MediaBox, steps: Steps): boolean {
  const { kind, from, to } = item;
  if (kind === "\xa9day") return !tellsTime(bytes.read(from, Math.min(128, to - from)));
  if (kind !== "covr") return true;
  return boxesIn(bytes, from, to, steps).every((each) =>
    each.kind === "data" && cleanPicture(bytes, each.from, each.to - each.from)
  );
}
