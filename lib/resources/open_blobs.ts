/** Where the bytes of files are, as the settings say. Nothing is touched before it is used. */
import { type Blobs, newKey } from "../files/blobs.ts";
import { DiskBlobs } from "../files/disk.ts";
import { NO_BLOBS } from "../files/no_blobs.ts";
import type { KeepingLog } from "../files/kept_failing.ts";
import type { Config } from "../program/config/config.ts";

export interface OpenBlobsOptions {
  /** Bytes that nobody can foretell. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  log: KeepingLog;
}

export function openBlobs(
  { files }: Pick<Config, "files">,
  { randomBytes, log }: OpenBlobsOptions,
): Promise<Blobs> {
  if (files.kind === "folder") {
    const disk = { folder: files.path, newKey: () => newKey(randomBytes), log };
    return Promise.resolve(new DiskBlobs(disk));
  }
  return Promise.resolve(NO_BLOBS);
}
