/**
 * How much one user may write, how many rooms they may create, and how often others are told that
 * they type: a burst passes and a flood does not.
 */
import { ChangingLimit } from "../limits/changing_limit.ts";
import { type Limit, type MakeLimit, NO_LIMIT } from "../limits/limit.ts";

/** Seconds of writing that may be done at once. */
const BURST_SECONDS = 5;
/** Seconds of creating rooms: an hour's worth may be created at once. */
const ROOM_BURST_SECONDS = 3_600;
/**
 * Typing events per second and user: a browser sends one every three seconds per room. Each goes to
 * all members, so one user's twenty connections could keep a large room busy with nothing.
 */
const TYPING_RATE = 2;
/** Files per second and user, begun: an album at once passes. */
const UPLOAD_RATE = 4;
const UPLOAD_BURST_SECONDS = 60;
/** Letters: a few at once, as by somebody who mistypes, then one in ten minutes. */
const LETTERS = { burst: 5, every: 10 * 60_000, share: 1 };
/** What a user may have spent on a node before the others hear of it, of what may be spent at once. */
const SHARE = 1 / 8;

/** By user. */
export interface Rates {
  /** Commands that write. */
  sendRate: Limit<number>;
  /** How many rooms a user may create. */
  roomRate: Limit<number>;
  /** Letters that a user may have sent to addresses of their choice. */
  mailRate: Limit<number>;
  /** How often a user's typing is sent to others. */
  typingRate: Limit<number>;
  /** Files that are begun. */
  uploadRate: Limit<number>;
}

/** As they are now: staff may change them at any time. */
export interface RateOptions {
  /** Writes per second and user; 0 = no limit. */
  sendRate(): number;
  /** Rooms per hour and user; 0 = no limit. */
  roomRate(): number;
  makeLimit: MakeLimit;
}

export function createRates({ sendRate, roomRate, makeLimit }: RateOptions): Rates {
  const rate = (name: string, perSecond: number, seconds: number): Limit<number> => {
    if (perSecond === 0) return NO_LIMIT;
    const burst = perSecond * seconds;
    // Two at least: these limits may be told a moment later, together.
    const share = Math.max(2, Math.ceil(burst * SHARE));
    return makeLimit(name, { burst, every: 1_000 / perSecond, share });
  };
  return {
    sendRate: new ChangingLimit(sendRate, (now) => rate("writes", now, BURST_SECONDS)),
    roomRate: new ChangingLimit(roomRate, (now) => rate("rooms", now / 3_600, ROOM_BURST_SECONDS)),
    typingRate: new ChangingLimit(
      () => sendRate() === 0 ? 0 : TYPING_RATE,
      (now) => rate("typing", now, BURST_SECONDS),
    ),
    uploadRate: new ChangingLimit(
      () => sendRate() === 0 ? 0 : UPLOAD_RATE,
      (now) => rate("uploads", now, UPLOAD_BURST_SECONDS),
    ),
    mailRate: makeLimit("letters", LETTERS),
  };
}
