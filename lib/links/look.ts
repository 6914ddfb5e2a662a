/**
 * Looks at one address: what its page says of itself, and a small picture of it. It fetches by what
 * it is given, and keeps nothing.
 */
import type { Fetch, Fetched } from "./fetching.ts";
import { plainLine } from "./plain_line.ts";
import { type Video, videoAt } from "./videos.ts";
import type { PageHead } from "./page_head.ts";

/** A small picture, made anew: nothing of what strangers sent is kept. */
export interface SmallPicture {
  bytes: Uint8Array;
  type: string;
  width: number;
  height: number;
}

/** Makes a picture small. Throws for what is none. */
export type MakeSmall = (bytes: Uint8Array) => Promise<SmallPicture>;

export interface Look {
  title: string;
  description: string;
  site: string;
  picture: SmallPicture | null;
  video: Video | null;
}

export interface LookOptions {
  fetch: Fetch;
  /** Null where no pictures can be made. */
  makeSmall: MakeSmall | null;
  /** Lasts until the next piece of a page may be read. */
  turn(): Promise<void>;
}

/** Bytes. Heads with everything in them have been seen to be 700 KB; pictures for previews 4 MB. */
const PAGE_BYTES = 1_048_576;
const PICTURE_BYTES = 8 * 1_048_576;
/** Milliseconds, with all redirects. */
const PAGE_PATIENCE = 5_000;
const PICTURE_PATIENCE = 3_500;
const PAGE_TYPES = ["text/html", "application/xhtml+xml"];
/** What is drawn by instructions is none of ours. */
const PICTURE_TYPE = /^image\/(?:jpeg|png|gif|webp|avif|x-icon|bmp|tiff)$/;

/** Null where there is nothing to show: no such page, no title. */
export async function lookAt(
  url: URL,
  { fetch, makeSmall, turn }: LookOptions,
  signal: AbortSignal,
): Promise<Look | null> {
  const accept = "text/html,application/xhtml+xml;q=0.9,image/*;q=0.8";
  const asked = { accept, most: PICTURE_BYTES, patience: PAGE_PATIENCE, signal };
  const page = await fetch(url, asked, (found) => takePage(found, turn));
  if (page === null) return null;
  if (page instanceof Uint8Array) return await pictureAlone(url, page, makeSmall);
  const { title, description, images, url: at } = page;
  if (title === "") return null;
  const picture = makeSmall === null ? null : await firstPicture(images, fetch, makeSmall, signal);
  const site = page.site || siteOf(at);
  return {
    title,
    description: description === title ? "" : description,
    site,
    picture,
    video: videoAt(url) ?? videoAt(at),
  };
}

/** A page's head; a picture's bytes; null for anything else. */
async function takePage(
  { url, status, type, body }: Fetched,
  turn: () => Promise<void>,
): Promise<(PageHead & { url: URL }) | Uint8Array | null> {
  if (status !== 200) return null;
  const kind = kindOf(type);
  if (PICTURE_TYPE.test(kind)) return await bytesOf(body, PICTURE_BYTES);
  if (!PAGE_TYPES.includes(kind)) return null;
  const { readHead } = await import("./page_head.ts");
  return { ...await readHead(upTo(body, PAGE_BYTES), { url, type, turn }), url };
}

/** An address that leads to a picture: it says what it is called, and nothing else. */
async function pictureAlone(
  url: URL,
  bytes: Uint8Array,
  makeSmall: MakeSmall | null,
): Promise<Look | null> {
  const picture = await makeSmall?.(bytes).catch(() => null) ?? null;
  if (picture === null) return null;
  const title = plainLine(nameIn(url), 100) || siteOf(url);
  return { title, description: "", site: siteOf(url), picture, video: null };
}

function nameIn({ pathname }: URL): string {
  const last = pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** A preview without its picture is still one. */
async function firstPicture(
  images: readonly URL[],
  fetch: Fetch,
  makeSmall: MakeSmall,
  signal: AbortSignal,
): Promise<SmallPicture | null> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(PICTURE_PATIENCE)]);
  for (const image of images) {
    try {
      const asked = {
        accept: "image/*",
        most: PICTURE_BYTES,
        patience: PICTURE_PATIENCE,
        signal: ending,
      };
      const bytes = await fetch(
        image,
        asked,
        async ({ status, type, body }) =>
          status === 200 && PICTURE_TYPE.test(kindOf(type))
            ? await bytesOf(body, PICTURE_BYTES)
            : null,
      );
      if (bytes !== null) return await makeSmall(bytes);
    } catch {
      // None there, none that may be asked for, or no picture: the next.
    }
    if (ending.aborted) return null;
  }
  return null;
}

function siteOf({ hostname }: URL): string {
  return hostname.replace(/^www\./, "");
}

function kindOf(type: string): string {
  return type.split(";", 1)[0]!.trim().toLowerCase();
}

async function* upTo(body: AsyncIterable<Uint8Array>, most: number): AsyncIterable<Uint8Array> {
  let left = most;
  for await (const chunk of body) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** Null for what is larger: half a picture is none. */
async function bytesOf(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Uint8Array<ArrayBuffer>); // of a connection: never shared
    length += chunk.length;
  }
  if (length >= most) return null;
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
