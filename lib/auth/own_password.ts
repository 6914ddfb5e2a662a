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
   * @param path the field in which it was typed
   */
  async prove(caller: Caller, password: string, path = "password"): Promise<void> {
    const { store, passwords, throttle } = this.options;
    const userId = caller.user.id;
    const matches = await countGuess(throttle.guessCurrent(userId), async () => {
      const hash = (await store.credentialsOf({ userId }))?.passwordHash ?? null;
      return await passwords.verify(hash, password, turnOf(userId)) || null;
    });
    if (matches === null) throw wrongCurrent(path);
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
    await this.prove(caller, current, "current");
    const passwordHash = await passwords.hash(password, turnOf(userId));
    const keepSession = caller.sessionId;
    await store.changePassword({ userId, passwordHash, keepSession, now: now() });
  }
}

/** At the slow step. */
function turnOf(userId: number): Turn {
  return { queue: "changes", key: String(userId) };
}
