/**
 * What a limit is: each key may be spent on a number of times at once, then once per interval. Who
 * counts asks for one by name and is told nothing of where the counts are kept: here alone, or on
 * every node.
 */

/** Whose spending is counted: a user's id, or what a stranger chose. */
export type LimitKey = string | number;

export interface LimitOptions {
  /** How many at once. */
  burst: number;
  /** How long until one is added back, ms. */
  every: number;
  /**
   * How many may be spent here before other nodes are told, where there are any. 1: each is told at
   * once. More: together with others', a moment later.
   */
  share: number;
}

export interface Limit<Key extends LimitKey> {
  /** How long until one is available, ms; 0: now. Takes none. */
  wait(key: Key): number;
  /** Takes one, whether or not there is one: call `wait` first. */
  take(key: Key): void;
  /** Takes one if there is one: 0, or the milliseconds until there is one. */
  spend(key: Key): number;
  /** Returns one that was not needed. */
  giveBack(key: Key): void;
  /** Restores all of it. */
  renew(key: Key): void;
}

/** @param name says which limit it is, on every node alike */
export type MakeLimit = <Key extends LimitKey>(name: string, options: LimitOptions) => Limit<Key>;

/** Lets everything pass. */
export const NO_LIMIT: Limit<LimitKey> = {
  wait: () => 0,
  take() {},
  spend: () => 0,
  giveBack() {},
  renew() {},
};
