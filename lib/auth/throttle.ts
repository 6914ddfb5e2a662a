/**
 * How often somebody may try to get in: counted by the client's address, so that nobody floods
 * the server with hashing, and by account, so that a password cannot be guessed from many
 * addresses. It must not know whether an account exists: every name is counted alike.
 *
 * Counts live in this process: with several nodes each allows its share, and a restart forgets.
 */
import type { RateLimiterMemory } from "rate-limiter-flexible";
import { ConfabError } from "../errors.ts";
import { usernameKey } from "../protocol/mentions.ts";
import { addressBlock } from "./address.ts";
import { RecentMap } from "./recent_map.ts";

/** Longer than any real name's key; a stranger's name need not be kept whole. */
const KEY_LENGTH = 96;
const KNOWN_CLIENTS = 10_000;

/** Not in the import itself, where Deno would see it and look for the package at each start. */
const LIMITER = "rate-limiter-flexible";

export interface ThrottleOptions {
  /** Signups and logins a minute from one address; 0 turns every limit of this file off. */
  authRate: number;
  /** Wrong passwords for one account in `failureWindow` before attempts are slowed. */
  failures?: number;
  /** Milliseconds. */
  failureWindow?: number;
  /** Milliseconds between attempts once slowed. */
  slowInterval?: number;
  /** Milliseconds in which `authRate` is counted; a minute but in tests. */
  rateWindow?: number;
}

/** One guess at a password, counted as wrong until it is said to be right. */
export interface Attempt {
  /** The password was right: the count begins anew. */
  succeeded(): void;
  /** It came to no answer (the store was down): it does not count. */
  cancelled(): void;
}

/** Every method throws `rate_limited` with `retryAfter`. */
export interface Throttle {
  /** A signup or login from this address. */
  knock(address: string): Promise<void>;
  /**
   * A guess at an account's password. Clients from where it was signed in to before are counted
   * apart, so that a stranger's wrong guesses do not keep the owner out.
   */
  guessLogin(username: string, address: string): Promise<Attempt>;
  /** A guess by somebody signed in, at the password that they want to change. */
  guessCurrent(userId: number): Promise<Attempt>;
  /** Drops every count, and the timers that would. */
  close(): Promise<void>;
}

export function createThrottle(options: ThrottleOptions): Throttle {
  if (options.authRate <= 0) return OFF;
  const { failures = 10, failureWindow = 15 * 60_000, slowInterval = 60_000 } = options;
  const counting = {
    byAddress: { points: options.authRate, window: options.rateWindow ?? 60_000 },
    byAccount: { points: failures, window: failureWindow },
    slowly: { points: 1, window: slowInterval },
  };
  let counts: Promise<Counts> | null = null;
  /** Loaded with the first attempt: a start need not wait for the library. */
  const count = () => counts ??= loadCounts(counting);
  const knownClients = new RecentMap<string, true>(KNOWN_CLIENTS);

  return { knock, guessLogin, guessCurrent, close };

  async function knock(address: string): Promise<void> {
    const { byAddress } = await count();
    const refused = await consume(byAddress, addressBlock(address));
    if (refused !== null) throw rateLimited(refused);
  }

  async function guessLogin(username: string, address: string): Promise<Attempt> {
    const account = `name ${usernameKey(username).slice(0, KEY_LENGTH)}`;
    // A space parts them: usernames hold none, so that no name can pass for name and address.
    const client = `client ${account} ${addressBlock(address)}`;
    const attempt = await guess(knownClients.get(client) ? client : account);
    return {
      succeeded() {
        knownClients.set(client, true);
        attempt.succeeded();
      },
      cancelled: attempt.cancelled,
    };
  }

  function guessCurrent(userId: number): Promise<Attempt> {
    return guess(`id ${userId}`);
  }

  /** Counts first and compares after: a thousand guesses at once are a thousand guesses. */
  async function guess(key: string): Promise<Attempt> {
    const { byAccount, slowly } = await count();
    const isOver = await consume(byAccount, key) !== null;
    const refused = isOver ? await consume(slowly, key) : null;
    if (refused !== null) throw rateLimited(refused);
    return {
      succeeded() {
        void byAccount.delete(key);
        void slowly.delete(key);
      },
      cancelled() {
        void byAccount.reward(key);
        if (isOver) void slowly.delete(key);
      },
    };
  }

  async function close(): Promise<void> {
    for (const each of Object.values(await counts ?? {})) {
      for (const { key } of each.dump().storage) void each.delete(key);
    }
  }
}

const OFF: Throttle = {
  knock: () => Promise.resolve(),
  guessLogin: () => Promise.resolve({ succeeded() {}, cancelled() {} }),
  guessCurrent: () => Promise.resolve({ succeeded() {}, cancelled() {} }),
  close: () => Promise.resolve(),
};

type Counts = Record<"byAddress" | "byAccount" | "slowly", RateLimiterMemory>;

async function loadCounts(
  { byAddress, byAccount, slowly }: Record<keyof Counts, { points: number; window: number }>,
): Promise<Counts> {
  const { RateLimiterMemory }: typeof import("rate-limiter-flexible") = await import(LIMITER);
  const limiter = (keyPrefix: string, { points, window }: { points: number; window: number }) =>
    new RateLimiterMemory({ keyPrefix, points, duration: window / 1000 });
  return {
    byAddress: limiter("address", byAddress),
    byAccount: limiter("account", byAccount),
    slowly: limiter("slow", slowly),
  };
}

/** Takes one point; `null`, or the milliseconds until there is one again. */
async function consume(counts: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await counts.consume(key);
    return null;
  } catch (refusal) {
    if (isRefusal(refusal)) return Math.max(1, refusal.msBeforeNext);
    throw refusal;
  }
}

/** The library rejects with its result, which is no Error. */
function isRefusal(thrown: unknown): thrown is { msBeforeNext: number } {
  return !(thrown instanceof Error) && typeof thrown === "object" && thrown !== null &&
    "msBeforeNext" in thrown;
}

function rateLimited(retryAfter: number): ConfabError {
  return new ConfabError("rate_limited", "Too many attempts. Wait a little, then try again.", {
    retryAfter,
  });
}
