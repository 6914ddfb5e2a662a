/**
 * How much one user may write: a token bucket for each, filled at `perSecond`, holding up to
 * `BURST_SECONDS` worth, so that a burst of typing passes and a flood does not.
 *
 * Written here although libraries exist: it runs for every message, synchronously (a promise
 * before the store would let two sends of one client change places) and on an injected clock, the
 * one that nobody sets.
 */
import type { Ticks } from "../protocol/time.ts";

const BURST_SECONDS = 5;
/** Buckets that have been full this long are forgotten, so that memory follows who is active. */
const FORGET_AFTER = 60_000;

export interface SendRate {
  /** Takes one token; 0, or the milliseconds until there is one. */
  take(userId: number): number;
}

interface Bucket {
  tokens: number;
  at: Ticks;
}

/** @param perSecond messages a second and user; 0 switches the limit off */
export function createSendRate(perSecond: number, ticks: () => Ticks): SendRate {
  if (perSecond === 0) return { take: () => 0 };
  const capacity = perSecond * BURST_SECONDS;
  const buckets = new Map<number, Bucket>();
  let sweptAt = ticks();

  function sweep(at: Ticks) {
    sweptAt = at;
    for (const [userId, bucket] of buckets) {
      if (at - bucket.at > FORGET_AFTER) buckets.delete(userId);
    }
  }

  return {
    take(userId) {
      const at = ticks();
      if (Math.abs(at - sweptAt) > FORGET_AFTER) sweep(at);
      const bucket = buckets.get(userId) ?? { tokens: capacity, at };
      // Whatever clock is handed in: one that goes back must not take tokens away.
      const gained = Math.max(0, at - bucket.at) * perSecond / 1000;
      bucket.tokens = Math.min(capacity, bucket.tokens + gained);
      bucket.at = at;
      buckets.set(userId, bucket);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) * 1000 / perSecond);
      bucket.tokens -= 1;
      return 0;
    },
  };
}
