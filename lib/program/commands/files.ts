/**
 * Files as the operator's commands know them: where they are, beside which backup, and how they are
 * copied. Knows no command.
 */
import { ConfabError } from "../../errors.ts";
import type { Blobs } from "../../files/blobs.ts";
import { type Copied, copyBlobs, type ToCopy } from "../../files/copying.ts";
import type { FilesPlace } from "../../files/place.ts";
import { openBlobs } from "../../resources/open_blobs.ts";
import type { UpkeepDatabase } from "../../store/upkeep/database.ts";
import { blobsNamedIn, type NamedBlob } from "../../store/upkeep/named_blobs.ts";
import type { Config } from "../config/config.ts";
import { CommandError, type Terminal } from "./command.ts";
import { countOf, createProgress, inGroups } from "./progress.ts";

/** The folder of the files that a backup or another copied database names. */
export function filesBeside(file: string): FilesPlace & { kind: "folder" } {
  return { kind: "folder", path: `${file}.files` };
}

export function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

/** Those of the settings, or of another place. */
export async function openFiles(config: Config, place: FilesPlace = config.files): Promise<Blobs> {
  const silent = { error: () => {}, info: () => {} }; // the command tells it
  return await openBlobs(config, {
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    now: () => Date.now(),
    log: silent,
  }, place);
}

/** Each once, as the rows of one moment name them. */
export async function filesNamedIn(database: UpkeepDatabase): Promise<NamedBlob[]> {
  return await database.read((db) => Array.fromAsync(blobsNamedIn(database, db)));
}

/** Copies with progress. What a disk or a bucket says goes to the operator. */
export async function copyFiles(
  between: { from: Blobs; to: Blobs },
  wanted: readonly ToCopy[],
  terminal: Terminal,
): Promise<Copied> {
  const progress = createProgress(terminal, () => performance.now());
  try {
    return await toldPlainly(() =>
      copyBlobs(
        between,
        wanted,
        (done) => progress.at(() => `${inGroups(done)} of ${countOf(wanted.length, "file")}`),
      )
    );
  } finally {
    progress.end();
  }
}

export async function toldPlainly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConfabError)) throw error;
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    throw new CommandError(`Files cannot be kept or read: ${cause.replace(/\.$/, "")}.`, {
      cause: error,
    });
  }
}

/** "12 files, 3.4 MB" of all that is named; thumbnails are not counted. */
export function sizeOfFiles(named: readonly NamedBlob[]): string {
  const counted = named.filter(({ size }) => size !== null);
  const bytes = counted.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return `${countOf(counted.length, "file")}, ${(bytes / 1e6).toFixed(1)} MB`;
}
