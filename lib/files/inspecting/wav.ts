/**
 * WAV, and RF64, which has longer ones: how long it is; what recorders write beside the sound (EBU's `bext` and `iXML`: when, where,
 * with which device of what number) becomes chunks of zeros, and a song keeps its titles.
 */
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { cleanId3 } from "./id3.ts";
import { lasting, type Measured } from "./measured.ts";
import {
  cleanInfo,
  freeChunk,
  listKind,
  onlyChunksIn,
  type RiffChunk,
  type RiffLengths,
} from "./riff.ts";

const CHUNKS_MOST = 10_000;
/** What a player needs: the form, the sound, loops and cues. */
const KEPT = new Set(["fmt ", "data", "ds64", "fact", "cue ", "plst", "smpl", "inst", "slnt"]);

/** Changes the file in place. Throws `MalformedFile`. */
export function examineWav(bytes: Bytes): Measured {
  const steps = new Steps(CHUNKS_MOST);
  let rate: number | null = null;
  let length: number | null = null;
  const lengths: RiffLengths = { ofSound: null };
  for (const chunk of onlyChunksIn(bytes, 12, bytes.size, steps, lengths)) {
    if (chunk.kind === "ds64") {
      lengths.ofSound = Number(bytes.view(chunk.from + 8, 8).getBigUint64(0, true));
    }
    if (chunk.kind === "fmt ") rate = bytes.view(chunk.from + 8, 4).getUint32(0, true);
    if (chunk.kind === "data") length ??= chunk.to - chunk.from;
    if (!KEPT.has(chunk.kind)) cleanSaid(bytes, chunk, steps);
  }
  if (length === null || rate === null) throw new MalformedFile();
  return lasting(length / rate);
}

function cleanSaid(bytes: Bytes, chunk: RiffChunk, steps: Steps): void {
  const list = chunk.kind === "LIST" ? listKind(bytes, chunk) : "";
  if (list === "wavl") return; // the sound, in pieces
  if (list === "INFO") cleanInfo(bytes, chunk, steps, false);
  else if (/^id3 $/i.test(chunk.kind)) cleanId3(bytes, chunk.from, chunk.to);
  else freeChunk(bytes, chunk);
}
