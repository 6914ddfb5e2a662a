/**
 * AVI: what cameras write beside pictures and sounds (Exif in `strd`, `IDIT`, Nikon's `nctg`, words
 * in `JUNK`) becomes chunks of zeros, as does what stands beside each picture that is a JPEG; a film
 * keeps what it is called and by whom it is. It is offered to be downloaded: browsers do not play it.
 */
import { type Bytes, latin, MalformedFile, Steps } from "./bytes.ts";
import { type Measured, UNMEASURED } from "./measured.ts";
import { cleanFrames, frameSteps } from "./jpeg.ts";
import { chunksIn, cleanInfo, freeChunk, listKind, onlyChunksIn, type RiffChunk } from "./riff.ts";
import { OpenCaptions } from "./ways.ts";

/** Two hours of pictures and sounds have some 350,000. */
const CHUNKS_MOST = 500_000;
/** Streams that people see, hear or read. */
const SHOWN = new Set(["vids", "auds", "txts", "iavs", "mids"]);
const CAPTIONS = "txts";
/** Bytes: in less no JPEG is a picture, and a million of such are not looked into. */
const JPEG_LEAST = 64;
/** What a player needs of the head, and of what is said of a stream. */
const KEPT_IN_HEAD = new Set(["avih", "strh", "strf", "indx", "vprp", "dmlh"]);

interface Stream {
  isShown: boolean;
  /** Captions that may yet tell a way: what they hold goes then. */
  captions: OpenCaptions | null;
}

interface Film {
  hasHead: boolean;
  /** By their numbers. */
  streams: Stream[];
  /** Of pictures that are JPEGs. */
  frames: Steps;
}

/** Changes the file in place. Throws `MalformedFile`. */
export function examineAvi(bytes: Bytes): Measured {
  const steps = new Steps(CHUNKS_MOST);
  const film: Film = { hasHead: false, streams: [], frames: frameSteps() };
  for (const riff of onlyChunksIn(bytes, 0, bytes.size, steps)) {
    if (riff.kind !== "RIFF") {
      freeChunk(bytes, riff);
      continue;
    }
    for (const chunk of onlyChunksIn(bytes, riff.from + 4, riff.to, steps)) {
      const list = chunk.kind === "LIST" ? listKind(bytes, chunk) : "";
      if (list === "hdrl") cleanHead(bytes, chunk, steps, film);
      else if (list === "movi") cleanContent(bytes, chunk, steps, film);
      else if (list === "INFO") cleanInfo(bytes, chunk, steps, true);
      else if (chunk.kind !== "idx1") freeChunk(bytes, chunk);
    }
  }
  if (!film.hasHead) throw new MalformedFile();
  return UNMEASURED;
}

function cleanHead(bytes: Bytes, head: RiffChunk, steps: Steps, film: Film): void {
  for (const outer of onlyChunksIn(bytes, head.from + 4, head.to, steps)) {
    const isList = outer.kind === "LIST" && /^(strl|odml)$/.test(listKind(bytes, outer));
    const inside = isList ? onlyChunksIn(bytes, outer.from + 4, outer.to, steps) : [outer];
    for (const chunk of inside) {
      if (!KEPT_IN_HEAD.has(chunk.kind)) freeChunk(bytes, chunk);
      else film.hasHead = true;
      if (chunk.kind === "strh") {
        const kind = latin(bytes.read(chunk.from, 4));
        const captions = kind === CAPTIONS ? new OpenCaptions() : null;
        film.streams.push({ isShown: SHOWN.has(kind), captions });
      }
    }
  }
}

function cleanContent(bytes: Bytes, list: RiffChunk, steps: Steps, film: Film): void {
  for (const outer of chunksIn(bytes, list.from + 4, list.to, steps)) {
    const isList = outer.kind === "LIST" && listKind(bytes, outer) === "rec ";
    const inside = isList ? chunksIn(bytes, outer.from + 4, outer.to, steps) : [outer];
    for (const chunk of inside) cleanPiece(bytes, chunk, film);
  }
}

/** A piece of a stream that is not shown keeps its name, by which others are counted. */
function cleanPiece(bytes: Bytes, chunk: RiffChunk, film: Film): void {
  const { kind, from, to } = chunk;
  if (/^ix\d\d$/.test(kind)) return;
  if (!/^\d\d[a-z]\w$/i.test(kind)) return freeChunk(bytes, chunk);
  const stream = film.streams[Number(kind.slice(0, 2))];
  const verdict = stream?.captions?.take(bytes, { at: from, length: to - from }) ?? "open";
  if (stream && verdict !== "open") stream.captions = null;
  if (stream && verdict === "way") stream.isShown = false;
  if (stream?.isShown === false) bytes.blank(from, to - from);
  else if (
    /d[bc]$/i.test(kind) && to - from > JPEG_LEAST && latin(bytes.read(from, 2)) === "\xff\xd8"
  ) {
    cleanFrames(bytes, { at: from, length: to - from }, film.frames);
  }
}
