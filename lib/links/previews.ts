/**
 * Previews of links while the program runs: looks for messages that want some, several beside each
 * other, and takes away what no message shows any more. What fetches and reads pages is loaded with
 * the first of them.
 */
import { DueWork } from "../due_work.ts";
import type { EventLoop } from "../event_loop.ts";
import { TurnRunner } from "../jobs/turns.ts";
import type { Limit } from "../limits/limit.ts";
import type { JobCounts } from "../metrics/counts.ts";
import type { Logger } from "../program/log.ts";
import type { Store } from "../store/store.ts";
import type { MakeSmall } from "./look.ts";
import { type PictureStore, PreviewWork } from "./preview_work.ts";
import { createReadingTurns } from "./reading_turns.ts";

export interface PreviewsOptions {
  store: Pick<
    Store,
    | "giveUpJob"
    | "jobQueue"
    | "keepPreview"
    | "linksToShow"
    | "showLinks"
    | "sweepPreviews"
    | "takeJobs"
  >;
  /** As staff, or the host, have set it. */
  isWanted(): boolean;
  /** Whether the program may reach the open internet; asked once. */
  mayReachNetwork(): boolean;
  /** Origins under which this chat is reached. */
  origins: readonly string[];
  /** "host" or "host:port", which may be asked wherever they are. */
  trusted: readonly string[];
  /** Pages that one person's messages may have looked at, and how often one host is asked. */
  personRate: Limit<number>;
  hostRate: Limit<string>;
  /** In which language pages are asked for, best first: the header `Accept-Language`. */
  language(): string;
  makeSmall: MakeSmall | null;
  pictures: PictureStore | null;
  newKey(): string;
  isPassing(error: unknown): boolean;
  now(): number;
  loop: Pick<EventLoop, "every" | "after">;
  log: Pick<Logger, "error" | "warn">;
  counts: Pick<JobCounts, "done" | "failed">;
  /** Previews in one message. */
  most: number;
}

/** Pages that are looked at beside each other: each waits for somebody else's server. */
const PLACES = 4;
/** Of these, so many may be one person's: twenty links to who says nothing are not before others' one. */
const PLACES_A_PERSON = 2;
/** Milliseconds between two looks for what no message shows any more. */
const SWEEP_EVERY = 60_000;

export class Previews {
  readonly #options: PreviewsOptions;
  readonly #ending = new AbortController();
  readonly #runner: TurnRunner;
  readonly #sweeping: DueWork;
  /** Of all pages together. */
  readonly #turn: () => Promise<void>;
  #mayReach: boolean | null = null;

  constructor(options: PreviewsOptions) {
    const { isPassing, now, loop, log, store } = options;
    this.#options = options;
    this.#turn = createReadingTurns(loop);
    this.#runner = new TurnRunner({
      store,
      works: { preview: this.#work() },
      places: PLACES,
      placesAPerson: PLACES_A_PERSON,
      isPassing,
      now,
      loop,
      log,
      counts: options.counts,
    });
    this.#sweeping = new DueWork({ loop, now, every: SWEEP_EVERY, look: () => this.#sweep() });
  }

  /** Whether messages that are sent now get some. */
  isOn(): boolean {
    return this.#options.isWanted() && this.#reaches();
  }

  /** There may be something to look at. */
  wake(): void {
    this.#runner.wake();
  }

  /** Also what was left by a run before. */
  start(): void {
    this.wake();
    this.#sweeping.wake();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await Promise.all([this.#runner.close(), this.#sweeping.close()]);
  }

  #reaches(): boolean {
    if (this.#mayReach !== null) return this.#mayReach;
    this.#mayReach = this.#options.mayReachNetwork();
    if (!this.#mayReach) {
      this.#options.log.warn(
        "Links get no previews: the program may not reach the network (--allow-net); " +
          "CONFAB_LINK_PREVIEWS=off says that it need not",
      );
    }
    return this.#mayReach;
  }

  #work(): PreviewWork {
    const { store, origins, personRate, pictures, newKey, now, most } = this.#options;
    const own = new Set(origins.map((origin) => new URL(origin).host));
    return new PreviewWork({
      store,
      look: (url, signal) => this.#look(url, signal),
      isOwn: ({ host }) => own.has(host),
      mayLook: (userId) => personRate.spend(userId) === 0,
      isOn: () => this.isOn(),
      pictures,
      newKey,
      now,
      signal: this.#ending.signal,
      most,
    });
  }

  async #look(url: URL, signal: AbortSignal) {
    const { createLook } = await import("./looking.ts");
    const { hostRate, language, makeSmall, trusted } = this.#options;
    const turn = this.#turn;
    return await createLook({ hostRate, language, makeSmall, trusted, turn })(url, signal);
  }

  async #sweep(): Promise<null> {
    const { store, pictures, now } = this.#options;
    for (let more = true; more && !this.#sweeping.closed;) {
      const { swept, blobs } = await store.sweepPreviews({ now: now() });
      for (const blob of blobs) await pictures?.remove(blob);
      more = swept > 0;
    }
    return null;
  }
}
