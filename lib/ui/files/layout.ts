/**
 * How large a picture stands in the conversation, and which files stand together: known before any
 * byte of them has come, so that nothing moves when they do. Pure; CSS pixels.
 */
import type { File } from "../../protocol/files.ts";
import { shownAs } from "./kinds.ts";

export interface Size {
  width: number;
  height: number;
}

/** The box of a picture by itself; `shown_files.css` has its height, too. */
const BOX: Size = { width: 360, height: 300 };
/** Narrower than this a panorama would be a line: it is cut at its ends, as the style says. */
const LEAST = 56;

/** The size of a picture in the box: larger than it is only where it would be a mere line. */
export function fitted({ width, height }: Size, box: Size = BOX): Size {
  const whole = Math.min(1, box.width / width, box.height / height);
  const scale = Math.max(whole, LEAST / width, LEAST / height);
  return {
    width: Math.round(Math.min(box.width, width * scale)),
    height: Math.round(Math.min(box.height, height * scale)),
  };
}

export function pictureSize(file: File): Size {
  return { width: file.width ?? BOX.width, height: file.height ?? BOX.height };
}

/** Files as they stand below each other: pictures one after the other are a grid. */
export type FileBlock = { kind: "pictures"; files: File[] } | { kind: "file"; file: File };

export function blocksOf(files: readonly File[]): FileBlock[] {
  const blocks: FileBlock[] = [];
  for (const file of files) {
    const last = blocks.at(-1);
    if (shownAs(file) !== "picture") blocks.push({ kind: "file", file });
    else if (last?.kind === "pictures") last.files.push(file);
    else blocks.push({ kind: "pictures", files: [file] });
  }
  return blocks;
}

/** How many of so many pictures stand two in a row; the others stand three in a row. */
export function wideOnes(count: number): 0 | 2 | 4 {
  return count % 3 === 0 ? 0 : count % 3 === 1 ? 4 : 2;
}
