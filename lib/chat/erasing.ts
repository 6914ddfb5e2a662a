/**
 * Takes away what erased people have left in rooms, a portion at a time, so that nobody's messages
 * wait. What was begun goes on after a restart, or on another node. It decides nothing.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import type { EventLoop } from "../event_loop.ts";
import type { Store } from "../store/store.ts";

/** Milliseconds between two portions, and between two looks for what another node has left. */
const PAUSE = 20;
const LOOK_EVERY = 60_000;

interface ErasingOptions extends Pick<DueWorkOptions, "now"> {
  store: Pick<Store, "eraseMore">;
  loop: Pick<EventLoop, "after" | "every">;
}

export class Erasing {
  readonly #options: ErasingOptions;
  readonly #due: DueWork;

  constructor(options: ErasingOptions) {
    this.#options = options;
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#eraseAll() });
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    this.wake();
    return () => void this.#due.close();
  }

  /** There is something to take away. */
  wake(): void {
    this.#due.wake();
  }

  async #eraseAll(): Promise<null> {
    const { store, now } = this.#options;
    while (!this.#due.closed && await store.eraseMore({ now: now() })) await this.#pause();
    return null;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#options.loop.after(PAUSE, resolve));
  }
}
