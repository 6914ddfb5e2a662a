/**
 * What a page says of itself: Open Graph, Twitter's names, its title. Read as it comes, until its
 * head ends. Everything is plain text, cut to a length. It fetches nothing.
 */
import { Parser } from "htmlparser2";
import { decoderFor, TOLD_WITHIN } from "./charset.ts";
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
/** Code units of one value, before anything is done with it. */
const LONGEST_VALUE = 4_096;
/** Elements of a head; a page of nothing but these is of no use. */
const MOST_TAGS = 5_000;
/** What all of them say together: each is a word in memory, and one element may have thousands. */
const MOST_ATTRIBUTES = 20_000;

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
 */
export async function readHead(
  body: AsyncIterable<Uint8Array>,
  { url, type }: { url: URL; type: string },
): Promise<PageHead> {
  const reading = new Reading();
  let start = new Uint8Array();
  let decoder: TextDecoder | null = null;
  for await (const chunk of body) {
    if (decoder === null) {
      start = joined(start, chunk);
      if (start.length < TOLD_WITHIN) continue;
      decoder = decoderFor(type, start);
      reading.write(decoder.decode(start, { stream: true }));
    } else reading.write(decoder.decode(chunk, { stream: true }));
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

class Reading {
  /** The first that was said under each name. */
  readonly #said = new Map<string, string>();
  readonly #parser: Parser;
  #base: string | null = null;
  #inTitle = false;
  /** Of drawings, which have titles too. */
  #inDrawing = 0;
  #tags = 0;
  #attributes = 0;
  isOver = false;

  constructor() {
    this.#parser = new Parser({
      onattribute: () => ++this.#attributes > MOST_ATTRIBUTES && this.#end(),
      onopentag: (name, attributes) => this.#open(name, attributes),
      ontext: (text) => this.#inTitle && this.#add(text),
      onclosetag: (name) => this.#close(name),
    }, { decodeEntities: true, lowerCaseTags: true });
  }

  write(text: string): void {
    if (!this.isOver) this.#parser.write(text);
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

  #open(name: string, attributes: Record<string, string>): void {
    if (++this.#tags > MOST_TAGS) return this.#end();
    switch (name) {
      case "meta": {
        const { property, name, itemprop, content = "" } = attributes;
        for (const each of [property, name, itemprop]) {
          // A page's `name="title"` is not its title, but as good as one.
          if (each !== undefined) this.#say(each.trim().toLowerCase(), content);
        }
        return;
      }
      case "link":
        if (/(?:^|\s)image_src(?:\s|$)/i.test(attributes["rel"] ?? "")) {
          this.#say("image", attributes["href"] ?? "");
        }
        return;
      case "base":
        this.#base ??= attributes["href"] ?? null;
        return;
      case "svg":
        this.#inDrawing++;
        return;
      case "title":
        this.#inTitle = this.#inDrawing === 0 && !this.#said.has("title");
    }
  }

  #close(name: string): void {
    if (name === "title") this.#inTitle = false;
    else if (name === "svg") this.#inDrawing = Math.max(0, this.#inDrawing - 1);
    else if (name === "head") this.#end();
  }

  /** What stands further down is the page itself. */
  #end(): void {
    this.isOver = true;
    this.#parser.pause();
  }

  #say(name: string, value: string): void {
    if (!KNOWN.has(name) || this.#said.has(name) || value.trim() === "") return;
    this.#said.set(name, value.slice(0, LONGEST_VALUE));
  }

  #add(text: string): void {
    const before = this.#said.get("title") ?? "";
    if (before.length < LONGEST_VALUE) {
      this.#said.set("title", before + text.slice(0, LONGEST_VALUE - before.length));
    }
  }
}
