/**
 * Captions in which a camera wrote where it was, moment by moment: they are measurements, whatever
 * kind of film they stand in. It knows what they read like, and not where they stand.
 */
import { type Bytes, latin } from "./bytes.ts";
import type { BytesStretch } from "./stretches.ts";

/** Captions of a track that are looked at: five minutes, where there is one a second. */
const CAPTIONS_MOST = 300;
/** Bytes of each, or of several that stand together. */
const CAPTION_MOST = 4_096;
/** As drones and dashboard cameras write where they are. */
const WAY =
  /\b(GPS|HOME)\s*\(\s*-?\d|\b(lat|lon|long)(itude|titude)?\s*[:=]\s*-?\d|\$G[NP][A-Z]{3},/i;

/** Makes of what is in the file what is read; null where nobody can. */
export type ReadCaption = (written: Uint8Array) => Uint8Array | null;

function tellsWay(
  bytes: Bytes,
  { at, length }: BytesStretch,
  read: ReadCaption = (written) => written,
): boolean {
  const text = read(bytes.read(at, Math.min(length, CAPTION_MOST)));
  // Some are written in two bytes a letter. What cannot be read might tell anything.
  return text === null || WAY.test(latin(text.subarray(0, CAPTION_MOST)).replaceAll("\0", ""));
}

/** By the first ones of a track. */
export function tellWay(bytes: Bytes, captions: IteratorObject<BytesStretch>): boolean {
  return captions.take(CAPTIONS_MOST).some((caption) => tellsWay(bytes, caption));
}

/** Captions that come one after another, before it is known whether they tell a way. */
export class OpenCaptions {
  readonly #before: BytesStretch[] = [];

  /** Takes the next one. Blanks all that came when it tells a way; "said" is told of the last one. */
  take(bytes: Bytes, caption: BytesStretch, read?: ReadCaption): "open" | "way" | "said" {
    this.#before.push(caption);
    if (tellsWay(bytes, caption, read)) {
      for (const { at, length } of this.#before) bytes.blank(at, length);
      return "way";
    }
    return this.#before.length < CAPTIONS_MOST ? "open" : "said";
  }
}
