/**
 * Reads a stream of bytes piece by piece, into buffers of who reads where the stream allows it, as the
 * runtime's bodies of requests do: otherwise each piece is as large, and as new, as the stream likes.
 * It knows no request.
 */

export interface ByteSource {
  /** Null at the end, also after `stop`. What it gave before may be overwritten by then. */
  next(): Promise<Uint8Array | null>;
  stop(): void;
}

export interface Buffers {
  /** One to read into. */
  take(): ArrayBuffer;
  /** It was read into, and is in use until the next piece is asked for. */
  taken?(piece: Uint8Array<ArrayBuffer>): void;
}

export function byteSource(stream: ReadableStream<Uint8Array>, buffers: Buffers): ByteSource {
  const reader = byteReader(stream);
  if (reader === null) {
    const plain = stream.getReader();
    return {
      next: async () => (await plain.read()).value ?? null,
      stop: () => void plain.cancel().catch(() => {}),
    };
  }
  return {
    async next() {
      const { value, done } = await reader.read(new Uint8Array(buffers.take()));
      if (value === undefined) return null;
      buffers.taken?.(value);
      return done ? null : value;
    },
    stop: () => void reader.cancel().catch(() => {}),
  };
}

function byteReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: "byob" });
  } catch (error) {
    if (error instanceof TypeError) return null; // no stream of bytes
    throw error;
  }
}
