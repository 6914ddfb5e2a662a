/**
 * Blobs in a folder: two levels of folders by the beginning of the key, uploads in a folder of their
 * own. Several processes may share it, also over a network file system. It knows no settings.
 */
import { notFound } from "../errors.ts";
import { demandKey, type KeptBlob, type ReadBlob, writtenElsewhere } from "./blobs.ts";
import { DiskSync, lengthOf, makeFolder, sizeOf, writeAll } from "./folders.ts";
import type { KeptBlobs } from "./kept_failing.ts";
import { blobsIn, blobsInLevels } from "./listing.ts";
import { partOf } from "./part_of_file.ts";
import { lock, openIfThere, openUpload, receive } from "./receive.ts";
import { Writers } from "./writers.ts";

export interface DiskOptions {
  /** Made when something is first kept there, with mode 0700. */
  folder: string;
  /** For names of files that are not whole yet. */
  newKey(): string;
  /** How the disk is waited for; without it, by no clock. */
  sync?: DiskSync;
}

export class DiskBlobs implements KeptBlobs {
  readonly #folder: string;
  readonly #newKey: () => string;
  readonly #writers = new Writers();
  readonly #sync: DiskSync;

  constructor({ folder, newKey, sync = new DiskSync() }: DiskOptions) {
    this.#sync = sync;
    this.#folder = folder.replace(/(?<=.)\/+$/, "");
    this.#newKey = newKey;
  }

  async append(
    key: string,
    offset: number,
    bytes: ReadableStream<Uint8Array>,
    most: number,
    isQuiet = () => false,
  ): Promise<number> {
    const path = this.#uploadOf(key);
    const reader = bytes.getReader();
    const end = () => void reader.cancel().catch(() => {});
    return await this.#writers.run(key, end, async () => {
      try {
        if (offset === 0) await makeFolder(this.#uploads, this.#sync);
        using file = await openUpload(path, offset, this.#sync);
        return offset + await receive(file, offset, reader, most, this.#sync, isQuiet);
      } finally {
        end();
      }
    });
  }

  async received(key: string): Promise<number> {
    return await lengthOf(this.#uploadOf(key)) ?? await lengthOf(this.#pathOf(key)) ?? 0;
  }

  async isBlob(key: string): Promise<boolean> {
    return await lengthOf(this.#pathOf(key)) !== null;
  }

  async finish<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    const [upload, blob] = [this.#uploadOf(key), this.#pathOf(key)];
    return await this.#writers.run(key, () => {}, async () => {
      const path = await lengthOf(upload) === null ? blob : upload;
      // Whoever writes it in another process could change what was looked at.
      using held = await openIfThere(path, { read: true, write: true });
      if (held === null) throw notFound("upload");
      if (!await lock(held)) throw writtenElsewhere();
      const result = await work(path);
      await this.#move(path, blob);
      return result;
    });
  }

  async drop(key: string): Promise<void> {
    const path = this.#uploadOf(key);
    await this.#writers.run(key, () => {}, () => removeFile(path));
  }

  async put(key: string, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<number> {
    const blob = this.#pathOf(key);
    const path = `${this.#uploads}/${this.#newKey()}`;
    try {
      await makeFolder(this.#uploads, this.#sync);
      {
        using file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
        if (bytes instanceof Uint8Array) await writeAll(file, bytes);
        else for await (const chunk of bytes) await writeAll(file, chunk);
      }
      const size = await sizeOf(path);
      await this.#move(path, blob);
      return size;
    } catch (error) {
      await removeFile(path).catch(() => {});
      throw error;
    }
  }

  async read(key: string, range?: { from: number; to: number }): Promise<ReadBlob | null> {
    const file = await openIfThere(this.#pathOf(key));
    if (file === null) return null;
    try {
      const { size } = await file.stat();
      if (range === undefined || (range.from === 0 && range.to >= size - 1)) {
        return { size, stream: file.readable };
      }
      const to = Math.min(range.to, size - 1);
      return { size, stream: await partOf(file, range.from, to) };
    } catch (error) {
      file.close();
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await removeFile(this.#pathOf(key));
  }

  list(): AsyncIterable<KeptBlob> {
    return blobsInLevels(this.#folder);
  }

  uploads(): AsyncIterable<KeptBlob> {
    return blobsIn(this.#uploads);
  }

  link(): Promise<null> {
    return Promise.resolve(null);
  }

  async freeBytes(): Promise<number | null> {
    const { freeBeside } = await import("./free_disk.ts");
    return await freeBeside(this.#folder);
  }

  get #uploads(): string {
    return `${this.#folder}/uploads`;
  }

  #uploadOf(key: string): string {
    return `${this.#uploads}/${demandKey(key)}`;
  }

  #pathOf(key: string): string {
    demandKey(key);
    return `${this.#folder}/${key.slice(0, 2)}/${key.slice(2, 4)}/${key}`;
  }

  /** Whole and on the disk under its new name, or still under the old one; gone if the disk lost of it. */
  async #move(from: string, to: string): Promise<void> {
    {
      using file = await Deno.open(from, { read: true, write: true });
      try {
        await this.#sync.data(file); // costs little where it was not changed since it came
      } catch (error) {
        // A disk tells once what it has lost: who asks again would be told that all is there.
        if (from !== to) await removeFile(from);
        throw error;
      }
    }
    if (from === to) return;
    const folder = to.slice(0, to.lastIndexOf("/"));
    await makeFolder(folder, this.#sync);
    await Deno.rename(from, to);
    await this.#sync.folder(folder);
  }
}

async function removeFile(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
