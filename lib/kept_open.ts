/**
 * Keeps something open that breaks: opens it again after longer and longer pauses, asks it for a
 * sign of life, and says once that it is away and once that it is back. It does not know what it
 * keeps.
 */
import type { EventLoop } from "./event_loop.ts";
import type { Logger } from "./program/log.ts";

export interface Openable {
  /** Called once when it ends by itself. */
  onEnd(listener: (error: Error) => void): void;
  /** A sign of life; may take as long as it likes. */
  check(): Promise<void>;
  close(): void;
}

export interface KeptOpenOptions<Thing> {
  /**
   * Rejects if it cannot be opened now. With `operator: true` in the error only a person can help,
   * and is told.
   */
  open(): Promise<Thing>;
  loop: EventLoop;
  /** From 0 to 1. */
  random(): number;
  log: Logger;
  /** The sentence that is logged when it has gone, and the one when it is there again. */
  says: { away: string; back: string };
}

/** How often a sign of life is asked for, milliseconds. */
const CHECK_EVERY = 1_000;
/**
 * After so many times without an answer it is given up: a server that stands still ends no
 * connection. Times and not a clock: this process may have stood still itself.
 */
const PATIENCE = 3;
/** Pauses between attempts, milliseconds. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

export class KeptOpen<Thing extends Openable> {
  #current: Thing | null = null;
  #closed = false;
  /** How often it was time for a sign of life since one was asked for; 0: none is awaited. */
  #waiting = 0;
  #awaySince: number | null = null;
  /** What the log said in this outage. */
  readonly #told = new Set<unknown>();
  readonly #listeners = new Set<() => void>();
  readonly #stopChecking: () => void;

  private constructor(private readonly options: KeptOpenOptions<Thing>) {
    this.#stopChecking = options.loop.every(CHECK_EVERY, () => this.#check());
  }

  /** Opens it for the first time. Rejects if it cannot be opened. */
  static async start<Thing extends Openable>(
    options: KeptOpenOptions<Thing>,
  ): Promise<KeptOpen<Thing>> {
    const first = await options.open();
    const kept = new KeptOpen(options);
    kept.#use(first);
    return kept;
  }

  /** `null` while it is away. */
  get current(): Thing | null {
    return this.#current;
  }

  /** Called each time it is open again; the returned function removes the listener. */
  onReturn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#stopChecking();
    this.#listeners.clear();
    this.#current?.close();
    this.#current = null;
  }

  #use(thing: Thing): void {
    this.#current = thing;
    this.#waiting = 0;
    thing.onEnd((error) => this.#lose(thing, error));
  }

  #check(): void {
    const thing = this.#current;
    if (thing === null) return;
    this.#waiting += 1;
    if (this.#waiting > PATIENCE) return this.#lose(thing, new Error("it does not answer"));
    if (this.#waiting > 1) return;
    thing.check().then(
      () => {
        if (this.#current === thing) this.#waiting = 0;
      },
      (error) => this.#lose(thing, error),
    );
  }

  #lose(thing: Thing, error: Error): void {
    if (this.#current !== thing) return;
    this.#current = null;
    thing.close();
    this.#awaySince = this.options.loop.now();
    this.#told.clear();
    this.#say(error);
    this.#openLater(0, FIRST_PAUSE);
  }

  /** @param pause what the next one is at most, if this attempt fails */
  #openLater(wait: number, pause: number): void {
    const { loop, random } = this.options;
    loop.after(wait, async () => {
      if (this.#closed) return;
      try {
        this.#return(await this.options.open());
      } catch (error) {
        if (this.#closed) return;
        if (error instanceof Error && "operator" in error && error.operator) this.#say(error);
        // Half of it by chance: all servers lost it at the same moment.
        this.#openLater(pause * (1 + random()) / 2, Math.min(2 * pause, LONGEST_PAUSE));
      }
    });
  }

  #return(thing: Thing): void {
    if (this.#closed) return thing.close();
    const { loop, log, says } = this.options;
    this.#use(thing);
    log.info(says.back, { seconds: Math.round((loop.now() - (this.#awaySince ?? 0)) / 100) / 10 });
    this.#awaySince = null;
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        log.error("a listener failed on a return", { error });
      }
    }
  }

  /** Each reason once in an outage, however long it lasts. */
  #say(error: Error): void {
    const reason = "reason" in error ? error.reason : error.message;
    if (this.#told.has(reason)) return;
    this.#told.add(reason);
    this.options.log.warn(this.options.says.away, { reason });
  }
}
