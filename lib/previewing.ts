/** Joins what looks at links: a part of the composition in `app.ts`. */
import type { RandomBytes } from "./doors.ts";
import { eventLoop } from "./event_loop.ts";
import { newKey } from "./files/blobs.ts";
import { isPassing } from "./jobs/works.ts";
import { Allowance } from "./limits/allowance.ts";
import { Previews } from "./links/previews.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Config } from "./program/config/config.ts";
import type { Logger } from "./program/log.ts";
import { LIMITS } from "./protocol/limits.ts";
import type { Resources } from "./resources/resources.ts";

export interface PreviewingEnvironment {
  now(): number;
  randomBytes: RandomBytes;
  metrics: Metrics;
  log: Pick<Logger, "error" | "warn">;
}

/** Pages that one person's messages may have looked at: so many at once, then one in so many ms. */
const PERSON_RATE = { burst: 60, every: 5_000 };
/** Pixels of a picture: a card on a screen with two for one. */
const PICTURE = { width: 800, height: 800 };
/** How often one host is asked, by whomever. */
const HOST_RATE = { burst: 30, every: 1_000 };

export function joinPreviews(
  { origins, linkHosts, files }: Config,
  { now, randomBytes, metrics, log }: PreviewingEnvironment,
  { store, workspace, blobs, inspector }: Pick<
    Resources,
    "store" | "workspace" | "blobs" | "inspector"
  >,
): Previews {
  const key = () => newKey(randomBytes);
  return new Previews({
    store,
    isWanted: () => workspace.get("linkPreviews") === "on",
    // Of all hosts: nobody can name those that people will link to.
    mayReachNetwork: () => Deno.permissions.querySync({ name: "net" }).state === "granted",
    origins,
    trusted: linkHosts,
    personRate: new Allowance<number>({ ...PERSON_RATE, ticks: eventLoop.now }),
    hostRate: new Allowance({ ...HOST_RATE, ticks: eventLoop.now }),
    language: () => workspace.get("language") === "ru" ? "ru, en;q=0.7" : "en, ru;q=0.7, *;q=0.5",
    makeSmall: files.kind === "off"
      ? null
      : (bytes) => inspector.shrink(bytes, { ...PICTURE, fit: "inside" }),
    pictures: files.kind === "off" ? null : {
      async keep(bytes) {
        const blob = key();
        await blobs.put(blob, bytes);
        return blob;
      },
      remove: (blob) => blobs.remove(blob),
    },
    newKey: key,
    isPassing,
    now,
    loop: eventLoop,
    log,
    counts: metrics.counts.jobs,
    most: LIMITS.links,
  });
}
