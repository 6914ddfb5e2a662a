/**
 * Cuts what comes into parts, and sends each while the next one comes: two of them are on this
 * machine's disk at most, and none in memory. It knows no key.
 */
import { tooMuch } from "./blobs.ts";
import { writeAll } from "./folders.ts";
import type { BodyToPut } from "./s3_bucket.ts";
import type { Spool, SpoolFile } from "./s3_spool.ts";

export interface ReceiveOptions {
  /** Where the first byte belongs. */
  offset: number;
  most: number;
  /** Bytes of a part. */
  part: number;
  spool: Spool;
  /** Keeps a part for good. */
  send(from: number, body: BodyToPut): Promise<void>;
}

/** Resolves with how much came, all of it kept; rejects with `too_large` after `most`. */
export async function receiveParts(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { offset, most, part, spool, send }: ReceiveOptions,
): Promise<number> {
  let [written, over, full] = [0, false, false];
  let sending: Promise<void> = Promise.resolve();
  try {
    while (!over) {
      const file = await spool.file();
      const from = written;
      {
        using open = await Deno.open(file.path, { write: true });
        while (!over && written - from < part) {
          // A client that is gone is no failure: what it has sent is kept.
          const { value, done } = await reader.read().catch(() => NOTHING);
          over = done || value === undefined;
          if (value === undefined) break;
          full = over = written + value.byteLength > most;
          const wanted = full ? value.subarray(0, most - written) : value;
          await writeAll(open, wanted);
          written += wanted.byteLength;
        }
      }
      await sending;
      // An upload of nothing is there too.
      const isPart = written > from || offset + from === 0;
      sending = sendFile(file, isPart ? (body) => send(offset + from, body) : null);
      sending.catch(() => {}); // whoever waits for it is told
    }
  } finally {
    await sending.catch(() => {});
  }
  await sending;
  if (full) throw tooMuch();
  return written;
}

const NOTHING = { value: undefined, done: true };

async function sendFile(
  file: SpoolFile,
  send: ((body: BodyToPut) => Promise<void>) | null,
): Promise<void> {
  await using held = file;
  await send?.(await held.body());
}
