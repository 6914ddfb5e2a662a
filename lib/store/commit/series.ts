/**
 * Runs writes one after another, and consecutive calls of one operation as its series. A series may
 * keep using what it has read, even in the next transaction, as long as nobody has written anything
 * that could make it stale: on this connection every write comes through here, and the transaction
 * says whether others may have written. Knows no operation by name.
 */
import type { Series, Written } from "../operations/operation.ts";
import type { Transaction } from "../transaction.ts";
import type { AnyWrite } from "./brief.ts";

export class SeriesRunner {
  readonly #transaction: Transaction;
  #operation: AnyWrite | null = null;
  #series: Series<unknown, unknown> | null = null;
  /** How many statements had been written when the current operation began. */
  #writesBefore = 0;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  /** Called at the start of each transaction, once nobody else can write. */
  begin(): void {
    if (this.#transaction.othersWrote()) this.forget();
  }

  async run(operation: AnyWrite, input: unknown): Promise<Written<unknown>> {
    this.#writesBefore = this.#transaction.writes;
    if (operation === this.#operation && this.#series !== null) return this.#series.run(input);
    await this.finish();
    this.#writesBefore = this.#transaction.writes; // keep what `finish` wrote
    if (!operation.independent) this.forget();
    const { driver } = this.#transaction;
    if (operation.series === undefined) return await operation.run(driver, input);
    this.#operation = operation;
    this.#series = operation.series(driver);
    return await this.#series.run(input);
  }

  /** Whether the last operation, or `finish` for it, has written anything. */
  hasWritten(): boolean {
    return this.#transaction.writes !== this.#writesBefore;
  }

  /** Called before a commit. If it throws, what the series wrote must be undone. */
  async finish(): Promise<void> {
    await this.#series?.finish();
  }

  /** Called after a transaction was undone: what was read in it may be wrong. */
  forget(): void {
    this.#operation = this.#series = null;
  }
}
