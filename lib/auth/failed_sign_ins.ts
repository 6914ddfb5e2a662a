/**
 * Tells the audit log of sign-ins that failed, for the store to keep those of staff. Nobody waits for
 * it, so that the answer to a wrong password takes as long for staff as for a name that is not there;
 * and of a flood of guesses it tells some: the log is never cut. It must not know who is staff.
 */
import { limitsOfOneNode } from "../limits/allowance.ts";
import type { Limit } from "../limits/limit.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import type { ThrottleOptions } from "./throttle.ts";

const MINUTE = 60_000;

export interface FailedSignInOptions extends Pick<ThrottleOptions, "ticks" | "makeLimit"> {
  store: Pick<Store, "noteFailedSignIn">;
  now(): Timestamp;
}

export class FailedSignIns {
  readonly #options: FailedSignInOptions;
  readonly #told: Limit<number>;
  readonly #writing = new Set<Promise<void>>();

  constructor(options: FailedSignInOptions) {
    const { makeLimit = limitsOfOneNode(options.ticks) } = options;
    this.#options = options;
    this.#told = makeLimit<number>("failures told", { burst: 10, every: 5 * MINUTE, share: 1 });
  }

  /** Never throws. */
  note(userId: number, step: "password" | "second", address: string): void {
    if (this.#told.spend(userId) > 0) return;
    const { store, now } = this.#options;
    // A line that cannot be written is no reason to refuse anybody.
    const writing = store.noteFailedSignIn({ userId, step, address, now: now() }).catch(() => {});
    this.#writing.add(writing);
    void writing.then(() => this.#writing.delete(writing));
  }

  /** Resolves when nothing is being written. */
  async flush(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
