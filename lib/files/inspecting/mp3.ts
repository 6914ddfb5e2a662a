/** MP3: how long it is; what it says of itself stands around it (`sound_tags.ts`). */
import { type Bytes, latin, MalformedFile } from "./bytes.ts";
import { lasting, type Measured, UNMEASURED } from "./measured.ts";
import { beginsMpegSound, mpegFrameAt } from "./mpeg_frames.ts";

/** Bytes of padding behind a tag in which a sound must begin. */
const PADDING_MOST = 64 * 1024;

/**
 * By the count of frames in its first one, or else by its bits a second. Throws `MalformedFile`.
 */
export function examineMp3(bytes: Bytes): Measured {
  const at = firstFrame(bytes);
  const { isFirst, layer, bitrate, rate, isMono } = mpegFrameAt(bytes, at)!;
  if (layer !== 3) return UNMEASURED;
  const tag = at + 4 + (isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17));
  const perFrame = isFirst ? 1_152 : 576;
  if (/^(Xing|Info)$/.test(latin(bytes.read(tag, 4)))) {
    const view = bytes.view(tag + 4, 8);
    if (view.getUint32(0) & 1) return lasting(view.getUint32(4) * perFrame / rate);
  }
  if (latin(bytes.read(at + 36, 4)) === "VBRI") {
    return lasting(bytes.view(at + 50, 4).getUint32(0) * perFrame / rate);
  }
  return lasting((bytes.size - at) * 8 / (bitrate * 1_000));
}

/** Behind padding. */
function firstFrame(bytes: Bytes): number {
  const part = bytes.read(0, PADDING_MOST);
  for (let at = part.indexOf(0xff); at >= 0; at = part.indexOf(0xff, at + 1)) {
    if (beginsMpegSound(bytes, at)) return at;
  }
  throw new MalformedFile();
}
