/**
 * Blobs in a bucket. The parts of an upload are objects too, so that another node may go on with it;
 * they are joined on this machine's disk, where the upload can be looked at, and sent as one.
 * Nothing is held in memory but what is on its way. Loaded where a bucket is configured.
 */
import { notFound } from "../errors.ts";
import {
  demandKey,
  isKey,
  type KeptBlob,
  type LinkOptions,
  otherLength,
  type ReadBlob,
} from "./blobs.ts";
import { writeAll } from "./folders.ts";
import type { KeptBlobs } from "./kept_failing.ts";
import { Bucket } from "./s3_bucket.ts";
import { chainOf, partName, partNamed, type UploadPart, UPLOADS } from "./s3_parts.ts";
import { receiveParts } from "./s3_receive.ts";
import { Spool } from "./s3_spool.ts";
import { Writers } from "./writers.ts";

export { Bucket };

export interface S3Options {
  bucket: Bucket;
  /** On this machine, for what is on its way. */
  spool: string;
  newKey(): string;
}

/** Bytes of a part: on a broken connection, less than this is asked for again. */
const PART = 8 * 1024 * 1024;

const BLOBS = "blobs/";

export class S3Blobs implements KeptBlobs {
  readonly #bucket: Bucket;
  readonly #spool: Spool;
  readonly #newKey: () => string;
  readonly #writers = new Writers();

  constructor({ bucket, spool, newKey }: S3Options) {
    this.#bucket = bucket;
    this.#spool = new Spool(spool, newKey);
    this.#newKey = newKey;
  }

  async append(
    key: string,
    offset: number,
    bytes: ReadableStream<Uint8Array>,
    most: number,
  ): Promise<number> {
    demandKey(key);
    const reader = bytes.getReader();
    const end = () => void reader.cancel().catch(() => {});
    return await this.#writers.run(key, end, async () => {
      try {
        const parts = await this.#partsOf(key);
        if (chainOf(parts).length !== offset) throw otherLength();
        const options = { offset, most, part: PART, spool: this.#spool };
        return offset + await receiveParts(reader, {
          ...options,
          send: (from, body) =>
            this.#bucket.put(partName(key, { from, mark: this.#newKey() }), body),
        });
      } finally {
        end();
      }
    });
  }

  async received(key: string): Promise<number> {
    const parts = await this.#partsOf(demandKey(key));
    return parts.length > 0 ? chainOf(parts).length : await this.#bucket.size(nameOf(key)) ?? 0;
  }

  async isBlob(key: string): Promise<boolean> {
    return await this.#bucket.size(nameOf(key)) !== null;
  }

  async finish<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    demandKey(key);
    return await this.#writers.run(key, () => {}, async () => {
      await using file = await this.#spool.file();
      const parts = await this.#fetchUpload(key, file.path);
      const result = await work(file.path);
      await this.#bucket.put(nameOf(key), await file.body());
      await this.#removeParts(key, parts);
      return result;
    });
  }

  async drop(key: string): Promise<void> {
    demandKey(key);
    await this.#writers.run(key, () => {}, async () => {
      await this.#removeParts(key, await this.#partsOf(key));
      await this.#spool.remove(key);
    });
  }

  async put(key: string, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<number> {
    const name = nameOf(key);
    if (bytes instanceof Uint8Array) {
      const whole = Uint8Array.from(bytes);
      await this.#bucket.put(name, { length: whole.length, open: () => Promise.resolve(whole) });
      return whole.length;
    }
    await using file = await this.#spool.file();
    {
      using open = await Deno.open(file.path, { append: true });
      for await (const chunk of bytes) await writeAll(open, chunk);
    }
    const body = await file.body();
    await this.#bucket.put(name, body);
    return body.length;
  }

  async read(key: string, range?: { from: number; to: number }): Promise<ReadBlob | null> {
    const answer = await this.#bucket.get(nameOf(key), range);
    if (answer === null) return null;
    const [, whole] = /\/(\d+)$/.exec(answer.headers.get("content-range") ?? "") ?? [];
    const size = Number(whole ?? answer.headers.get("content-length"));
    return { size, stream: answer.body ?? new Blob().stream() };
  }

  async remove(key: string): Promise<void> {
    await this.#bucket.remove(nameOf(key));
  }

  async *list(): AsyncGenerator<KeptBlob> {
    for await (const { name, size, at } of this.#bucket.list(BLOBS)) {
      const key = name.slice(BLOBS.length);
      if (isKey(key)) yield { key, size, at };
    }
  }

  async *uploads(): AsyncGenerator<KeptBlob> {
    yield* this.#spool.list();
    const upload: KeptBlob = { key: "", size: 0, at: 0 };
    for await (const { name, size, at } of this.#bucket.list(UPLOADS)) {
      const [key = ""] = name.slice(UPLOADS.length).split("/");
      if (!isKey(key)) continue;
      if (upload.key !== key) {
        if (upload.key !== "") yield { ...upload };
        Object.assign(upload, { key, size: 0, at: 0 });
      }
      upload.size += size;
      upload.at = Math.max(upload.at, at);
    }
    if (upload.key !== "") yield upload;
  }

  async link(key: string, { type, disposition, seconds }: LinkOptions): Promise<string | null> {
    return await this.#bucket.link(nameOf(key), {
      "response-content-type": type,
      "response-content-disposition": disposition,
    }, seconds);
  }

  freeBytes(): Promise<null> {
    return Promise.resolve(null);
  }

  async #partsOf(key: string): Promise<UploadPart[]> {
    const parts: UploadPart[] = [];
    for await (const { name, size } of this.#bucket.list(`${UPLOADS}${key}/`)) {
      const part = partNamed(key, name, size);
      if (part !== null) parts.push(part);
    }
    return parts;
  }

  async #removeParts(key: string, parts: readonly UploadPart[]): Promise<void> {
    for (const part of parts) await this.#bucket.remove(partName(key, part));
  }

  /**
   * Writes an upload to a file; gives its parts. Another node may be finishing it: parts go only once
   * there is a blob, and then the blob alone is whole.
   */
  async #fetchUpload(key: string, path: string): Promise<UploadPart[]> {
    const parts = await this.#partsOf(key);
    // Asked after the list: without a blob, none was missing in it.
    const isBlob = await this.#bucket.size(nameOf(key)) !== null;
    const names = isBlob ? [] : chainOf(parts).parts.map((part) => partName(key, part));
    if (names.length > 0 && await this.#fetchInto(names, path)) return parts;
    if (!await this.#fetchInto([nameOf(key)], path)) throw notFound("upload");
    return parts;
  }

  /** Joins objects in a file; false if one of them is gone. */
  async #fetchInto(names: readonly string[], path: string): Promise<boolean> {
    using file = await Deno.open(path, { write: true, truncate: true });
    for (const name of names) {
      const answer = await this.#bucket.get(name);
      if (answer === null) return false;
      for await (const chunk of answer.body ?? []) await writeAll(file, chunk);
    }
    return true;
  }
}

function nameOf(key: string): string {
  return `${BLOBS}${demandKey(key)}`;
}
