/**
 * What `/readyz` says: that the program can do its work, what it works with, and what of that is
 * away although the work goes on. Anybody may read it: no address and no name is in it. It knows no
 * route.
 */
import { ConfabError } from "../errors.ts";
import type { Blobs } from "../files/blobs.ts";
import type { Hub } from "../hub/hub.ts";

export interface Readiness {
  status: "ready";
  database: "sqlite" | "postgresql";
  bus: { kind: "memory" | "redis" | "notify"; connected: boolean };
  /** What is away. Balancers go on sending people here. */
  degraded: Degraded[];
}

export interface Degraded {
  part: "bus" | "deliveries" | "files";
  /** For the operator: what it means for people. */
  detail: string;
}

/** Rejects: balancers are to send nobody here any more. */
export function refuseReadiness(): Promise<never> {
  return Promise.reject(new ConfabError("unavailable", "This server is about to stop."));
}

export interface ReadyOptions {
  /** Resolves when a write could be committed. */
  probe(): Promise<void>;
  database: "sqlite" | "postgres";
  bus: { state(): Readiness["bus"] };
  hub: Pick<Hub, "reading">;
  blobs: Pick<Blobs, "failing">;
}

/** A server that stands still answers nothing at all: a balancer is told before it gives up itself. */
const PATIENCE = 3_000;

/**
 * Answers whether the program can do its work; rejects with `unavailable`. However many ask, one
 * probe is under way, and an outage is in the log once: balancers ask every second.
 */
export function createReady({ probe, database, bus, hub, blobs }: ReadyOptions) {
  let probing: Promise<void> | null = null;
  let told = false;
  return async (): Promise<Readiness> => {
    try {
      await inTime(probing ??= probe().finally(() => probing = null));
      told = false;
    } catch (error) {
      if (!told) {
        told = true;
        throw error;
      }
      throw new ConfabError("unavailable", CANNOT_STORE, { cause: error, busy: true });
    }
    return describeReadiness({
      database: database === "sqlite" ? "sqlite" : "postgresql",
      bus: bus.state(),
      holds: hub.reading().nodes?.gateClosed ?? false,
      filesFail: blobs.failing,
    });
  };
}

const CANNOT_STORE = "The server cannot store anything just now. Try again in a moment.";

async function inTime(work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new ConfabError("unavailable", CANNOT_STORE)),
    PATIENCE,
  );
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param holds whether messages of other nodes are held back here, as `Gate` says
 * @param filesFail whether the disk or the bucket for files failed the last time
 */
export function describeReadiness(
  { database, bus, holds, filesFail = false }: Pick<Readiness, "database" | "bus"> & {
    holds: boolean;
    filesFail?: boolean;
  },
): Readiness {
  const degraded: Degraded[] = [];
  if (!bus.connected) {
    const carrier = bus.kind === "redis" ? "Redis" : "PostgreSQL's NOTIFY";
    degraded.push({
      part: "bus",
      detail: `${carrier} cannot be reached: messages of other servers are read from the ` +
        "database, within 5 seconds; who types is not shown.",
    });
  }
  if (holds) {
    degraded.push({
      part: "deliveries",
      detail: "The database has not been seen for 4 seconds: messages wait until it is known who " +
        "may read them.",
    });
  }
  if (filesFail) {
    degraded.push({
      part: "files",
      detail: "Files could not be kept, read or removed when that was last tried; the log says " +
        "why. Messages go on.",
    });
  }
  return { status: "ready", database, bus, degraded };
}
