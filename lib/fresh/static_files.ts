/**
 * Serves files that are found at startup and read once: built assets (their names carry a hash, so
 * they never change) and `static/` (revalidated by ETag). A request only looks up a map, so no path
 * can reach another file.
 */
import { requestPath } from "./request_path.ts";

interface StaticFile {
  type: string;
  /** The name of an immutable file; otherwise made from the content on the first request. */
  etag: string | null;
  body: Content;
  /** Compressed beforehand by the build, best first. */
  encodings: [coding: "br" | "gzip", body: Content][];
  cacheControl: string;
}

/** The bytes of a file, read when they are first wanted, and kept. */
class Content {
  readonly #url: URL;
  #bytes: Promise<Uint8Array<ArrayBuffer>> | null = null;

  constructor(url: URL) {
    this.#url = url;
  }

  read(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#bytes ??= Deno.readFile(this.#url).catch((error) => {
      this.#bytes = null; // the next one tries again
      throw error;
    });
  }
}

export type StaticFiles = ReadonlyMap<string, StaticFile>;

const TYPES: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff2: "font/woff2",
};

const CODINGS = [["br", ".br"], ["gzip", ".gz"]] as const;

/**
 * The files of a folder as addresses below `prefix` ("/assets/"). `immutable` for names that carry
 * a hash. A folder that is not there is empty. Names that begin with a dot are left out.
 */
export function findStaticFiles(
  folder: URL,
  { prefix, immutable }: { prefix: string; immutable: boolean },
): StaticFiles {
  const bodies = new Map<string, Content>();
  listFolder(folder, "", bodies);
  const files = new Map<string, StaticFile>();
  for (const [path, body] of bodies) {
    if (/\.(br|gz)$/.test(path)) continue;
    files.set(prefix + path, {
      type: TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream",
      etag: immutable ? `"${path}"` : null,
      body,
      encodings: CODINGS.flatMap(([coding, ending]) => {
        const compressed = bodies.get(path + ending);
        return compressed === undefined ? [] : [[coding, compressed]];
      }),
      cacheControl: immutable ? "public, max-age=31536000, immutable" : "no-cache",
    });
  }
  return files;
}

/**
 * Reads what no request has asked for yet, one after the other: the next build replaces the folder,
 * but pages that this program has sent go on to name its files.
 */
export async function readStaticFiles(files: StaticFiles): Promise<void> {
  for (const { body, encodings } of files.values()) {
    await body.read();
    for (const [, compressed] of encodings) await compressed.read();
  }
}

/** At once: at startup there are no requests that would have to wait. */
function listFolder(folder: URL, prefix: string, bodies: Map<string, Content>): void {
  try {
    for (const entry of Deno.readDirSync(new URL(prefix, folder))) {
      const path = prefix + entry.name;
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory) listFolder(folder, `${path}/`, bodies);
      else bodies.set(path, new Content(new URL(path, folder)));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Answers a GET or HEAD for an existing file; `null` for everything else. */
export function serveStaticFile(files: StaticFiles, req: Request): Promise<Response> | null {
  if (req.method !== "GET" && req.method !== "HEAD") return null;
  const file = files.get(requestPath(req.url));
  return file === undefined ? null : respond(file, req);
}

async function respond(file: StaticFile, req: Request): Promise<Response> {
  const etag = file.etag ??= await etagOf(await file.body.read());
  const headers = new Headers({
    "content-type": file.type,
    "cache-control": file.cacheControl,
    etag,
    "vary": "accept-encoding",
    "x-content-type-options": "nosniff",
  });
  // Otherwise an SVG opened as a page could run script on our origin.
  if (file.type === TYPES.svg) headers.set("content-security-policy", "default-src 'none'");
  if (matches(req.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  const accepted = req.headers.get("accept-encoding") ?? "";
  const encoding = file.encodings.find(([coding]) => accepts(accepted, coding));
  if (encoding !== undefined) headers.set("content-encoding", encoding[0]);
  const body = await (encoding?.[1] ?? file.body).read();
  headers.set("content-length", String(body.byteLength));
  return new Response(req.method === "HEAD" ? null : body, { headers });
}

async function etagOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return `"${digest.toBase64({ alphabet: "base64url" }).slice(0, 22)}"`;
}

/** `W/` is ignored: a proxy that compresses weakens our tags (RFC 9110, 13.1.2). */
function matches(ifNoneMatch: string | null, etag: string): boolean {
  return (ifNoneMatch ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** Whether a header `Accept-Encoding` allows the coding. */
export function accepts(acceptEncoding: string, coding: string): boolean {
  return acceptEncoding.split(",").some((part) => {
    // Not a regular expression: one that skips spaces before the ";" took 1.3 s on a header full of
    // them.
    const [name, parameter = ""] = part.toLowerCase().split(";", 2).map((piece) => piece.trim());
    const quality = parameter.startsWith("q=") ? parameter.slice(2) : undefined;
    return name === coding && quality !== "0" && !/^0\.0*$/.test(quality ?? "");
  });
}
