/**
 * Whether this node may pass on what it hears: not if it has not seen the database for a while, for
 * it may have missed that somebody was removed. Whoever delivers asks at that moment: a process that
 * was stopped for a minute finds its queues full before any timer of its own has run.
 */
import type { NodesCounts } from "../../metrics/counts.ts";
import type { Ticks } from "../../protocol/time.ts";

/** Milliseconds without a completed sweep after which nothing is passed on. */
const LONGEST = 4_000;

export interface GateClocks {
  /** Monotonic, but stands still while the machine sleeps. */
  monotonic(): Ticks;
  /** Wall clock, ms since the epoch: goes on meanwhile. */
  wall(): number;
}

export class Gate {
  readonly #clocks: GateClocks;
  #monotonic = -Infinity;
  #wall = -Infinity;

  constructor(clocks: GateClocks, private readonly counts: Pick<NodesCounts, "gateClosedMs">) {
    this.#clocks = clocks;
  }

  get isOpen(): boolean {
    const { monotonic, wall } = this.#clocks;
    // A wall clock that is set forward closes it until the next sweep, which is soon.
    return monotonic() - this.#monotonic <= LONGEST && wall() - this.#wall <= LONGEST;
  }

  /** A sweep has completed which began at these times. */
  swept(began: { monotonic: Ticks; wall: number }): void {
    const closed = this.#clocks.monotonic() - this.#monotonic - LONGEST;
    if (closed > 0 && Number.isFinite(closed)) this.counts.gateClosedMs += closed;
    this.#monotonic = began.monotonic;
    this.#wall = began.wall;
  }
}
