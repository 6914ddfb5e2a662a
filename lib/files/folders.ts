/** What a disk must be asked so that something is on it. It knows no blobs. */
import { Turns } from "./turns.ts";

/**
 * Waits for the disk, one at a time: while fifty files are synced at once, the commit of a message
 * waits behind all that they hold.
 */
export class DiskSync {
  readonly #turns = new Turns(1);
  /** Folders whose sync has not begun: whoever asks for one meanwhile is helped by it too. */
  readonly #folders = new Map<string, Promise<void>>();

  /** @param sync has the names in a folder on the disk */
  constructor(private readonly sync: (folder: string) => Promise<void> = syncFolder) {}

  /** After it, what was written to the file outlives a power cut. */
  data(file: Pick<Deno.FsFile, "syncData">): Promise<void> {
    return this.#inTurn(() => file.syncData());
  }

  /** After it, names that were made in this folder outlive a power cut. */
  folder(folder: string): Promise<void> {
    const waiting = this.#folders.get(folder);
    if (waiting !== undefined) return waiting;
    const syncing = this.#inTurn(() => {
      this.#folders.delete(folder);
      return this.sync(folder);
    });
    this.#folders.set(folder, syncing);
    return syncing;
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const leave = await this.#turns.enter();
    try {
      await work();
    } finally {
      leave();
    }
  }
}

/** Makes a folder and those above it for their owner alone, and has their names on the disk. */
export async function makeFolder(folder: string, disk: DiskSync): Promise<void> {
  try {
    if ((await Deno.stat(folder)).isDirectory) return;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  if (above !== "") await asPermitted(makeFolder(above, disk));
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  await disk.folder(above === "" ? "." : above);
}

async function syncFolder(folder: string): Promise<void> {
  await asPermitted((async () => {
    using handle = await Deno.open(folder, { read: true });
    // Network file systems may know no such request; they keep names by themselves.
    await handle.sync().catch(() => {});
  })());
}

/** The folder above the one that the settings name is none of ours: it must be there already. */
async function asPermitted(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}

export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) at += await file.write(bytes.subarray(at));
}

export async function sizeOf(path: string): Promise<number> {
  return (await Deno.stat(path)).size;
}

/** Null where there is no such file. */
export async function lengthOf(path: string): Promise<number | null> {
  try {
    return await sizeOf(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
