/**
 * What is noted about the batches of a queue, for who wants to know: numbers, and a span for each
 * traced operation. Knows no queue and no operation.
 */
import type { LaneCounts } from "../../metrics/counts.ts";
import type { TracePlace, Tracing } from "../../metrics/tracing.ts";

export interface LaneWatchOptions {
  /** Nothing is counted without. */
  counts?: LaneCounts | undefined;
  /** Null where nobody traces. Each operation gets a span of its own for the batch it shares. */
  tracing?: Tracing | null | undefined;
  /** The spans' name. */
  name: string;
}

/** The end of a batch, once: why nothing was kept, "lost" if that is not known, or null. */
export type EndBatch = (failure: string | null) => void;

export const LOST = "lost";

export class LaneWatch {
  constructor(private readonly options: LaneWatchOptions) {}

  /** Where in a trace the caller is. */
  here(): TracePlace | null {
    return this.options.tracing?.here() ?? null;
  }

  /** So many operations wait, so many batches are under way. */
  moved(waiting: number, busy: number): void {
    const { counts } = this.options;
    if (counts === undefined) return;
    counts.waiting = waiting;
    counts.busy = busy;
  }

  begin(batch: readonly { place: TracePlace | null }[]): EndBatch {
    const endSpans = this.#beginSpans(batch);
    const startedAt = performance.now();
    return (failure) => {
      this.#count(batch.length, performance.now() - startedAt, failure);
      endSpans(failure);
    };
  }

  #count(size: number, ms: number, failure: string | null): void {
    const { counts } = this.options;
    if (counts === undefined) return;
    if (failure === LOST) return void (counts.lost += 1);
    counts.operations.add(size);
    counts.duration.add(ms);
    if (failure !== null) counts.failed += 1;
  }

  #beginSpans(batch: readonly { place: TracePlace | null }[]): EndBatch {
    const { tracing, name } = this.options;
    if (!tracing) return () => {};
    const attributes = { "confab.batch.operations": batch.length };
    const spans = batch.flatMap(({ place }) =>
      place === null ? [] : [tracing.begin(name, place, attributes)]
    );
    return (failure) => {
      for (const span of spans) failure === null ? span.end() : span.fail("unavailable");
    };
  }
}
