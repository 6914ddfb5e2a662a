/**
 * Files of this machine for what is on its way to a bucket or from it. Each is gone when its use is
 * over; what a crash leaves is swept as an upload that nobody names. It knows no bucket.
 */
import type { KeptBlob } from "./blobs.ts";
import { blobsIn } from "./listing.ts";
import { DiskSync, lengthOf, makeFolder, sizeOf } from "./folders.ts";
import type { BodyToPut } from "./s3_bucket.ts";

export interface SpoolFile extends AsyncDisposable {
  path: string;
  /** What it holds now, to be sent. */
  body(): Promise<BodyToPut>;
}

export class Spool {
  readonly #folder: string;
  readonly #newKey: () => string;
  readonly #sync = new DiskSync();

  constructor(folder: string, newKey: () => string) {
    this.#folder = folder;
    this.#newKey = newKey;
  }

  /** What lies there: in use, or left by a crash. */
  list(): AsyncIterable<KeptBlob> {
    return blobsIn(this.#folder);
  }

  async remove(key: string): Promise<void> {
    const isThere = await lengthOf(`${this.#folder}/${key}`) !== null;
    if (isThere) await Deno.remove(`${this.#folder}/${key}`);
  }

  /** An empty file. */
  async file(): Promise<SpoolFile> {
    await makeFolder(this.#folder, this.#sync);
    const path = `${this.#folder}/${this.#newKey()}`;
    (await Deno.open(path, { write: true, createNew: true, mode: 0o600 })).close();
    return {
      path,
      async body() {
        const length = await sizeOf(path);
        const open = async () =>
          length === 0 ? new Uint8Array() : (await Deno.open(path, { read: true })).readable;
        return { length, open };
      },
      [Symbol.asyncDispose]: () => Deno.remove(path).catch(() => {}),
    };
  }
}
