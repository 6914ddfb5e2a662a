/** Blobs in memory, for tests of what uses them. An upload is given to `finish` as a file. */
import { notFound } from "../../lib/errors.ts";
import {
  type Blobs,
  demandKey,
  type KeptBlob,
  otherLength,
  tooMuch,
} from "../../lib/files/blobs.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface MemoryBlobs extends Blobs {
  /** What is kept, by key. */
  readonly kept: Map<string, Bytes>;
  readonly unfinished: Map<string, Bytes>;
  /** What `freeBytes` says. */
  free: number | null;
}

export function createMemoryBlobs({ now = () => 0 }: { now?: () => number } = {}): MemoryBlobs {
  const kept = new Map<string, Bytes>();
  const unfinished = new Map<string, Bytes>();
  const ends = new Map<string, () => void>();
  const blobs: MemoryBlobs = {
    kept,
    unfinished,
    free: null,
    failing: false,
    async append(key, offset, bytes, most) {
      ends.get(demandKey(key))?.();
      if ((unfinished.get(key)?.byteLength ?? 0) !== offset) throw otherLength();
      if (offset > 0 && !unfinished.has(key)) throw otherLength();
      unfinished.set(key, unfinished.get(key) ?? new Uint8Array());
      const reader = bytes.getReader();
      const end = () => void reader.cancel().catch(() => {});
      ends.set(key, end);
      try {
        for (let left = most;;) {
          const { value, done } = await reader.read().catch(() => ({ value: null, done: true }));
          if (done || !value) break;
          const part = value.subarray(0, left);
          unfinished.set(key, joined(unfinished.get(key) ?? new Uint8Array(), part));
          left -= part.byteLength;
          if (part.byteLength < value.byteLength) throw tooMuch();
        }
      } finally {
        end();
        if (ends.get(key) === end) ends.delete(key);
      }
      return unfinished.get(key)?.byteLength ?? 0;
    },
    received(key) {
      const bytes = unfinished.get(demandKey(key)) ?? kept.get(key);
      return Promise.resolve(bytes?.byteLength ?? 0);
    },
    isBlob: (key) => Promise.resolve(kept.has(demandKey(key))),
    async finish(key, work) {
      const bytes = unfinished.get(demandKey(key)) ?? kept.get(key);
      if (bytes === undefined) throw notFound("upload");
      const folder = await Deno.makeTempDir();
      try {
        const path = `${folder}/${key}`;
        await Deno.writeFile(path, bytes);
        const result = await work(path);
        kept.set(key, await Deno.readFile(path));
        unfinished.delete(key);
        return result;
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
    drop(key) {
      ends.get(demandKey(key))?.();
      unfinished.delete(key);
      return Promise.resolve();
    },
    async put(key, bytes) {
      demandKey(key);
      const whole = bytes instanceof Uint8Array
        ? Uint8Array.from(bytes)
        : new Uint8Array(await new Response(bytes as ReadableStream<Bytes>).arrayBuffer());
      kept.set(key, whole);
      return whole.byteLength;
    },
    read(key, range) {
      const bytes = kept.get(demandKey(key));
      if (bytes === undefined) return Promise.resolve(null);
      const part = range === undefined ? bytes : bytes.slice(range.from, range.to + 1);
      return Promise.resolve({ size: bytes.byteLength, stream: streamOf(part) });
    },
    remove(key) {
      kept.delete(demandKey(key));
      return Promise.resolve();
    },
    list: () => listed(kept, now),
    uploads: () => listed(unfinished, now),
    link: () => Promise.resolve(null),
    freeBytes: () => Promise.resolve(blobs.free),
  };
  return blobs;
}

async function* listed(of: Map<string, Bytes>, now: () => number): AsyncGenerator<KeptBlob> {
  for (const [key, { byteLength: size }] of [...of]) yield { key, size, at: now() };
}

function joined(a: Uint8Array, b: Uint8Array): Bytes {
  const whole = new Uint8Array(a.byteLength + b.byteLength);
  whole.set(a);
  whole.set(b, a.byteLength);
  return whole;
}

function streamOf(bytes: Bytes): ReadableStream<Bytes> {
  return new ReadableStream({
    start(controller) {
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}
