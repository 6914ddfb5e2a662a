/**
 * Captions as programs pack them into Matroska, each by itself: compressed, or without the beginning
 * that all of them share. What is read here is looked at, and never written. (RFC 9559, 5.1.4.1.31)
 */
import { constants, inflateSync } from "node:zlib";

/** Bytes of a caption that is unpacked: a few of them may promise gigabytes. */
const UNPACKED_MOST = 64 * 1024;
const [ZLIB, STRIPPED] = [0, 3];

/** How the content of a track is packed. */
export interface MatroskaPacking {
  /** Null of what is encrypted. */
  algorithm: number | null;
  /** What each begins with, and was left out. */
  beginning: Uint8Array;
}

/** What is compressed and does not say how. */
export function usualPacking(): MatroskaPacking {
  return { algorithm: ZLIB, beginning: new Uint8Array() };
}

/** Null of what cannot be read. */
export function unpack(packed: Uint8Array, packing: MatroskaPacking | null): Uint8Array | null {
  if (packing === null) return packed;
  const { algorithm, beginning } = packing;
  if (algorithm === STRIPPED) return new Uint8Array([...beginning, ...packed]);
  if (algorithm !== ZLIB) return null;
  try {
    // It may be cut: only its first bytes are looked at.
    const finishFlush = constants.Z_SYNC_FLUSH;
    return inflateSync(packed, { finishFlush, maxOutputLength: UNPACKED_MOST });
  } catch {
    return null;
  }
}
