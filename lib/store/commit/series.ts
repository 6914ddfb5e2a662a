/**
 * Runs writes one after the other, and what comes in a row of one operation as its series. What a
 * series has read it may go on using, also in the next transaction, as long as nobody has written
 * what could make it untrue: on this connection every write comes through here, and the transaction
 * says whether others may have written. Knows no operation by name.
 */
import type { Series, Written } from "../operations/operation.ts";
import type { Transaction } from "../transaction.ts";
import type { AnyWrite } from "./brief.ts";

export class SeriesRunner {
  readonly #transaction: Transaction;
  #operation: AnyWrite | null = null;
  #series: Series<unknown, unknown> | null = null;
  /** How much had been written when the operation at hand began. */
  #writesBefore = 0;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  /** At the begin of each transaction, when nobody else can write any more. */
  begin(): void {
    if (this.#transaction.othersWrote()) this.forget();
  }

  async run(operation: AnyWrite, input: unknown): Promise<Written<unknown>> {
    this.#writesBefore = this.#transaction.writes;
    if (operation === this.#operation && this.#series !== null) return this.#series.run(input);
    await this.finish();
    this.#writesBefore = this.#transaction.writes; // what `finish` wrote is to be kept
    if (!operation.independent) this.forget();
    const { driver } = this.#transaction;
    if (operation.series === undefined) return await operation.run(driver, input);
    this.#operation = operation;
    this.#series = operation.series(driver);
    return await this.#series.run(input);
  }

  /** Whether the operation that was run last has written anything, or `finish` for it. */
  hasWritten(): boolean {
    return this.#transaction.writes !== this.#writesBefore;
  }

  /** Before a commit. Where it throws, what the series wrote is to be undone. */
  async finish(): Promise<void> {
    await this.#series?.finish();
  }

  /** After a transaction was undone: what was read in it may not be so. */
  forget(): void {
    this.#operation = this.#series = null;
  }
}
