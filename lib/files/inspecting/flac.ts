/**
 * FLAC: how long it is; what is said of the song loses place, time and device, and blocks that
 * programs have for themselves, such as what a recorder wrote into the WAV before, become padding.
 * (RFC 9639)
 */
import { type Bytes, MalformedFile, Steps } from "./bytes.ts";
import { cleanComments } from "./comments.ts";
import { lasting, type Measured } from "./measured.ts";
import { cleanPicture } from "./song.ts";
import { stretchesOf } from "./stretches.ts";

const BLOCKS_MOST = 10_000;
const KIND = { stream: 0, padding: 1, seeking: 3, comments: 4, cues: 5, picture: 6 };
const KEPT: readonly number[] = [KIND.stream, KIND.seeking, KIND.cues];
/** Bytes of the first block, which says what the sound is. */
const STREAM = 34;
/** The block's first bit: no other follows. */
const LAST = 0x80;

/** Changes the file in place. Throws `MalformedFile`. */
export function examineFlac(bytes: Bytes): Measured {
  cleanBlocks(bytes);
  const view = bytes.view(8 + 10, 8);
  const rate = view.getUint32(0) >>> 12;
  const samples = (view.getUint8(3) & 15) * 2 ** 32 +
    view.getUint32(4);
  return lasting(samples / rate);
}

function cleanBlocks(bytes: Bytes): void {
  const steps = new Steps(BLOCKS_MOST);
  for (let at = 4;;) {
    steps.take();
    const head = bytes.view(at, 4).getUint32(0);
    const [kind, length] = [head >>> 24 & 0x7f, head & 0xffffff];
    const isLast = head >>> 31 === 1;
    const isFirst = kind === KIND.stream && length === STREAM;
    if (at === 4 && !isFirst || at + 4 + length > bytes.size) throw new MalformedFile();
    if (kind === KIND.comments) cleanSaid(bytes, { at, length, isLast });
    else cleanOther(bytes, kind, { at, length, isLast });
    if (isLast) return;
    at += 4 + length;
  }
}

/** A block as Ogg has it: a packet of its own. True of the last. Throws `MalformedFile`. */
export function cleanFlacPacket(packet: Bytes): boolean {
  const head = packet.view(0, 4).getUint8(0);
  const [kind, isLast] = [head & ~LAST, (head & LAST) !== 0];
  if (kind === KIND.comments) cleanComments(packet, 4, false);
  else cleanOther(packet, kind, { at: 0, length: packet.size - 4, isLast });
  return isLast;
}

function cleanOther(bytes: Bytes, kind: number, block: Block): void {
  if (KEPT.includes(kind)) return;
  const isPicture = kind === KIND.picture && cleanPicture(bytes, block.at + 4, block.length);
  if (!isPicture) writePadding(bytes, block);
}

interface Block {
  at: number;
  /** Bytes behind its four of kind and length. */
  length: number;
  isLast: boolean;
}

function writePadding(bytes: Bytes, { at, length, isLast }: Block): void {
  writeHead(bytes, at, (isLast ? LAST : 0) | KIND.padding, length);
  bytes.blank(at + 4, length);
}

function writeHead(bytes: Bytes, at: number, first: number, length: number): void {
  const head = new DataView(new ArrayBuffer(4));
  head.setUint32(0, length);
  head.setUint8(0, first);
  bytes.write(at, new Uint8Array(head.buffer));
}

/** What is free behind the comments becomes a block of its own: some readers want them exact. */
function cleanSaid(bytes: Bytes, { at, length, isLast }: Block): void {
  const block = stretchesOf(bytes, [{ at: at + 4, length }]);
  const { to } = cleanComments(block, 0, false);
  const free = length - to;
  if (free < 4) return;
  writeHead(bytes, at, KIND.comments, to);
  writePadding(bytes, { at: at + 4 + to, length: free - 4, isLast });
}
