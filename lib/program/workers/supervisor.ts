/**
 * Keeps a number of workers running: starts them one after the other, starts those again that end
 * unasked, and stops all of them together. It knows no process and no port.
 */
import type { Logger } from "../log.ts";
import type { Worker, WorkerEnd } from "./worker_process.ts";

export interface SupervisorOptions {
  /** How many. */
  count: number;
  /** @param nth from 1 */
  start(nth: number): Worker;
  log: Logger;
  /** Waits; in milliseconds. */
  pause(ms: number): Promise<void>;
  /** Milliseconds of a clock that nobody sets. */
  ticks(): number;
}

/** Before the first attempt to start a worker again, doubled with each that fails. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30_000;
/** A worker that ran for so long was started well. */
const WELL_STARTED = 60_000;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #running = new Map<number, Worker>();
  readonly #keeping: Promise<void>[] = [];
  readonly #stop = Promise.withResolvers<void>();
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /**
   * Starts all of them, one after the other: what keeps one from starting keeps the others, and is
   * to be told once. Resolves with their address, or with how the one that could not start ended;
   * the others are stopped then.
   */
  async start(): Promise<{ address: string } | { failed: WorkerEnd }> {
    let address = "";
    for (let nth = 1; nth <= this.#options.count && !this.#stopping; nth++) {
      const worker = this.#begin(nth);
      const first = await Promise.race([worker.ready, worker.ended]);
      if (typeof first !== "string") {
        if (this.#stopping) break;
        await this.stop("SIGTERM");
        return { failed: first };
      }
      address = first;
      this.#keeping.push(this.#keep(nth, worker));
    }
    return { address };
  }

  /** Sends the signal to all and waits until all have ended. */
  async stop(signal: Deno.Signal): Promise<void> {
    this.#stopping = true;
    this.#stop.resolve();
    const running = [...this.#running.values()];
    running.forEach((worker) => worker.kill(signal));
    await Promise.all([...running.map(({ ended }) => ended), ...this.#keeping]);
  }

  /** Ends all of them at once. */
  kill(): void {
    for (const worker of this.#running.values()) worker.kill("SIGKILL");
  }

  #begin(nth: number): Worker {
    const worker = this.#options.start(nth);
    this.#running.set(nth, worker);
    return worker;
  }

  async #keep(nth: number, first: Worker): Promise<void> {
    const { log, pause, ticks } = this.#options;
    let wait = FIRST_PAUSE;
    for (let worker = first;; worker = this.#begin(nth)) {
      const since = ticks();
      const end = await worker.ended;
      this.#running.delete(nth);
      if (this.#stopping) return;
      const lasted = ticks() - since;
      if (lasted >= WELL_STARTED) wait = FIRST_PAUSE;
      log.error("a worker ended unasked; it is started again", {
        worker: nth,
        pid: worker.pid,
        ...(end.signal === null ? { code: end.code } : { signal: end.signal }),
        pause: wait,
      });
      await Promise.race([pause(wait), this.#stop.promise]);
      if (this.#stopping) return;
      wait = Math.min(LONGEST_PAUSE, wait * 2);
    }
  }
}
