/**
 * Work that waits in the database and is looked for: at the start, when somebody says that there is
 * some, when the next is due, and now and then for what another node has planned or left. One look at
 * a time. It knows no work.
 */
import type { EventLoop } from "./event_loop.ts";

export interface DueWorkOptions {
  /**
   * Does what is due. Gives the time of what comes next, in milliseconds since the epoch; null if
   * there is nothing, or nobody knows. What it throws ends this look alone: the database has logged
   * why, and the next look goes on.
   */
  look(): Promise<number | null>;
  /** Milliseconds from one look to the next, at the most. */
  every: number;
  /** Milliseconds since the epoch. */
  now(): number;
  loop: Pick<EventLoop, "every">;
}

export class DueWork {
  readonly #options: DueWorkOptions;
  #working: Promise<void> | null = null;
  #again = false;
  #closed = false;
  /** The one timer: when it rings. */
  #alarm = Infinity;
  #silence: () => void = () => {};

  constructor(options: DueWorkOptions) {
    this.#options = options;
  }

  /** A look that takes long asks this between two steps. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Something may be due. */
  wake(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#working ??= this.#work().finally(() => this.#working = null);
  }

  /** Something is due then: where that is far away, a look before it will find it. */
  at(time: number): void {
    if (time < this.#alarm) this.#ringAt(time);
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#silence();
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      this.#silence();
      this.#alarm = Infinity;
      const next = await this.#options.look().catch(() => null);
      // What was said while it looked may be sooner than what it has found.
      this.#ringAt(Math.min(next ?? Infinity, this.#alarm));
    }
  }

  #ringAt(time: number): void {
    this.#silence();
    if (this.#closed) return;
    const { now, every, loop } = this.#options;
    this.#alarm = Math.min(time, now() + every);
    const stop = loop.every(Math.max(1, this.#alarm - now()), () => {
      stop();
      this.#alarm = Infinity;
      this.wake();
    });
    this.#silence = stop;
  }
}
