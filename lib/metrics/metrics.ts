/**
 * What can be seen of the program: what its parts count, the page that shows it, traces. Made once for the
 * process, so that counters go on rising when the app starts anew. What writes the page is loaded
 * when it is first asked for.
 */
import type { EventLoop } from "../event_loop.ts";
import { type Counts, newCounts } from "./counts.ts";
import type { AppReading, ProcessReading } from "./families/family.ts";
import { LoopDelay } from "./loop_delay.ts";
import type { Tracing } from "./tracing.ts";

export type { AppReading, ProcessReading };

export interface MetricsOptions {
  /** Null where nobody traces. */
  tracing: Tracing | null;
  loop: Pick<EventLoop, "now" | "every">;
  process(): Omit<ProcessReading, "loopDelay" | "now">;
}

/** The page, with its content type. */
export interface MetricsPage {
  type: string;
  text: string;
}

export class Metrics {
  readonly counts: Counts = newCounts();
  readonly tracing: Tracing | null;
  readonly #delay: LoopDelay;
  #app: (() => AppReading) | null = null;

  constructor(private readonly options: MetricsOptions) {
    this.tracing = options.tracing;
    this.#delay = new LoopDelay(options.loop);
  }

  /** Reads from this app from now on, until the returned function is called. */
  watch(app: () => AppReading): () => void {
    this.#app = app;
    return () => {
      if (this.#app === app) this.#app = null;
    };
  }

  async page(): Promise<MetricsPage> {
    const loopDelay = this.#delay.ask();
    const { CONTENT_TYPE, writePage } = await import("./page.ts");
    const text = await writePage({
      counts: this.counts,
      app: this.#app?.() ?? null,
      process: { ...this.options.process(), now: this.options.loop.now(), loopDelay },
    });
    return { type: CONTENT_TYPE, text };
  }

  /** Ends the sampling. */
  close(): void {
    this.#delay.stop();
  }
}
