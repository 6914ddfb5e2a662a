/**
 * Sees to it that nobody stays connected without the second factor that the host requires: not when
 * it is required from now on, not by a new role, not when their last one is taken away. Requests are
 * refused one by one; a socket that is open would go on. It must not know sockets.
 */

/** Milliseconds until it is tried again where the store could not be asked. */
const PAUSE = 1_000;

export interface EnforcedFactorOptions {
  /** Whether anybody has to have one, now. */
  isRequired(): boolean;
  /** Ends what these people may not have open; null: everybody. Rejects if that cannot be told. */
  recheck(people: ReadonlySet<number> | null): Promise<void>;
  loop: { after(ms: number, task: () => void): void };
  log(message: string, error: unknown): void;
}

export class EnforcedFactor {
  readonly #options: EnforcedFactorOptions;
  #everybody = false;
  #people = new Set<number>();
  #working = false;
  #failing = false;
  #closed = false;

  constructor(options: EnforcedFactorOptions) {
    this.#options = options;
  }

  /** More people than before may have to have one. */
  required(): void {
    this.#everybody = true;
    this.#wake();
  }

  /** Somebody's role or factors may have changed. */
  changed(userId: number): void {
    if (!this.#options.isRequired()) return;
    this.#people.add(userId);
    this.#wake();
  }

  close(): void {
    this.#closed = true;
  }

  #wake(): void {
    if (this.#working) return;
    this.#working = true;
    void this.#work();
  }

  async #work(): Promise<void> {
    while (!this.#closed && (this.#everybody || this.#people.size > 0)) {
      const people = this.#everybody ? null : this.#people;
      this.#everybody = false;
      this.#people = new Set();
      try {
        if (this.#options.isRequired()) await this.#options.recheck(people);
        this.#failing = false;
      } catch (error) {
        this.#again(people, error);
        await new Promise<void>((resolve) => this.#options.loop.after(PAUSE, resolve));
      }
    }
    this.#working = false;
  }

  #again(people: ReadonlySet<number> | null, error: unknown): void {
    if (people === null) this.#everybody = true;
    for (const id of people ?? []) this.#people.add(id);
    if (this.#failing) return;
    this.#failing = true;
    this.#options.log("cannot tell who lacks a second factor; it is tried again", error);
  }
}
