/** Where the bytes of files are, as the settings say. Nothing is touched before it is used. */
import { eventLoop } from "../event_loop.ts";
import { type Blobs, newKey } from "../files/blobs.ts";
import { DiskBlobs } from "../files/disk.ts";
import { DiskSync } from "../files/folders.ts";
import { type KeepingLog, WatchedBlobs } from "../files/kept_failing.ts";
import { NO_BLOBS } from "../files/no_blobs.ts";
import { bucketUrl, type FilesPlace } from "../files/place.ts";
import type { Config } from "../program/config/config.ts";
import { bucketAccess } from "../program/config/files.ts";
import { spoolOf } from "../program/data_folder.ts";

export interface OpenBlobsOptions {
  /** Bytes that nobody can foretell. */
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  /** Wall clock, ms since the epoch. */
  now(): number;
  log: KeepingLog;
}

/** @param place other than the settings', for a command that moves files */
export async function openBlobs(
  config: Config,
  { randomBytes, now, log }: OpenBlobsOptions,
  place: FilesPlace = config.files,
): Promise<Blobs> {
  if (place.kind === "off") return NO_BLOBS;
  const options = { newKey: () => newKey(randomBytes) };
  if (place.kind === "folder") {
    const sync = new DiskSync({ now: eventLoop.now });
    return new WatchedBlobs(new DiskBlobs({ ...options, folder: place.path, sync }), log);
  }
  const { S3Blobs, Bucket } = await import("../files/s3.ts");
  const { endpoint, links, ...keys } = bucketAccess(config);
  const bucket = new Bucket({
    ...keys,
    url: bucketUrl(place, endpoint),
    linksUrl: links === null ? null : bucketUrl(place, links),
    folder: place.prefix,
    fetch,
    now,
    loop: eventLoop,
    random: () => Math.random(),
  });
  return new WatchedBlobs(new S3Blobs({ ...options, bucket, spool: spoolOf(config) }), log);
}
