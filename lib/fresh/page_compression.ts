/**
 * Compresses large pages while they are sent. The runtime would do it with Brotli of quality 6: more
 * than a millisecond of the event loop for 100 KB, four times of what quality 2 takes, which makes
 * them a sixth larger. What is small, or asked for in another coding, is left to the runtime.
 */
import { accepts } from "./static_files.ts";

type Zlib = Pick<typeof import("node:zlib"), "brotliCompressSync" | "constants">;

/** Bytes: of smaller pages there is little to gain. */
const LARGE = 16_384;
const QUALITY = 2;
/** 256 KB: as much as most pages have. */
const WINDOW = 18;

export class PageCompression {
  #zlib: Zlib | null = null;
  #loading: Promise<void> | null = null;

  /** A start does without it. */
  load(): Promise<void> {
    return this.#loading ??= import("node:zlib").then((zlib) => {
      this.#zlib = zlib;
    });
  }

  /** In Brotli; null where somebody else is to compress it, or nobody. */
  brotli(page: Uint8Array, { headers }: Request): Uint8Array<ArrayBuffer> | null {
    if (page.byteLength < LARGE || !accepts(headers.get("accept-encoding") ?? "", "br")) {
      return null;
    }
    if (this.#zlib === null) {
      this.load().catch(() => {}); // then the runtime goes on doing it
      return null;
    }
    const { brotliCompressSync, constants } = this.#zlib;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW,
      [constants.BROTLI_PARAM_SIZE_HINT]: page.byteLength,
    };
    // Its type says any buffer; it is one of its own.
    return brotliCompressSync(page, { params }) as Uint8Array<ArrayBuffer>;
  }
}
