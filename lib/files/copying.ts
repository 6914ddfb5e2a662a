/** Copies blobs from one place to another, for commands. It knows neither place. */
import type { Blobs, KeptBlob } from "./blobs.ts";

export interface ToCopy {
  key: string;
  /** Bytes; null where that is not known. */
  size: number | null;
}

export interface Copied {
  /** Those that were copied now, and their bytes. */
  copied: number;
  bytes: number;
  /** Those that were there already. */
  there: number;
  /** Their keys: they are not where they are copied from. */
  missing: string[];
}

/**
 * What is there already in the same size is left: a blob never changes. What comes and goes meanwhile
 * at the source is copied or missing.
 * @param progress told the number of those that are done
 */
export async function copyBlobs(
  { from, to }: { from: Blobs; to: Blobs },
  wanted: Iterable<ToCopy> | AsyncIterable<ToCopy>,
  progress: (done: number) => void = () => {},
): Promise<Copied> {
  const there = await sizesOf(to.list());
  const result: Copied = { copied: 0, bytes: 0, there: 0, missing: [] };
  let done = 0;
  for await (const { key, size } of wanted) {
    progress(++done);
    const kept = there.get(key);
    if (kept !== undefined && (size === null || size === kept)) {
      result.there += 1;
      continue;
    }
    const found = await from.read(key);
    if (found === null) {
      result.missing.push(key);
      continue;
    }
    result.bytes += await to.put(key, found.stream);
    result.copied += 1;
  }
  return result;
}

/** All of a list, by the key. */
export async function sizesOf(list: AsyncIterable<KeptBlob>): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for await (const { key, size } of list) sizes.set(key, size);
  return sizes;
}
