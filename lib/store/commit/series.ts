/**
 * Runs writes one after the other, and what comes in a row of one operation as its series. What a
 * series has read it may go on using, also in the next transaction, as long as nobody has written
 * what could make it untrue: in this process every write comes through here, and SQLite says
 * whether another process wrote. Knows no operation by name.
 */
import type { Series, Written } from "../operations/operation.ts";
import type { AnyWrite } from "./brief.ts";
import type { SqliteDriver } from "../sqlite/driver.ts";

export class SeriesRunner {
  #operation: AnyWrite | null = null;
  #series: Series<unknown, unknown> | null = null;
  #version = -1;

  /**
   * @param dataVersion changes whenever another connection has changed the database
   * (`PRAGMA data_version`)
   */
  constructor(
    private readonly driver: SqliteDriver,
    private readonly dataVersion: () => number,
  ) {}

  /** At the begin of each transaction, when nobody else can write any more. */
  begin(): void {
    const version = this.dataVersion();
    if (version !== this.#version) this.forget();
    this.#version = version;
  }

  async run(operation: AnyWrite, input: unknown): Promise<Written<unknown>> {
    if (operation === this.#operation && this.#series !== null) return this.#series.run(input);
    await this.finish();
    this.driver.wrote = false; // should this operation be refused, it has written nothing itself
    if (!operation.independent) this.forget();
    if (operation.series === undefined) return await operation.run(this.driver, input);
    this.#operation = operation;
    this.#series = operation.series(this.driver);
    return await this.#series.run(input);
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
