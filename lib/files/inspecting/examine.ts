/** Which format is looked at by whom. Each takes from a file what others must not see. */
import { examineAiff } from "./aiff.ts";
import { examineAvi } from "./avi.ts";
import { type Bytes, latin, MalformedFile } from "./bytes.ts";
import { examineCr3 } from "./cr3.ts";
import { examineFlac } from "./flac.ts";
import { examineGif } from "./gif.ts";
import { examineHeif } from "./heif.ts";
import { examineJpeg } from "./jpeg.ts";
import { examineJpeg2000 } from "./jpeg_2000.ts";
import { examineJpegXl } from "./jpeg_xl.ts";
import { examineMatroska } from "./matroska.ts";
import { type Measured, picture, UNMEASURED } from "./measured.ts";
import { examineMovie } from "./movie.ts";
import { examineMp3 } from "./mp3.ts";
import { examineOgg, examineOggFilm } from "./ogg.ts";
import { examinePhotoshop } from "./photoshop.ts";
import { examinePng } from "./png.ts";
import { examineRaf } from "./raf.ts";
import { betweenTags } from "./sound_tags.ts";
import { examineTiff } from "./tiff.ts";
import { examineWav } from "./wav.ts";
import { examineWebp } from "./webp.ts";

const FORMATS: Readonly<Record<string, (bytes: Bytes) => Measured>> = {
  "image/jpeg": examineJpeg,
  "image/png": examinePng,
  "image/gif": examineGif,
  "image/webp": examineWebp,
  "image/tiff": examineTiff,
  "image/x-fujifilm-raf": examineRaf,
  "image/x-canon-cr3": examineCr3,
  "image/heic": examineHeif,
  "image/heif": examineHeif,
  "image/avif": examineHeif,
  "image/jxl": examineJpegXl,
  "image/jp2": examineJpeg2000,
  "image/vnd.adobe.photoshop": examinePhotoshop,
  "image/bmp": examineBmp,
  "video/mp4": examineMovie,
  "video/quicktime": examineMovie,
  "video/3gpp": examineMovie,
  "video/3gpp2": examineMovie,
  "audio/mp4": examineMovie,
  "video/webm": examineMatroska,
  "video/x-matroska": examineMatroska,
  "video/x-msvideo": examineAvi,
  "video/ogg": betweenTags(examineOggFilm),
  "audio/ogg": betweenTags(examineOgg),
  "audio/mpeg": betweenTags(examineMp3),
  "audio/aac": betweenTags(() => UNMEASURED),
  "audio/flac": betweenTags(examineFlac),
  "audio/wav": examineWav,
  "audio/x-aiff": examineAiff,
};

/**
 * What a file of that type says of itself; it is changed in place. Null where it is no such file
 * after all: pictures without a size, a beginning without its rest.
 */
export function examine(bytes: Bytes, type: string): Measured | null {
  const format = FORMATS[type];
  if (format === undefined) return UNMEASURED;
  try {
    const measured = format(bytes);
    const isPicture = type.startsWith("image/");
    return isPicture && !(measured.width! > 0 && measured.height! > 0) ? null : measured;
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    return null;
  }
}

function examineBmp(bytes: Bytes): Measured {
  if (latin(bytes.read(0, 2)) !== "BM") throw new MalformedFile();
  const view = bytes.view(18, 8);
  return picture(Math.abs(view.getInt32(0, true)), Math.abs(view.getInt32(4, true)));
}
