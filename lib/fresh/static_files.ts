/**
 * Serves files that are read once at startup: built assets (their names carry a hash, so they never
 * change) and `static/` (revalidated by ETag). A request only looks up a map, so no path can reach
 * another file.
 */
interface StaticFile {
  type: string;
  /** The name of an immutable file; otherwise made from the content on the first request. */
  etag: string | null;
  body: Uint8Array<ArrayBuffer>;
  /** Compressed beforehand by the build, best first. */
  encodings: [coding: "br" | "gzip", body: Uint8Array<ArrayBuffer>][];
  cacheControl: string;
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
 * Reads a folder into addresses below `prefix` ("/assets/"). `immutable` for names that carry a
 * hash. A folder that is not there is empty. Names that begin with a dot are left out.
 */
export function loadStaticFiles(
  folder: URL,
  { prefix, immutable }: { prefix: string; immutable: boolean },
): StaticFiles {
  const bodies = new Map<string, Uint8Array<ArrayBuffer>>();
  readFolder(folder, "", bodies);
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

/** All at once: at startup there are no requests that would have to wait. */
function readFolder(
  folder: URL,
  prefix: string,
  bodies: Map<string, Uint8Array<ArrayBuffer>>,
): void {
  try {
    for (const entry of Deno.readDirSync(new URL(prefix, folder))) {
      const path = prefix + entry.name;
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory) readFolder(folder, `${path}/`, bodies);
      else bodies.set(path, Deno.readFileSync(new URL(path, folder)));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Answers a GET or HEAD for an existing file; `null` for everything else. */
export function serveStaticFile(files: StaticFiles, req: Request): Promise<Response> | null {
  if (req.method !== "GET" && req.method !== "HEAD") return null;
  const file = files.get(new URL(req.url).pathname);
  return file === undefined ? null : respond(file, req);
}

async function respond(file: StaticFile, req: Request): Promise<Response> {
  const etag = file.etag ??= await etagOf(file.body);
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
  const body = encoding?.[1] ?? file.body;
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

function accepts(acceptEncoding: string, coding: string): boolean {
  return acceptEncoding.split(",").some((part) => {
    // Not a regular expression: one that skips spaces before the ";" took 1.3 s on a header full of
    // them.
    const [name, parameter = ""] = part.toLowerCase().split(";", 2).map((piece) => piece.trim());
    const quality = parameter.startsWith("q=") ? parameter.slice(2) : undefined;
    return name === coding && quality !== "0" && !/^0\.0*$/.test(quality ?? "");
  });
}
