/** What a disk must be asked so that something is on it. It knows no blobs. */
import { Turns } from "./turns.ts";

/** Bytes of a file between two waits: any disk takes these soon, and waiting more often gains nothing. */
const SHORTEST_STRETCH = 16 * 1024 * 1024;
/** The same for the fastest disk: who sends waits for so many at the end. */
const LONGEST_STRETCH = 64 * 1024 * 1024;
/** Milliseconds that a wait may take: so long others' commits may stand behind it. */
const LONGEST_WAIT = 50;

export interface DiskSyncOptions {
  /** Has the names in a folder on the disk. */
  sync?: (folder: string) => Promise<void>;
  /** Milliseconds of a clock that is never set; without it each disk is waited for like a slow one. */
  now?: () => number;
}

/**
 * Waits for the disk, one at a time: while fifty files are synced at once, the commit of a message
 * waits behind all that they hold.
 */
export class DiskSync {
  readonly #turns = new Turns(1);
  /** Folders whose sync has not begun: whoever asks for one meanwhile is helped by it too. */
  readonly #folders = new Map<string, Promise<void>>();
  /** Folders with a name that may not be on the disk, and which change of all that was. */
  readonly #changed = new Map<string, number>();
  #changes = 0;
  readonly #sync: (folder: string) => Promise<void>;
  readonly #now: (() => number) | undefined;
  #stretch = SHORTEST_STRETCH;

  constructor({ sync = syncFolder, now }: DiskSyncOptions = {}) {
    this.#sync = sync;
    this.#now = now;
  }

  /**
   * Bytes to write to a file until the next wait. Each costs a large file time, so a disk that is
   * fast is asked less often; a slow one, or one for which others wait, is never left with more than
   * it takes soon.
   */
  stretch(isQuiet: boolean): number {
    return isQuiet ? this.#stretch : SHORTEST_STRETCH;
  }

  /**
   * After it, what was written to the file outlives a power cut.
   * @param bytes how many were written since it was last waited for, if that is known
   */
  data(file: Pick<Deno.FsFile, "syncData">, bytes = 0): Promise<void> {
    return this.#inTurn(async () => {
      const begun = this.#now?.();
      await file.syncData();
      const ended = this.#now?.();
      if (begun === undefined || ended === undefined || bytes < SHORTEST_STRETCH) return;
      this.#learn(bytes, ended - begun);
    });
  }

  /** After it, names that were made in this folder outlive a power cut. */
  folder(folder: string): Promise<void> {
    const waiting = this.#folders.get(folder);
    if (waiting !== undefined) return waiting;
    const syncing = this.#inTurn(async () => {
      this.#folders.delete(folder);
      const change = this.#changed.get(folder);
      await this.#sync(folder);
      if (this.#changed.get(folder) === change) this.#changed.delete(folder);
    });
    this.#folders.set(folder, syncing);
    return syncing;
  }

  /** A folder was made in this one. */
  changed(folder: string): void {
    this.#changed.set(folder, ++this.#changes);
  }

  /** Of the folders above this one, those in which one was made by anybody that is not on the disk yet. */
  changedAbove(folder: string): string[] {
    return [...this.#changed.keys()].filter((each) =>
      each === "." || folder.startsWith(`${each}/`)
    );
  }

  #learn(bytes: number, took: number): void {
    const inTime = took > 0 ? bytes * LONGEST_WAIT / took : LONGEST_STRETCH;
    // By twice at most: one quick wait may have found the bytes written already.
    const next = Math.min(inTime, 2 * this.#stretch, LONGEST_STRETCH);
    this.#stretch = Math.max(SHORTEST_STRETCH, next);
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
  await makeMissing(folder, disk);
  for (const above of disk.changedAbove(folder)) await disk.folder(above);
}

/** Makes a folder and those above it. Their names are not on the disk: `disk.changedAbove` says where. */
export async function makeMissing(folder: string, disk: DiskSync): Promise<void> {
  const above = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  try {
    await Deno.mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return;
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    if (above !== "") await asPermitted(makeMissing(above, disk));
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  }
  disk.changed(above === "" ? "." : above);
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
