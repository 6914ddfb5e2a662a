/**
 * What a page says of itself: Open Graph, Twitter's names, its title. Read as it comes, until its
 * head ends, a piece at a time: others have their turn between two of them. Everything is plain
 * text, cut to a length. It fetches nothing.
 */
import { decoderFor, TOLD_WITHIN } from "./charset.ts";
import { type HeadListener, HeadMarks, LONGEST_VALUE } from "./head_marks.ts";
import { plainLine } from "./plain_line.ts";

export interface PageHead {
  title: string;
  description: string;
  /** The site's name; "" where it does not say it. */
  site: string;
  /** Whole addresses of pictures of it, the best first; as many as are worth trying. */
  images: URL[];
}

export const LENGTHS = { title: 200, description: 400, site: 80 } as const;
const MOST_IMAGES = 2;
/** Bytes that are read in one go: a millisecond's work, whatever they are. */
const PIECE_BYTES = 8_192;

/** Names of `property`, `name` and `itemprop`, the best first. */
const NAMES = {
  title: ["og:title", "twitter:title", "title"],
  description: ["og:description", "twitter:description", "description"],
  site: ["og:site_name", "application-name", "al:web:site_name"],
  images: [
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "image",
  ],
} as const;
const KNOWN: ReadonlySet<string> = new Set(Object.values(NAMES).flat());

/**
 * @param url where the page was found
 * @param type its header `Content-Type`
 * @param turn lasts until the next piece may be read: everything else that waits goes first
 */
export async function readHead(
  body: AsyncIterable<Uint8Array>,
  { url, type, turn }: { url: URL; type: string; turn(): Promise<void> },
): Promise<PageHead> {
  const reading = new Reading();
  let start = new Uint8Array();
  let decoder: TextDecoder | null = null;
  for await (const chunk of body) {
    let unread = chunk;
    if (decoder === null) {
      unread = start = joined(start, chunk);
      if (start.length < TOLD_WITHIN) continue;
      decoder = decoderFor(type, start);
    }
    for (let at = 0; at < unread.length && !reading.isOver; at += PIECE_BYTES) {
      // Also for a small one: thousands may be here already.
      await turn();
      const piece = unread.subarray(at, at + PIECE_BYTES);
      reading.write(decoder.decode(piece, { stream: true }));
    }
    if (reading.isOver) break;
  }
  if (decoder === null) reading.write(decoderFor(type, start).decode(start));
  return reading.head(url);
}

function joined(start: Uint8Array, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(start.length + chunk.length);
  both.set(start);
  both.set(chunk, start.length);
  return both;
}

class Reading implements HeadListener {
  /** The first that was said under each name. */
  readonly #said = new Map<string, string>();
  readonly #marks = new HeadMarks(this);
  #base: string | null = null;
  /** Whether the title that was opened last is the first with something in it. */
  #isTitled = false;

  get isOver(): boolean {
    return this.#marks.isOver;
  }

  write(text: string): void {
    this.#marks.write(text);
  }

  head(url: URL): PageHead {
    const line = (names: readonly string[], most: number) => {
      for (const name of names) {
        const said = plainLine(this.#said.get(name) ?? "", most);
        if (said !== "") return said;
      }
      return "";
    };
    return {
      title: line(NAMES.title, LENGTHS.title),
      description: line(NAMES.description, LENGTHS.description),
      site: line(NAMES.site, LENGTHS.site),
      images: this.#images(url),
    };
  }

  #images(url: URL): URL[] {
    const base = this.#base === null ? url : URL.parse(this.#base, url) ?? url;
    const found = new Map<string, URL>();
    for (const name of NAMES.images) {
      const image = URL.parse((this.#said.get(name) ?? "").trim(), base);
      const isNone = !this.#said.has(name) || image === null || image.href === url.href;
      if (!isNone && /^https?:$/.test(image.protocol)) found.set(image.href, image);
    }
    return [...found.values()].slice(0, MOST_IMAGES);
  }

  opened(name: string, attributes: ReadonlyMap<string, string>): void {
    switch (name) {
      case "meta":
        for (const key of ["property", "name", "itemprop"]) {
          // A page's `name="title"` is not its title, but as good as one.
          const said = attributes.get(key)?.trim().toLowerCase() ?? "";
          this.#say(said, attributes.get("content") ?? "");
        }
        return;
      case "link":
        if (/(?:^|\s)image_src(?:\s|$)/i.test(attributes.get("rel") ?? "")) {
          this.#say("image", attributes.get("href") ?? "");
        }
        return;
      case "base":
        this.#base ??= attributes.get("href") ?? null;
        return;
      case "title":
        this.#isTitled = !this.#said.has("title");
    }
  }

  text(piece: string): void {
    const before = this.#said.get("title") ?? "";
    if (this.#isTitled && before.length < LONGEST_VALUE) {
      this.#said.set("title", before + piece.slice(0, LONGEST_VALUE - before.length));
    }
  }

  #say(name: string, value: string): void {
    if (KNOWN.has(name) && !this.#said.has(name) && value.trim() !== "") {
      this.#said.set(name, value);
    }
  }
}
