/**
 * Hands out bytes that people have sent: whole, or the range that is asked for. Nothing in them can
 * run, whatever they are. It knows neither whose they are nor who may read them.
 */
import { ConfabError } from "../errors.ts";
import type { Blobs } from "./blobs.ts";
import { askedRange } from "./range.ts";

export interface ServedBlob {
  key: string;
  /** Under which a browser saves it. */
  name: string;
  type: string;
  /** Without quotes; never the same for other bytes. */
  etag: string;
  /** Bytes, where they are known: then parts of it can be asked for. */
  size?: number;
  /** Shown in place, where its type is one of those that run nothing. */
  inline: boolean;
  /** By default it is asked for anew each time, since who may read it can change. */
  cache?: string;
}

/** The parts of a request's context that are needed. */
export interface ServingContext {
  req: Request;
  state: { services: { blobs: Blobs } };
}

/** What browsers show in place, and what holds no script. SVG, HTML and PDF are not among them. */
const SHOWN = new RegExp(
  "^(image/(png|jpeg|webp|gif|avif)" +
    "|audio/(mpeg|mp4|ogg|webm|wav|x-wav|flac|aac|x-m4a)|video/(mp4|webm|ogg|quicktime))$",
);
/** Saved under their own type, which no browser takes for a page. */
const SAVED =
  /^(application\/(pdf|zip|gzip|json|octet-stream)|font\/[\w.-]+|image\/(heic|heif|tiff|bmp))$/;

/** How long an address that a bucket gives is good for, in seconds. */
const LINK_SECONDS = 60;

const SANDBOX = {
  // A page of its own origin, without scripts, forms, plugins and anything from elsewhere.
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/** `not_found` where there are no such bytes. */
export async function answerBlob(ctx: ServingContext, served: ServedBlob): Promise<Response> {
  const { req, state: { services: { blobs } } } = ctx;
  const { key, size, cache = "private, no-cache" } = served;
  const tag = `"${served.etag}"`;
  // The runtime would compress what it takes for text: then its length and parts are others.
  const kept = { ...SANDBOX, "cache-control": `${cache}, no-transform`, etag: tag };
  if (isKnown(req.headers.get("if-none-match"), tag)) {
    return new Response(null, { status: 304, headers: kept });
  }
  const headers: Record<string, string> = { ...kept, ...described(served) };
  if (isFetchedElsewhere(req, served)) {
    const { "content-type": type, "content-disposition": disposition } = headers;
    const link = { type: type!, disposition: disposition!, seconds: LINK_SECONDS };
    const location = await blobs.link(key, link);
    if (location !== null) {
      return new Response(null, {
        status: 302,
        headers: { location, "cache-control": "no-store" },
      });
    }
  }
  if (size === undefined) return await whole(ctx, key, headers);
  headers["accept-ranges"] = "bytes";
  // There are ranges of what GET answers with alone (RFC 9110, 14.2).
  const range = req.method === "HEAD" ? null : askedRange(req.headers, tag, size);
  if (range === "none") {
    const unsatisfied = { ...kept, "content-range": `bytes */${size}` };
    return new Response(null, { status: 416, headers: unsatisfied });
  }
  if (range === null) return await whole(ctx, key, { ...headers, "content-length": `${size}` });
  headers["content-range"] = `bytes ${range.from}-${range.to}/${size}`;
  headers["content-length"] = `${range.to - range.from + 1}`;
  return await answer(ctx, key, 206, headers, range);
}

function whole(ctx: ServingContext, key: string, headers: Record<string, string>) {
  return answer(ctx, key, 200, headers);
}

async function answer(
  { req, state: { services: { blobs } } }: ServingContext,
  key: string,
  status: number,
  headers: Record<string, string>,
  range?: { from: number; to: number },
): Promise<Response> {
  if (req.method === "HEAD" && headers["content-length"] !== undefined) {
    return new Response(null, { status, headers });
  }
  const found = await blobs.read(key, range);
  if (found === null) throw new ConfabError("not_found", "There is no such file.");
  return new Response(found.stream, { status, headers });
}

/** RFC 9110, 13.1.2: weak or strong, one or several. */
function isKnown(header: string | null, tag: string): boolean {
  if (header === null) return false;
  return header.trim() === "*" ||
    header.split(",").some((each) => each.trim().replace(/^W\//, "") === tag);
}

function described({ name, type, inline }: ServedBlob) {
  const shown = SHOWN.test(type);
  const disposition = inline && shown ? "inline" : "attachment";
  return {
    "content-type": shown || SAVED.test(type) ? type : asPlain(type),
    "content-disposition": `${disposition}; ${fileNameOf(name)}`,
  };
}

/** A text is shown as nothing but text; what is unknown is bytes. */
function asPlain(type: string): string {
  return /^text\/(plain|csv|markdown|calendar|tab-separated-values)$/.test(type)
    ? "text/plain; charset=utf-8"
    : "application/octet-stream";
}

/** RFC 6266, appendix D: for old clients without what they may misread, for others whole. */
function fileNameOf(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%;]/g, "_");
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${whole}`;
}

/**
 * Whether a browser may be led to the bucket: where it saves a file. What is shown in a page must come
 * from here, by the page's own rules.
 */
function isFetchedElsewhere({ headers, method }: Request, { inline, type }: ServedBlob): boolean {
  const mode = headers.get("sec-fetch-mode") ?? "navigate";
  return method === "GET" && mode === "navigate" && !(inline && SHOWN.test(type));
}
