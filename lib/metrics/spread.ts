/**
 * How values spread over fixed bounds: what a histogram shows, counted in plain numbers. Adding
 * takes some 10 ns; a library's histogram takes 0.8 µs, which is as much as a delivery. It knows
 * neither names nor units.
 */
export class Spread {
  /** How many values lie at or below `bounds[i]` and above the bound before; the last: above all. */
  readonly #counts: Float64Array;
  #sum = 0;

  /** @param bounds ascending */
  constructor(readonly bounds: readonly number[]) {
    this.#counts = new Float64Array(bounds.length + 1);
  }

  add(value: number): void {
    const { bounds } = this;
    let index = 0;
    while (index < bounds.length && value > bounds[index]!) index++;
    this.#counts[index]! += 1;
    this.#sum += value;
  }

  get sum(): number {
    return this.#sum;
  }

  get count(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** How many values lie at or below each bound. */
  cumulative(): number[] {
    let sum = 0;
    return this.bounds.map((_, index) => sum += this.#counts[index]!);
  }
}

/** Milliseconds that work and waiting take, from half of one to ten seconds. */
export const DURATIONS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
/** Milliseconds of an HTTP request. Fewer, because each route has its own. */
export const REQUEST_DURATIONS = [2.5, 10, 25, 100, 500, 2_500, 10_000];
/** How many operations share a batch. */
export const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
