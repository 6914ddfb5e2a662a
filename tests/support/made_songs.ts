/** Songs as programs and recorders write them, by hand: pieces to build them of. */
import sharp from "sharp";
import { exifWithPlace, joined, number, segment } from "./made_files.ts";

export const PLACE = "+59.9386+030.3141/";

/** A number of that many bytes, the lowest first. */
export function little(value: number, length = 4): Uint8Array<ArrayBuffer> {
  return number(value, length).reverse();
}

/** With a place in it. */
export async function cover(): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new Uint8Array(
    await sharp({ create: { width: 9, height: 7, channels: 3, background: "#c86432" } })
      .jpeg().toBuffer(),
  );
  const exif = segment(0xe1, joined("Exif\0\0", exifWithPlace(6, PLACE)));
  return joined(plain.subarray(0, 2), exif, plain.subarray(2));
}

/** A picture as FLAC has it, and as Vorbis's comments have it in Base64. */
export function pictureBlock(picture: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined(
    ...[number(3), number(10), "image/jpeg", number(0), new Uint8Array(16)],
    ...[number(picture.length), picture],
  );
}

export function comments(...all: string[]): Uint8Array<ArrayBuffer> {
  const texts = all.map((text) => joined(little(text.length), text));
  return joined(little(6), "writer", little(all.length), ...texts);
}

/** A page of Ogg, whose sum is still wrong. */
export function page(content: Uint8Array, serial: number, kind: number): Uint8Array<ArrayBuffer> {
  const pieces = Array<number>(Math.floor(content.length / 255)).fill(255);
  const ended = kind & 8 ? pieces : [...pieces, content.length % 255];
  const head = joined("OggS\0", number(kind & 7, 1), little(96_000, 8), little(serial), little(0));
  return joined(head, little(0), number(ended.length, 1), Uint8Array.from(ended), content);
}

/** A frame of ID3; its length in bytes of seven bits where the version is the newest. */
export function frame(name: string, content: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return joined(name, number(content.length), "\0\0", content);
}

export const MP3 = joined(Uint8Array.of(0xff, 0xfb, 0x90, 0x00), new Uint8Array(413));

export function tag(
  version: number,
  flags: number,
  ...frames: Uint8Array[]
): Uint8Array<ArrayBuffer> {
  const inside = joined(...frames, new Uint8Array(20), "what was there");
  const sizes = [inside.length >> 7, inside.length & 127];
  return joined(
    "ID3",
    number(version, 1),
    "\0",
    number(flags, 1),
    "\0\0",
    Uint8Array.from(sizes),
    inside,
  );
}

/** A quarter of a second. */
export const SOUND = joined(...Array<Uint8Array>(9).fill(MP3));
