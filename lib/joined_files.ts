/** Joins files: how they arrive and are taken away. A part of the composition in `app.ts`. */
import type { FileHost } from "./chat/command.ts";
import { ConfabError } from "./errors.ts";
import { eventLoop } from "./event_loop.ts";
import { Arrivals } from "./files/arrivals.ts";
import { Cleaning } from "./files/cleaning.ts";
import { FairShare } from "./files/fair_share.ts";
import { Sweeping } from "./files/sweeping.ts";
import { Transfers } from "./files/transfers.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { FileLimits } from "./program/config/files.ts";
import type { Resources } from "./resources/resources.ts";

export interface JoinedFiles {
  arrivals: Arrivals;
  host: FileHost;
  /** Throws `too_large` where the disk would be too full with so many bytes more. */
  requireDisk(bytes: number): Promise<void>;
  /** Takes away what is gone or nameless, until the returned function is called. */
  start(): () => void;
}

export function joinFiles(
  { now, fileLimits: limits, metrics: { counts: { files: counts } } }: {
    now(): number;
    fileLimits: FileLimits;
    metrics: Pick<Metrics, "counts">;
  },
  { store, bus, blobs, inspector }: Pick<Resources, "store" | "bus" | "blobs" | "inspector">,
): JoinedFiles {
  const space = { user: limits.user || null, all: limits.all || null };
  const cleaning = new Cleaning({ store, blobs, now, loop: eventLoop });
  const named = (keys: Parameters<typeof store.namedBlobs>[0]) => store.namedBlobs(keys);
  const sweeping = new Sweeping({ blobs, named, now, loop: eventLoop });
  const share = new FairShare(eventLoop.now);
  letWritersGoFirst(bus, share);
  const arrivals = new Arrivals({
    store,
    blobs,
    inspector,
    transfers: new Transfers(eventLoop, counts, share),
    mostBytes: limits.file,
    space,
    now,
    requireDisk,
    cleanUp: () => cleaning.wake(),
    completed: () => void (counts.complete += 1),
  });
  async function requireDisk(bytes: number): Promise<void> {
    if (limits.file === 0) throw new ConfabError("forbidden", "Files cannot be sent here.");
    if (limits.free === 0) return;
    const free = await blobs.freeBytes();
    if (free === null || free - bytes >= limits.free) return;
    throw new ConfabError("too_large", "The server's disk has no room for this file.", {
      room: { limit: limits.free, scope: "disk" },
    });
  }
  const host = {
    mostBytes: limits.file,
    space,
    requireDisk,
    cleanUp: () => cleaning.wake(),
  };
  const start = () => {
    const stops = [cleaning.start(), sweeping.start()];
    return () => stops.forEach((stop) => stop());
  };
  return { arrivals, host, requireDisk, start };
}

/** Uploads keep to their share once somebody has written. */
export function letWritersGoFirst(
  bus: Pick<Resources["bus"], "subscribe">,
  share: Pick<FairShare, "heard">,
): void {
  // What nodes tell each other of limits is no writing: uploads are counted there, too.
  bus.subscribe((notices) => notices.some(({ type }) => type !== "spending") && share.heard());
}
