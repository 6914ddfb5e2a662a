/** The boxes of ISO base media (MP4, QuickTime, HEIC, AVIF): length, kind, content. */
import { type Bytes, latin, MalformedFile, type Steps } from "./bytes.ts";

/** Boxes of one file that are looked at. */
export const BOXES_MOST = 200_000;

export interface MediaBox {
  kind: string;
  /** Where it begins, where its content begins, and where it ends. */
  at: number;
  from: number;
  to: number;
}

/** The boxes between two places; what is no box ends it. */
export function* boxesIn(
  bytes: Bytes,
  from: number,
  to: number,
  steps: Steps,
): Generator<MediaBox> {
  for (let at = from; at + 8 <= to;) {
    steps.take();
    const view = bytes.view(at, 8);
    const kind = latin(bytes.read(at + 4, 4));
    let length = view.getUint32(0);
    let header = 8;
    if (length === 1) {
      if (at + 16 > to) return;
      length = Number(bytes.view(at + 8, 8).getBigUint64(0));
      header = 16;
    } else if (length === 0) {
      length = to - at;
    }
    if (length < header) return;
    const box = { kind, at, from: at + header, to: Math.min(at + length, to) };
    yield box;
    at += length;
  }
}

/** Letters; zeros at the end of a file are a box to its end. */
export function isBoxKind(kind: string): boolean {
  return /^([\x20-\x7e\xa9]{4}|\0{4})$/.test(kind);
}

/**
 * The boxes of a whole file. Throws `MalformedFile` where something else stands among them: then it
 * is not what it began as, or so damaged that nobody knows what would be taken from it.
 */
export function* fileBoxes(bytes: Bytes, steps: Steps): Generator<MediaBox> {
  let end = 0;
  for (const box of boxesIn(bytes, 0, bytes.size, steps)) {
    if (!isBoxKind(box.kind)) throw new MalformedFile();
    yield box;
    end = box.to;
  }
  if (bytes.size - end >= 8) throw new MalformedFile();
  bytes.blank(end, bytes.size - end);
}

/** The first of that kind, or null. */
export function boxIn(bytes: Bytes, outer: MediaBox, kind: string, steps: Steps): MediaBox | null {
  for (const box of boxesIn(bytes, outer.from, outer.to, steps)) if (box.kind === kind) return box;
  return null;
}

const FREE = new TextEncoder().encode("free");

/** A box of zeros that nobody reads, as long as it was. */
export function freeBox(bytes: Bytes, { at, from, to }: MediaBox): void {
  bytes.write(at + 4, FREE);
  bytes.blank(from, to - from);
}

/**
 * A box `meta` with its content alone: in MP4 and HEIC four bytes more stand before it, in QuickTime
 * they do not.
 */
export function metaContent(bytes: Bytes, box: MediaBox): MediaBox {
  const isPlain = latin(bytes.read(box.from + 4, 4)) === "hdlr";
  return isPlain ? box : { ...box, from: box.from + 4 };
}
