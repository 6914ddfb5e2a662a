/** Tells in the log that a certificate is about to expire, or has. It knows no files. */
import type { Logger } from "../log.ts";

const DAY = 24 * 60 * 60_000;
/** Whoever renews in time has done so before; certificates of ten years need no earlier word. */
const MOST_NOTICE = 30 * DAY;
/** Of the whole time: 15 days of 90, one of six. */
const SHARE = 1 / 6;

export interface Validity {
  /** Milliseconds since the epoch. */
  from: number;
  until: number;
}

/** When a certificate in PEM is valid; of several, the first: the server's own. */
export async function validityOf(cert: string): Promise<Validity> {
  // Loaded when it is needed: no start waits for it (docs/decisions/0021).
  const { X509Certificate } = await import("node:crypto");
  const { validFrom, validTo } = new X509Certificate(cert);
  return { from: Date.parse(validFrom), until: Date.parse(validTo) };
}

/** Logs a warning if it is not valid now, or not for much longer. */
export function warnOfExpiry({ from, until }: Validity, now: number, log: Logger): void {
  const day = new Date(until).toISOString().slice(0, 16).replace("T", " ");
  if (now >= until) {
    log.warn("the certificate has expired: browsers refuse to connect", { expired: day });
  } else if (now < from) {
    log.warn("the certificate is not valid yet: is the clock right?", { until: day });
  } else if (until - now < Math.min(MOST_NOTICE, (until - from) * SHARE)) {
    log.warn("the certificate expires soon: whatever renews it has not done so", { expires: day });
  }
}
