/**
 * Where a body's bytes come from: in one piece if the client announces few of them, which costs the
 * runtime a third of reading a stream, and piece by piece otherwise. It knows no bounds and nobody
 * who waits.
 */
import { type Buffers, type ByteSource, byteSource } from "../byte_source.ts";

/**
 * Bytes of a body that is read in one piece: what most requests bring. The runtime takes memory for
 * all that was announced before anything comes, and keeps it until the client has sent or is gone.
 */
const ONE_PIECE = 4_096;
/** The runtime would take 64 KiB for each waiting read; this is enough for most. */
const FIRST_READ = 1_024;
const MOST_A_READ = 16_384;

/** How many bytes the client says there are; the runtime gives no more of them than that. */
export function announcedLength({ headers }: Request): number | null {
  const length = headers.get("content-length");
  return length === null ? null : Number(length);
}

/** The bytes of a request's body; null if it has none. */
export function bodySource(request: Request, announced: number | null): ByteSource | null {
  if (announced === 0) return null;
  // Before `body` is asked for: the runtime makes a stream for whoever does, and then reads through
  // it, which costs a quarter of a whole answer.
  if (announced !== null && announced <= ONE_PIECE) return onePiece(request.bytes());
  return request.body === null ? null : byteSource(request.body, growingBuffers(announced));
}

/** Whoever stops is told of the end at once: what is under way in the runtime cannot be ended. */
function onePiece(whole: Promise<Uint8Array>): ByteSource {
  const { promise: stopped, resolve } = Promise.withResolvers<null>();
  let asked = false;
  return {
    next() {
      if (asked) return Promise.resolve(null);
      asked = true;
      return Promise.race([whole, stopped]);
    },
    stop: () => resolve(null),
  };
}

/** Small at first: most bodies are. */
function growingBuffers(announced: number | null): Buffers {
  let size = Math.min(FIRST_READ, announced || FIRST_READ);
  return {
    take() {
      const buffer = new ArrayBuffer(size);
      size = Math.min(MOST_A_READ, size * 4);
      return buffer;
    },
  };
}
