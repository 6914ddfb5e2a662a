/**
 * How much one user may write, and how many rooms they may create: one token bucket each. It fills
 * steadily and holds a while's worth of tokens, so that a burst passes and a flood does not.
 *
 * Written here although libraries exist: it runs for every message, synchronously (a promise before
 * the store could swap two sends of one client) and on an injected monotonic clock.
 */
import type { Ticks } from "../protocol/time.ts";

/** Seconds of writing a bucket holds. */
const BURST_SECONDS = 5;
/** Seconds of creating rooms: an hour's worth may be created at once. */
const ROOM_BURST_SECONDS = 3_600;
/** Buckets unused for this long (ms), or for as long as they take to fill, are forgotten. */
const FORGET_AFTER = 60_000;

export interface Rate {
  /** Takes one token; 0, or the milliseconds until there is one. */
  take(userId: number): number;
  /** Returns a token that was not needed. */
  giveBack(userId: number): void;
}

interface Bucket {
  tokens: number;
  at: Ticks;
}

/** @param perSecond messages per second and user; 0 turns the limit off */
export function createSendRate(perSecond: number, ticks: () => Ticks): Rate {
  return createRate(perSecond, BURST_SECONDS, ticks);
}

/** @param perHour rooms per hour and user; 0 turns the limit off */
export function createRoomRate(perHour: number, ticks: () => Ticks): Rate {
  return createRate(perHour / 3_600, ROOM_BURST_SECONDS, ticks);
}

function createRate(perSecond: number, burstSeconds: number, ticks: () => Ticks): Rate {
  if (perSecond === 0) return { take: () => 0, giveBack() {} };
  const capacity = perSecond * burstSeconds;
  const forgetAfter = Math.max(FORGET_AFTER, burstSeconds * 1_000);
  const buckets = new Map<number, Bucket>();
  let sweptAt = ticks();

  function sweep(at: Ticks) {
    sweptAt = at;
    for (const [userId, bucket] of buckets) {
      if (at - bucket.at > forgetAfter) buckets.delete(userId);
    }
  }

  return {
    take(userId) {
      const at = ticks();
      if (Math.abs(at - sweptAt) > forgetAfter) sweep(at);
      const bucket = buckets.get(userId) ?? { tokens: capacity, at };
      // Whatever clock is passed in: one that goes back must not take tokens away.
      const gained = Math.max(0, at - bucket.at) * perSecond / 1000;
      bucket.tokens = Math.min(capacity, bucket.tokens + gained);
      bucket.at = at;
      buckets.set(userId, bucket);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) * 1000 / perSecond);
      bucket.tokens -= 1;
      return 0;
    },
    giveBack(userId) {
      const bucket = buckets.get(userId);
      if (bucket !== undefined) bucket.tokens = Math.min(capacity, bucket.tokens + 1);
    },
  };
}
