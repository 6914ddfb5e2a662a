/**
 * Writes an upload's bytes to a file as they come, and keeps other processes away meanwhile. It
 * knows no blobs.
 */
import { otherLength, tooMuch, writtenElsewhere } from "./blobs.ts";
import { type DiskSync, writeAll } from "./folders.ts";

/**
 * The file at its end, locked; at 0 it is made. Rejects with `conflict` where it ends elsewhere, with
 * `NotFound` at 0 where its folder is missing.
 */
export async function openUpload(path: string, offset: number): Promise<Deno.FsFile> {
  const options = { read: true, write: true, mode: 0o600, create: offset === 0 };
  const file = offset === 0 ? await Deno.open(path, options) : await openIfThere(path, options);
  if (file === null) throw otherLength();
  try {
    if (!await lock(file)) throw writtenElsewhere();
    if ((await file.stat()).size !== offset) throw otherLength();
    if (offset > 0) await file.seek(offset, Deno.SeekMode.Start);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/**
 * Writes what comes, and waits until it is on the disk; resolves with how much it was. Where the disk
 * says that it is not, the file ends again where it did.
 */
export async function receive(
  file: Deno.FsFile,
  offset: number,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  most: number,
  disk: DiskSync,
  isQuiet: () => boolean,
): Promise<number> {
  let [written, unsynced, isLost] = [0, 0, false];
  let syncing = Promise.resolve();
  const sync = () => {
    const bytes = unsynced;
    unsynced = 0;
    return disk.data(file, bytes).catch((error) => {
      isLost = true;
      throw error;
    });
  };
  const write = async (chunk: Uint8Array) => {
    await writeAll(file, chunk);
    written += chunk.byteLength;
    unsynced += chunk.byteLength;
    // What is asked for now makes the last wait short.
    if (unsynced < disk.stretch(isQuiet())) return;
    await syncing;
    syncing = sync();
    syncing.catch(() => {}); // whoever waits for it is told
  };
  let full = false;
  try {
    while (!full) {
      // A client that is gone is no failure: what it has sent is kept.
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || value === undefined) break;
      full = written + value.byteLength > most;
      await write(full ? value.subarray(0, most - written) : value);
    }
    await syncing;
    await sync();
  } finally {
    await syncing.catch(() => {});
    // A disk tells once what it has lost: the next sync, and whoever goes on here, would not know.
    if (isLost) await file.truncate(offset);
  }
  if (full) throw tooMuch();
  if ((await file.stat()).size !== offset + written) throw writtenElsewhere();
  return written;
}

/** False where another process has it. Where the file system knows no locks, nobody has one. */
export async function lock(file: Deno.FsFile): Promise<boolean> {
  return await file.tryLock(true).catch(() => true);
}

export async function openIfThere(
  path: string,
  options?: Deno.OpenOptions,
): Promise<Deno.FsFile | null> {
  try {
    return await Deno.open(path, options);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
