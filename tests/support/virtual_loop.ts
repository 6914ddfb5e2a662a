/** An event loop that tests turn by hand: time passes only when they say so. */
import type { EventLoop } from "../../lib/event_loop.ts";
import type { Ticks } from "../../lib/protocol/time.ts";

interface Task {
  at: number;
  order: number;
  run(): void;
}

export class VirtualLoop {
  #now = 1_000;
  #order = 0;
  #tasks: Task[] = [];

  readonly loop: EventLoop = {
    now: () => this.#now as Ticks,
    immediate: (run) => this.#add(this.#now, run),
    after: (ms, run) => this.#add(this.#now + ms, run),
    every: (ms, run) => {
      let stopped = false;
      const again = () => {
        if (stopped) return;
        run();
        this.#add(this.#now + ms, again);
      };
      this.#add(this.#now + ms, again);
      return () => {
        stopped = true;
      };
    },
    afterStart: (begin) => begin() ?? (() => {}),
  };

  /** Work that takes this long happens now. */
  spend(ms: number): void {
    this.#now += ms;
  }

  /** Runs everything due within `ms`, in order of time; microtasks run between tasks. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      this.#tasks.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = this.#tasks[0];
      if (next === undefined || next.at > end) break;
      this.#tasks.shift();
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settle();
    }
    this.#now = Math.max(this.#now, end);
  }

  #add(at: number, run: () => void): void {
    this.#tasks.push({ at, order: this.#order++, run });
  }
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}
