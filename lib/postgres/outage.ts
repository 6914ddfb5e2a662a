/**
 * Tells the operator when the database began to be out of reach and when it is back: once each,
 * however many connections suffer. Knows no connection.
 */

type Tell = (message: string, detail: string, level: "error" | "info") => void;

export class Outage {
  readonly #log: Tell;
  readonly #suffering = new Set<unknown>();

  /** @param log `detail` holds no password: it is what the server or the network said */
  constructor(log: Tell) {
    this.#log = log;
  }

  begin(who: unknown, reason: string): void {
    if (this.#suffering.size === 0) this.#log("The database is out of reach.", reason, "error");
    this.#suffering.add(who);
  }

  end(who: unknown): void {
    if (!this.#suffering.delete(who) || this.#suffering.size > 0) return;
    this.#log("The database is there again.", "", "info");
  }
}
