/**
 * Memory into which bodies of files are read: new buffers for each piece would be 60 MB before anybody
 * collects them. Those that fill their pieces get larger ones, which take half of the processor, as
 * long as all of these stay within some memory. It knows no stream.
 */
import type { Buffers } from "../byte_source.ts";

/** Bytes. */
export const SMALL = 65_536;
export const LARGE = 262_144;
/** With more bodies than this nobody's pieces are large: 16 MiB are enough. */
export const FEW = 64;

/** Those of one body. */
export interface BodyBuffers extends Buffers {
  /** Nobody reads into them any more. */
  end(): void;
}

export class PieceBuffers {
  #lent = 0;

  /** @param pieces how many pieces of the body are in use at the same time */
  lend(pieces: number): BodyBuffers {
    this.#lent += 1;
    const end = () => void (this.#lent -= 1);
    if (pieces > 1) return { ...severalBuffers(pieces), end };
    let buffer = new ArrayBuffer(SMALL);
    let [isLarge, wasFull] = [false, false];
    return {
      take: () => {
        const large = (isLarge || wasFull) && this.#lent <= FEW;
        if (large !== isLarge) buffer = new ArrayBuffer(large ? LARGE : SMALL);
        isLarge = large;
        return buffer;
      },
      taken(piece) {
        buffer = piece.buffer;
        wasFull = piece.byteLength >= SMALL;
      },
      end,
    };
  }
}

function severalBuffers(count: number): Buffers {
  const free = Array.from({ length: count }, () => new ArrayBuffer(SMALL));
  return {
    take: () => free.shift()!,
    taken: (piece) => void free.push(piece.buffer),
  };
}
