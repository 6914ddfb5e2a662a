/**
 * Blobs in a folder: two levels of folders by the beginning of the key, uploads in a folder of their
 * own. Several processes may share it, also over a network file system. It knows no settings.
 */
import { notFound } from "../errors.ts";
import { demandKey, type KeptBlob, type ReadBlob, writtenElsewhere } from "./blobs.ts";
import { DiskSync, lengthOf, makeFolder, makeMissing, writeAll } from "./folders.ts";
import type { KeptBlobs } from "./kept_failing.ts";
import { blobsIn, blobsInLevels } from "./listing.ts";
import { partOf } from "./part_of_file.ts";
import { lock, openIfThere, openUpload, receive } from "./receive.ts";
import { Writers } from "./writers.ts";

/** Bytes that may be lost in a power cut as long as nobody was told that they came. */
const SMALL = 16 * 1024 * 1024;

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
  /** How much room there is, while it is being asked: many ask in the same moment. */
  #free: Promise<number | null> | null = null;

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
        using file = offset === 0
          ? await this.#inUploads(() => openUpload(path, 0))
          : await openUpload(path, offset);
        const named = () => offset === 0 ? this.#sync.folder(this.#uploads) : undefined;
        if (most > SMALL) await named();
        const written = await receive(file, offset, reader, most, this.#sync, isQuiet);
        // One that is whole gets its last name next, which then is on the disk before anybody is told.
        if (most <= SMALL && written < most) await named();
        return offset + written;
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
      const options = { read: true, write: true };
      const begun = await openIfThere(upload, options);
      // Whoever writes it in another process could change what was looked at.
      using held = begun ?? await openIfThere(blob, options);
      if (held === null) throw notFound("upload");
      if (!await lock(held)) throw writtenElsewhere();
      const path = begun === null ? blob : upload;
      const result = await work(path);
      await this.#move(held, path, blob);
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
      const options = { write: true, createNew: true, mode: 0o600 };
      using file = await this.#inUploads(() => Deno.open(path, options));
      if (bytes instanceof Uint8Array) await writeAll(file, bytes);
      else for await (const chunk of bytes) await writeAll(file, chunk);
      const { size } = await file.stat();
      await this.#move(file, path, blob);
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

  freeBytes(): Promise<number | null> {
    return this.#free ??= this.#askFree().finally(() => this.#free = null);
  }

  async #askFree(): Promise<number | null> {
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

  /** Makes something in the folder of uploads, which is made itself with the first. */
  async #inUploads<T>(make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await makeFolder(this.#uploads, this.#sync);
    return await make();
  }

  /** Whole and on the disk under its new name, or still under the old one; gone if the disk lost of it. */
  async #move(file: Deno.FsFile, from: string, to: string): Promise<void> {
    try {
      await this.#sync.data(file); // costs little where it was not changed since it came
    } catch (error) {
      // A disk tells once what it has lost: who asks again would be told that all is there.
      if (from !== to) await removeFile(from);
      throw error;
    }
    const folder = to.slice(0, to.lastIndexOf("/"));
    const above = [folder.slice(0, folder.lastIndexOf("/")), this.#folder];
    // Whoever moved it there and stopped may have had none of the names on the disk.
    if (from === to) above.forEach((each) => this.#sync.changed(each));
    else {
      await makeMissing(folder, this.#sync);
      await Deno.rename(from, to);
    }
    // All names at once: a file system writes them together, so that only the first wait is long.
    await this.#sync.folder(folder);
    for (const each of this.#sync.changedAbove(folder)) await this.#sync.folder(each);
  }
}

async function removeFile(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
