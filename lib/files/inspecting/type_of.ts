/**
 * What a file is, by its first bytes. What browsers show in place is told apart here, strictly: the
 * rest by a list of signatures, and by the name where bytes cannot tell, as among texts. A text is
 * one whatever letters it begins with: that a file is what it begins as, its examination proves.
 */
import { filetypeinfo } from "magic-bytes.js";
import type { ClaimedFile } from "../inspect.ts";
import { boxesIn, isBoxKind } from "./boxes.ts";
import { type Bytes, latin, Steps } from "./bytes.ts";
import { beginsAacSound, beginsMpegSound } from "./mpeg_frames.ts";
import { beginsOggFilm } from "./ogg_pages.ts";
import { soundBegin } from "./sound_tags.ts";

export const UNKNOWN_TYPE = "application/octet-stream";

/** Bytes from the beginning that a type is told by; tar's mark stands in them too. */
const HEAD = 4_096;
/** Bytes from the beginning that must be text in a file that is one. */
const TEXT_HEAD = 64 * 1024;

export function typeOf(bytes: Bytes, said: ClaimedFile): string {
  const head = bytes.read(0, HEAD);
  if (head.length === 0) return textType("", said);
  // "GIF89a is a format": marks that are letters say nothing of what is a text.
  if (isText(bytes)) {
    return pdfType(latin(head)) ?? namedType(head, said) ?? textType(latin(head), said);
  }
  return pdfType(latin(head)) ?? shownType(head) ?? boxesType(bytes, head) ?? matroskaType(head) ??
    soundType(bytes, 0) ?? taggedType(bytes, head) ?? listedType(head, said) ?? UNKNOWN_TYPE;
}

/** Some have no byte that is not a text's. */
function pdfType(text: string): string | null {
  return /^%PDF-\d/.test(text) ? "application/pdf" : null;
}

/** By marks at the very beginning. */
function shownType(head: Uint8Array<ArrayBuffer>): string | null {
  const text = latin(head.subarray(0, 32));
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF[^]{4}WEBP/.test(text)) return "image/webp";
  // Also Olympus's and Panasonic's raw pictures, which are TIFF but for their mark.
  if (/^(II([*+U]\0|R[OS])|MM(\0[*+]|OR))/.test(text)) return "image/tiff";
  if (text.startsWith("FUJIFILMCCD-RAW ")) return "image/x-fujifilm-raf";
  if (text.startsWith("\xff\n") || text.startsWith("\0\0\0\fJXL \r\n\x87\n")) return "image/jxl";
  if (text.startsWith("\0\0\0\fjP  \r\n\x87\n")) return "image/jp2";
  if (/^8BPS\0[^]\0{6}/.test(text)) return "image/vnd.adobe.photoshop";
  if (/^BM[^]{4}\0\0\0\0/.test(text)) return "image/bmp";
  if (text.startsWith("\0\0\x01\0") && text[5] === "\0") return "image/x-icon";
  if (/^(RIFF|RF64|BW64)[^]{4}WAVE/.test(text)) return "audio/wav";
  if (/^FORM[^]{4}AIF[FC]/.test(text)) return "audio/x-aiff";
  if (/^RIFF[^]{4}AVI /.test(text)) return "video/x-msvideo";
  return null;
}

/** ISO base media: MP4 and its kin say in their first box what they are. */
function boxesType(bytes: Bytes, head: Uint8Array<ArrayBuffer>): string | null {
  const text = latin(head.subarray(0, 256));
  const first = boxesIn(bytes, 0, bytes.size, new Steps(1)).next().value;
  if (first === undefined || !isBoxKind(first.kind)) return null;
  if (first.kind !== "ftyp") {
    // QuickTime of old begins without.
    const isOld = /^(moov|mdat|wide)$/.test(first.kind) && bytes.size > 16;
    return isOld ? "video/quicktime" : null;
  }
  const length = Math.min(256, first.to);
  if (length < 12) return null;
  const brands = [text.slice(8, 12), ...(text.slice(16, length).match(/[^]{4}/g) ?? [])];
  const has = (...names: string[]) => names.some((name) => brands.includes(name));
  const major = brands[0]!;
  if (has("avif", "avis")) return "image/avif";
  if (has("heic", "heix", "heim", "heis", "hevc", "hevx")) return "image/heic";
  if (has("mif1", "msf1") && !has("isom", "mp42")) return "image/heif";
  if (major === "crx ") return "image/x-canon-cr3";
  if (/^M4[AB] $/.test(major)) return "audio/mp4";
  if (/^3g[2ps]/.test(major)) return major.startsWith("3g2") ? "video/3gpp2" : "video/3gpp";
  return major === "qt  " ? "video/quicktime" : "video/mp4";
}

function matroskaType(head: Uint8Array): string | null {
  const text = latin(head.subarray(0, 64));
  if (!text.startsWith("\x1aE\xdf\xa3")) return null;
  return text.includes("webm") ? "video/webm" : "video/x-matroska";
}

/** What stands before the first packet in a page that begins a stream: all such come first. */
const [OGG_BEGINNING, TO_PACKET] = ["OggS\0\x02", 22];

/** Tags stand before sounds of any kind: before what is not known, it is what they were made for. */
function taggedType(bytes: Bytes, head: Uint8Array): string | null {
  const from = soundBegin(bytes);
  if (from === 0) return null;
  const type = soundType(bytes, from);
  return type ?? (latin(head.subarray(0, 3)) === "ID3" ? "audio/mpeg" : null);
}

function soundType(bytes: Bytes, from: number): string | null {
  const text = latin(bytes.read(from, HEAD));
  if (text.startsWith("OggS\0")) {
    const packets = text.split(OGG_BEGINNING).map((page) => page.slice(TO_PACKET));
    return packets.some(beginsOggFilm) ? "video/ogg" : "audio/ogg";
  }
  if (text.startsWith("fLaC")) return "audio/flac";
  if (beginsAacSound(bytes, from)) return "audio/aac";
  return beginsMpegSound(bytes, from) ? "audio/mpeg" : null;
}

/** Types that the list below must not give: they are told above, or are text. */
const TOLD_ELSEWHERE = /^(image|video|text|message)\/|^audio\/(?!midi)|\/(xml|json|pdf|x-subrip)$/;

/** The likeliest of those that begin so: that of the name's ending, such as `docx` of zip files. */
function listedType(head: Uint8Array, said: ClaimedFile): string | null {
  return namedType(head, said) ?? listed(head)[0]?.mime ?? null;
}

function listed(head: Uint8Array) {
  return filetypeinfo(head).filter(({ mime }) => mime && !TOLD_ELSEWHERE.test(mime));
}

/** What it begins as and is called. */
function namedType(head: Uint8Array, { name }: ClaimedFile): string | null {
  const ending = endingOf(name);
  const isNamed = (each: string | undefined) => each === ending;
  return listed(head).find(({ typename, extension }) => isNamed(extension) || isNamed(typename))
    ?.mime ?? null;
}

/** UTF-8 without control characters, as far as it is looked at. */
function isText(bytes: Bytes): boolean {
  const head = bytes.read(0, TEXT_HEAD);
  // What is cut in the middle of a character is one all the same.
  const stream = head.length < bytes.size;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream });
    // deno-lint-ignore no-control-regex -- these are what it looks for
    return !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
  } catch {
    return false;
  }
}

/** Kinds of text by the name's ending. */
const TEXTS: Readonly<Record<string, string>> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  md: "text/markdown",
  markdown: "text/markdown",
  json: "application/json",
  xml: "application/xml",
  css: "text/css",
  js: "text/javascript",
  mjs: "text/javascript",
  vcf: "text/vcard",
  ics: "text/calendar",
  vtt: "text/vtt",
  srt: "application/x-subrip",
  rtf: "application/rtf",
  eml: "message/rfc822",
};

/** What a page could do is told first: a name or a word of the uploader must not hide it. */
function textType(head: string, { name, type }: ClaimedFile): string {
  const plain = head.replace(/^\xef\xbb\xbf/, "");
  const start = plain.replace(/^(\s|<\?xml[^>]*>|<!--[^]*?-->)+/i, "");
  const isSvg = /^(<!doctype svg|<svg[\s>])/i.test(start) || /<svg[\s>]/i.test(head) &&
      (endingOf(name) === "svg" || type === "image/svg+xml");
  if (isSvg) return "image/svg+xml";
  if (/^<(!doctype html|([\w.-]+:)?html|head|body|script|iframe)\b/i.test(start)) {
    return "text/html";
  }
  // What says that it is XML names its elements as it likes, such as a title or a table.
  const isXml = /^\s*<\?xml\s/i.test(plain);
  if (!isXml && /^<(style|title|meta|table|div|p|a|img|br|h1)\b/i.test(start)) return "text/html";
  if (/^html?|xht(ml)?$/.test(endingOf(name)) || /html/.test(type)) return "text/html";
  const named = TEXTS[endingOf(name)];
  if (named !== undefined) return named;
  if (isXml) return "application/xml";
  return /^text\/[\w.+-]+$/.test(type) && type !== "text/html" ? type : "text/plain";
}

function endingOf(name: string): string {
  return /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
