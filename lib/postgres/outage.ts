/**
 * Tells the operator when the database began to be out of reach and when it is back: once each,
 * however many connections suffer. Knows no connection.
 */

export class Outage {
  readonly #log: (message: string, detail: string) => void;
  readonly #suffering = new Set<unknown>();

  /** @param log `detail` holds no password: it is what the server or the network said */
  constructor(log: (message: string, detail: string) => void) {
    this.#log = log;
  }

  begin(who: unknown, reason: string): void {
    if (this.#suffering.size === 0) this.#log("The database is out of reach.", reason);
    this.#suffering.add(who);
  }

  end(who: unknown): void {
    if (!this.#suffering.delete(who) || this.#suffering.size > 0) return;
    this.#log("The database is there again.", "");
  }
}
