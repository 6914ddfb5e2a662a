/**
 * Compresses large pages while they are sent. The runtime would do it with Brotli of quality 6: more
 * than a millisecond of the event loop for 100 KB, four times of what quality 2 takes, which makes
 * them a sixth larger. Zstandard, which most browsers accept over TLS, makes them no larger than that
 * in a fraction of its time. What is small, or asked for in another coding, is left to the runtime.
 */
import { accepts } from "./static_files.ts";

type Zlib = Pick<
  typeof import("node:zlib"),
  "brotliCompressSync" | "zstdCompressSync" | "constants"
>;

/** Bytes: of smaller pages there is little to gain. */
const LARGE = 16_384;
/** Of Brotli. */
const QUALITY = 2;
/** Of Brotli: 256 KB, as much as most pages have. */
const WINDOW = 18;
/** Of Zstandard. */
const LEVEL = 1;

export interface CompressedPage {
  coding: "br" | "zstd";
  bytes: Uint8Array<ArrayBuffer>;
}

export class PageCompression {
  #zlib: Zlib | null = null;
  #loading: Promise<void> | null = null;

  /** A start does without it. */
  load(): Promise<void> {
    return this.#loading ??= import("node:zlib").then((zlib) => {
      this.#zlib = zlib;
    });
  }

  /** The cheapest of what is accepted; null where somebody else is to compress it, or nobody. */
  compress(page: Uint8Array, { headers }: Request): CompressedPage | null {
    if (page.byteLength < LARGE) return null;
    const accepted = headers.get("accept-encoding") ?? "";
    const coding = CODINGS.find((each) => accepts(accepted, each));
    if (coding === undefined) return null;
    if (this.#zlib === null) {
      this.load().catch(() => {}); // then the runtime goes on doing it
      return null;
    }
    const bytes = coding === "zstd" ? zstd(this.#zlib, page) : brotli(this.#zlib, page);
    // Its type says any buffer; it is one of its own.
    return { coding, bytes: bytes as Uint8Array<ArrayBuffer> };
  }
}

const CODINGS = ["zstd", "br"] as const;

function zstd({ zstdCompressSync, constants }: Zlib, page: Uint8Array): Uint8Array {
  return zstdCompressSync(page, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
}

function brotli({ brotliCompressSync, constants }: Zlib, page: Uint8Array): Uint8Array {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: WINDOW,
    [constants.BROTLI_PARAM_SIZE_HINT]: page.byteLength,
  };
  return brotliCompressSync(page, { params });
}
