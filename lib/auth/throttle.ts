/**
 * How often somebody may try to log in: by address, so that nobody floods the server, and by
 * account, so that a password cannot be guessed from many addresses. Places where an account was
 * signed in before are counted separately: strangers, however many, cannot lock its owner out. It
 * must not know whether an account exists: every name is counted alike. The arithmetic is in
 * docs/decisions/0017.
 *
 * Counts live in the processes, and a restart forgets those of its own. Several nodes tell each other
 * (docs/decisions/0030); a node that hears nothing of the others allows its share.
 */
import { ConfabError } from "../errors.ts";
import { limitsOfOneNode } from "../limits/allowance.ts";
import type { Limit, MakeLimit } from "../limits/limit.ts";
import { RecentMap } from "../limits/recent_map.ts";
import { usernameKey } from "../protocol/mentions.ts";
import type { Ticks } from "../protocol/time.ts";
import { addressBlock, addressNetwork, addressRegion } from "./address.ts";
import { deviceName } from "./device.ts";

/** Longer than any real name's key; a stranger's name need not be kept whole. */
const KEY_LENGTH = 96;
const KNOWN_PLACES = 10_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface ThrottleOptions {
  /** Signups and logins per minute and address; 0 turns off every limit in this file. */
  authRate: number;
  ticks(): Ticks;
  /** Makes the limits; without it, this process alone counts. */
  makeLimit?: MakeLimit;
}

/** Where an account is or was signed in, as its sessions say. */
export interface KnownPlace {
  address: string;
  /** By `deviceName`. */
  device: string;
}

/** One guess at a password, counted as wrong until it is confirmed. */
export interface Attempt {
  /** It comes from a place where the account was signed in before. */
  readonly known: boolean;
  /** The password was right: the guess does not count. */
  succeeded(): void;
  /** There was no answer (the store was down): it does not count. */
  cancelled(): void;
}

/** Methods that throw, throw `rate_limited` with `retryAfter`. */
export interface Throttle {
  /** Throws when `knock` would; counts nothing. */
  mayKnock(address: string): void;
  /** A signup or login from this address. */
  knock(address: string): void;
  /** An account is about to be created. */
  signup(address: string): void;
  /**
   * A guess at an account's password. `places`: where it is signed in; none for an unknown name.
   */
  guessLogin(
    username: string,
    client: { address: string; userAgent: string | null },
    places: readonly KnownPlace[],
  ): Attempt;
  /** A letter is asked for, for whoever this is: a name or an address, known or not. */
  askForLetter(address: string, asked: string): void;
  /** A guess by a signed-in user at the password they want to change. */
  guessCurrent(userId: number): Attempt;
  /** A look at what an invitation's code says: one that is open does not count. */
  guessInvite(address: string): Attempt;
}

/** A limit, and the key that a guess is counted under. */
type Counted = readonly [limit: Limit<string>, key: string];

export function createThrottle(options: ThrottleOptions): Throttle {
  return options.authRate <= 0 ? OFF : new CountingThrottle(options);
}

class CountingThrottle implements Throttle {
  readonly #knocks: Limit<string>;
  readonly #signups: Limit<string>;
  /** Of one address, whatever the account. */
  readonly #wrongByAddress: Limit<string>;
  /** Of one account: from a place it knows, from a network, a region, from everywhere. */
  readonly #fromPlace: Limit<string>;
  readonly #fromNetwork: Limit<string>;
  readonly #fromRegion: Limit<string>;
  readonly #fromAnywhere: Limit<string>;
  readonly #changes: Limit<string>;
  readonly #ownGuesses: Limit<string>;
  /** Letters: asked for from one address, and for one account. */
  readonly #lettersFrom: Limit<string>;
  readonly #lettersFor: Limit<string>;
  readonly #invites: Limit<string>;
  readonly #knownPlaces = new RecentMap<string, true>(KNOWN_PLACES);

  constructor({ authRate, ticks, makeLimit = limitsOfOneNode(ticks) }: ThrottleOptions) {
    const allow = (name: string, burst: number, every: number) =>
      makeLimit<string>(name, { burst, every, share: 1 });
    // A knock costs its sender nothing: other nodes hear only of those who knock again and again.
    const share = Math.max(1, Math.ceil(authRate / 30));
    this.#knocks = makeLimit("knocks", { burst: authRate, every: MINUTE / authRate, share });
    this.#signups = allow("signups", Math.min(authRate, 60), 5 * SECOND);
    this.#wrongByAddress = allow("address", Math.min(authRate, 100), 6 * SECOND);
    this.#fromPlace = allow("place", 11, MINUTE);
    this.#fromNetwork = allow("network", 11, MINUTE);
    this.#fromRegion = allow("region", 2, HOUR);
    this.#fromAnywhere = allow("anywhere", 100, HOUR / 100);
    this.#changes = allow("changes", 12, 5 * MINUTE);
    this.#ownGuesses = allow("own", 11, MINUTE);
    this.#lettersFrom = allow("letters from", 20, MINUTE);
    this.#lettersFor = allow("letters for", 3, 10 * MINUTE);
    this.#invites = allow("invites", Math.min(authRate, 60), 6 * SECOND);
  }

  mayKnock(address: string): void {
    refuseBeyond([[this.#knocks, addressBlock(address)]]);
  }

  knock(address: string): void {
    takeAll([[this.#knocks, addressBlock(address)]]);
  }

  signup(address: string): void {
    takeAll([[this.#signups, addressBlock(address)]]);
  }

  askForLetter(address: string, asked: string): void {
    const account = usernameKey(asked).slice(0, KEY_LENGTH);
    takeAll([[this.#lettersFrom, addressBlock(address)], [this.#lettersFor, account]]);
  }

  guessLogin(...[username, client, places]: Parameters<Throttle["guessLogin"]>): Attempt {
    const account = usernameKey(username).slice(0, KEY_LENGTH);
    const block = addressBlock(client.address);
    const device = deviceName(client.userAgent);
    // Separated by a line break: no part contains one, so no name can look like a name and an
    // address.
    const home = `${account}\n${block}`;
    const here = `${home}\n${device}`;
    const sameBlock = places.filter(({ address }) => addressBlock(address) === block);
    const isKnown = (key: string, is: boolean) => is || this.#knownPlaces.get(key) !== undefined;
    const knownHere = isKnown(here, sameBlock.some((place) => place.device === device));
    const known = knownHere || isKnown(home, sameBlock.length > 0);
    const counted: Counted[] = known
      ? [[this.#fromPlace, knownHere ? here : home]]
      : this.#strangersCounts(account, client.address);
    takeAll(counted);
    return {
      known,
      succeeded: () => {
        for (const key of [home, here]) this.#knownPlaces.set(key, true);
        if (known) this.#fromPlace.renew(knownHere ? here : home);
        else giveBackAll(counted);
      },
      cancelled: () => giveBackAll(counted),
    };
  }

  /**
   * All regions together share this many guesses per hour. When those are used up, a region with
   * hardly any guesses still has its own: people from there can log in.
   */
  #strangersCounts(account: string, address: string): Counted[] {
    const region = `${account}\n${addressRegion(address)}`;
    const ownRegion = this.#fromAnywhere.wait(account) > 0 && this.#fromRegion.wait(region) === 0;
    return [
      [this.#wrongByAddress, addressBlock(address)],
      [this.#fromNetwork, `${account}\n${addressNetwork(address)}`],
      ownRegion ? [this.#fromRegion, region] : [this.#fromAnywhere, account],
    ];
  }

  guessCurrent(userId: number): Attempt {
    const key = String(userId);
    const counted: Counted[] = [[this.#changes, key], [this.#ownGuesses, key]];
    takeAll(counted);
    return {
      known: true,
      succeeded: () => this.#ownGuesses.renew(key),
      cancelled: () => giveBackAll(counted),
    };
  }

  guessInvite(address: string): Attempt {
    const counted: Counted[] = [[this.#invites, addressBlock(address)]];
    takeAll(counted);
    const giveBack = () => giveBackAll(counted);
    return { known: false, succeeded: giveBack, cancelled: giveBack };
  }
}

/** Runs a guess and settles its count: right, wrong (`null`), or no answer (throws). */
export async function countGuess<T>(
  attempt: Attempt,
  guess: () => Promise<T | null>,
): Promise<T | null> {
  try {
    const answer = await guess();
    if (answer !== null) attempt.succeeded();
    return answer;
  } catch (error) {
    attempt.cancelled();
    throw error;
  }
}

/** Counts first, compares second: a thousand guesses at once count as a thousand. */
function takeAll(counted: readonly Counted[]): void {
  refuseBeyond(counted);
  for (const [limit, key] of counted) limit.take(key);
}

function giveBackAll(counted: readonly Counted[]): void {
  for (const [limit, key] of counted) limit.giveBack(key);
}

function refuseBeyond(counted: readonly Counted[]): void {
  const retryAfter = Math.max(...counted.map(([limit, key]) => limit.wait(key)));
  if (retryAfter === 0) return;
  throw new ConfabError("rate_limited", "Too many attempts. Wait a little, then try again.", {
    retryAfter,
  });
}

const uncounted = (): Attempt => ({ known: false, succeeded() {}, cancelled() {} });

const OFF: Throttle = {
  mayKnock() {},
  knock() {},
  signup() {},
  askForLetter() {},
  guessLogin: uncounted,
  guessCurrent: uncounted,
  guessInvite: uncounted,
};
