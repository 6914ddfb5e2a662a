/**
 * What a song says of itself, whatever wrote it: its names, who made it, its texts and its picture
 * stay; where and when it was recorded, with what device, by whose hand and program do not. Listed is
 * what stays: recorders and programs have names of their own for the rest.
 */
import { type Bytes, latin } from "./bytes.ts";
import { examineJpeg } from "./jpeg.ts";
import { examinePng } from "./png.ts";
import { changeWithin } from "./stretches.ts";

/** "10:20" or "T10": songs have a day or a year; recordings have a time. */
const TIME = /\d:\d\d|\dT\d\d/;

/** Bytes of what is said that are looked at, for a time. */
export const SAID_MOST = 1024;

/** It says when within a day: somebody recorded it then. @param value zeros of UTF-16 do not matter */
export function tellsTime(value: Uint8Array): boolean {
  return TIME.test(latin(value.subarray(0, SAID_MOST)).replaceAll("\0", ""));
}

/** What a film keeps: what it is called, by whom it is, its texts, its picture. */
const TITLES =
  ("TITLE VERSION ALBUM TRACK TRACKNUMBER TRACKTOTAL TOTALTRACKS DISC DISCNUMBER DISCTOTAL " +
    "TOTALDISCS ARTIST ARTISTS ALBUMARTIST PERFORMER COMPOSER LYRICIST ARRANGER CONDUCTOR ENSEMBLE " +
    "AUTHOR LABEL COPYRIGHT LICENSE GENRE LYRICS UNSYNCEDLYRICS LANGUAGE COMPILATION " +
    "METADATA_BLOCK_PICTURE ALBUM_ARTIST PART_NUMBER TOTAL_PARTS WAVEFORMATEXTENSIBLE_CHANNEL_MASK")
    .split(" ");
/** And a song. */
const OF_SONG =
  ("DATE DATE_RELEASED YEAR ORIGINALDATE ORIGINALYEAR ISRC BARCODE CATALOGNUMBER PUBLISHER " +
    "ORGANIZATION MOOD BPM KEY INITIALKEY OPUS PART PARTNUMBER MOVEMENT MOVEMENTNAME WORK GROUPING " +
    "SUBTITLE REMIXER PRODUCER COMMENT DESCRIPTION TITLESORT ARTISTSORT ALBUMSORT ALBUMARTISTSORT " +
    "COMPOSERSORT").split(" ");
const LOUDNESS = /^(REPLAYGAIN|MP3GAIN|R128|MUSICBRAINZ)_\w+$|^CHAPTER\d+(NAME)?$/;
const FILM = new Set(TITLES);
const SONG = new Set([...TITLES, ...OF_SONG]);

/** What recorders write a time, their kind and their number into. */
const DATED = /DATE|YEAR|COMMENT|DESCRIPTION/;

/**
 * It stays, by its name as Vorbis's comments, APE's and Matroska's tags have it; a day and notes do,
 * without a time.
 * @param value its first bytes
 */
export function isTitle(name: string, value: Uint8Array, isFilm: boolean): boolean {
  const plain = name.toUpperCase().replaceAll(" ", "");
  if (!(isFilm ? FILM : SONG).has(plain) && !LOUDNESS.test(plain)) return false;
  return !DATED.test(plain) || !tellsTime(value);
}

/** Bytes in which a picture must begin: before it stands what it shows. */
const PICTURE_HEAD = 1024;

/**
 * Takes from a song's picture what others must not see, somewhere in those bytes. False where no
 * picture is found that could be taken apart: then nobody is to see it.
 */
export function cleanPicture(bytes: Bytes, at: number, length: number): boolean {
  const head = latin(bytes.read(at, Math.min(length, PICTURE_HEAD)));
  const begin = head.search(/\xff\xd8\xff|\x89PNG\r\n/);
  if (begin < 0) return false;
  const examine = head[begin] === "\xff" ? examineJpeg : examinePng;
  const picture = { at: at + begin, length: length - begin };
  return changeWithin(bytes, picture, (part) => examine(part));
}
