/**
 * Takes away what erased people have left in rooms, a portion at a time, so that nobody's messages
 * wait. What was begun goes on after a restart, or on another node. It decides nothing.
 */
import type { Store } from "../store/store.ts";

/** Milliseconds between two portions, and between two looks for what another node has left. */
const PAUSE = 20;
const LOOK_EVERY = 60_000;

export interface ErasingOptions {
  store: Pick<Store, "eraseMore">;
  now(): number;
  loop: {
    after(ms: number, task: () => void): void;
    every(ms: number, task: () => void): () => void;
  };
}

export class Erasing {
  readonly #options: ErasingOptions;
  #working = false;
  #asked = false;
  #closed = false;

  constructor(options: ErasingOptions) {
    this.#options = options;
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    this.wake();
    const stop = this.#options.loop.every(LOOK_EVERY, () => this.wake());
    return () => {
      this.#closed = true;
      stop();
    };
  }

  /** There is something to take away. */
  wake(): void {
    this.#asked = true;
    if (this.#working || this.#closed) return;
    this.#working = true;
    void this.#work();
  }

  async #work(): Promise<void> {
    const { store, now } = this.#options;
    try {
      while (this.#asked && !this.#closed) {
        this.#asked = false;
        while (!this.#closed && await store.eraseMore({ now: now() })) await this.#pause();
      }
    } catch {
      // The database has logged why; the next look goes on where this one stopped.
    } finally {
      this.#working = false;
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#options.loop.after(PAUSE, resolve));
  }
}
