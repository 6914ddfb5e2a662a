/**
 * AIFF and AIFC: how long a sound is; notes with their times and what programs write for themselves
 * become chunks of zeros, and a song keeps its name, who it is by and whose right it is.
 */
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { cleanId3 } from "./id3.ts";
import { lasting, type Measured } from "./measured.ts";
import { freeChunk, onlyChunksIn } from "./riff.ts";

const CHUNKS_MOST = 10_000;
/** What a player needs: the form, the sound, marks and loops; and what a song is called. */
const KEPT = new Set(
  ["COMM", "SSND", "FVER", "MARK", "INST", "MIDI", "AESD", "CHAN", "NAME", "AUTH", "(c) "],
);

/** Changes the file in place. Throws `MalformedFile`. */
export function examineAiff(bytes: Bytes): Measured {
  const steps = new Steps(CHUNKS_MOST);
  let measured: Measured | null = null;
  for (const chunk of onlyChunksIn(bytes, 12, bytes.size, steps, { isBig: true })) {
    const { kind, from, to } = chunk;
    if (kind === "COMM") measured ??= readDuration(bytes.view(from, 18));
    if (kind === "ID3 ") cleanId3(bytes, from, to);
    else if (!KEPT.has(kind)) freeChunk(bytes, chunk);
  }
  if (measured === null) throw new MalformedFile();
  return measured;
}

/** The rate is a number of ten bytes: an exponent, and 64 bits of which the first says one. */
function readDuration(form: DataView): Measured {
  const exponent = form.getUint16(8) & 0x7fff;
  const rate = form.getUint32(10) * 2 ** (exponent - 16_383 - 31);
  return lasting(form.getUint32(2) / rate);
}
