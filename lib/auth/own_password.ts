/**
 * What somebody who is signed in does with their own password: shows that they know it, and changes
 * it. It must not know sessions' tokens or HTTP.
 */
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import type { Passwords } from "./password.ts";
import { refuseWeakPassword, wrongCurrent } from "./refusals.ts";
import { countGuess, type Throttle } from "./throttle.ts";
import type { Turn } from "./turns.ts";

export interface OwnPasswordOptions {
  store: Pick<Store, "changePassword" | "credentialsOf">;
  passwords: Passwords;
  throttle: Throttle;
  now(): Timestamp;
}

export class OwnPassword {
  constructor(private readonly options: OwnPasswordOptions) {}

  /**
   * `forbidden` if it is not the caller's, also where they have none; `rate_limited`.
   */
  async prove(caller: Caller, password: string): Promise<void> {
    await this.#proven(caller, password, "password");
  }

  /** The hash that it was compared with. */
  async #proven(caller: Caller, password: string, path: string): Promise<string> {
    const { store, passwords, throttle } = this.options;
    const userId = caller.user.id;
    const proven = await countGuess(throttle.guessCurrent(userId), async () => {
      const hash = (await store.credentialsOf({ userId }))?.passwordHash ?? null;
      return await passwords.verify(hash, password, turnOf(userId)) ? hash : null;
    });
    if (proven === null) throw wrongCurrent(path);
    return proven;
  }

  /** Whether the account has one at all: one that came from a provider may have none. */
  async exists({ user: { id: userId } }: Caller): Promise<boolean> {
    return Boolean((await this.options.store.credentialsOf({ userId }))?.passwordHash);
  }

  /** See `Auth`. */
  async change(caller: Caller, current: string, password: string): Promise<void> {
    const { store, passwords, now } = this.options;
    const userId = caller.user.id;
    refuseWeakPassword(password, caller.user.username);
    const proven = await this.#proven(caller, current, "current");
    const passwordHash = await passwords.hash(password, turnOf(userId));
    const keepSession = caller.sessionId;
    // Meanwhile its owner may have set another one, against somebody who knows this one.
    await store.changePassword({ userId, passwordHash, proven, keepSession, now: now() });
  }
}

/** At the slow step. */
function turnOf(userId: number): Turn {
  return { queue: "changes", key: String(userId) };
}
