/**
 * A transaction that answers later, as a database over the network does, and breaks as PostgreSQL
 * does: after a failed statement nothing can be run but a rollback, a COMMIT then undoes everything,
 * and another transaction may be in the way. What it stores, it stores in SQLite.
 */
import type { Driver, Value } from "../../../lib/store/driver.ts";
import type { SqliteTransaction } from "../../../lib/store/sqlite/transaction.ts";
import type { Failures, Transaction } from "../../../lib/store/transaction.ts";

export class Conflict extends Error {}
export class ConnectionLost extends Error {}

export class PooledTransaction implements Transaction {
  /** What was done, without the statements: "begin", "savepoint", "commit", … */
  readonly steps: string[] = [];
  /** Thrown by the next statement that writes such a thing; each once. */
  readonly faults: { at: RegExp; thrown: Error }[] = [];
  /** Thrown by the next commits. */
  readonly commitFaults: Error[] = [];
  readonly driver: Driver;
  readonly failures: Failures;
  readonly #inner: SqliteTransaction;
  #aborted = false;

  constructor(inner: SqliteTransaction) {
    this.#inner = inner;
    const { driver } = inner;
    const ask = <T>(sql: string, parameters: readonly Value[], run: () => Promise<T>) =>
      this.#statement(sql, parameters, run);
    this.driver = {
      shelf: driver.shelf,
      version: () => driver.version(),
      all: <Row>(sql: string, p: readonly Value[]) => ask(sql, p, () => driver.all<Row>(sql, p)),
      get: <Row>(sql: string, p: readonly Value[]) => ask(sql, p, () => driver.get<Row>(sql, p)),
      run: (sql, p) => ask(sql, p, () => driver.run(sql, p)),
      insert: (sql, p) => ask(sql, p, () => driver.insert(sql, p)),
      lockRoom: () => ask("lock the room", [], () => driver.lockRoom()),
      lockUser: () => ask("lock the user", [], () => driver.lockUser()),
      lockNames: () => ask("lock the names", [], () => driver.lockNames()),
    };
    this.failures = {
      kindOf: (thrown) =>
        thrown instanceof Conflict
          ? "conflict"
          : thrown instanceof ConnectionLost
          ? "storage"
          : inner.failures.kindOf(thrown),
      describe: (thrown) => inner.failures.describe(thrown),
    };
  }

  get state(): "none" | "open" | "aborted" {
    return this.#inner.state === "open" && this.#aborted ? "aborted" : this.#inner.state;
  }

  get writes(): number {
    return this.#inner.writes;
  }

  begin = () => this.#step("begin", () => this.#inner.begin());
  rollback = () => this.#step("rollback", () => this.#inner.rollback());
  savepoint = () => this.#step("savepoint", () => this.#inner.savepoint());
  releaseSavepoint = () => this.#step("release", () => this.#inner.releaseSavepoint());
  rollbackToSavepoint = () => this.#step("undo", () => this.#inner.rollbackToSavepoint());

  async commit(): Promise<void> {
    const fault = this.commitFaults.shift();
    if (this.#aborted || fault !== undefined) {
      await this.rollback();
      throw fault ?? new Error("the COMMIT was answered with ROLLBACK");
    }
    await this.#step("commit", () => this.#inner.commit());
  }

  /** Others write as well, and nobody says when. */
  othersWrote(): boolean {
    return true;
  }

  async #step(name: string, run: () => Promise<void>): Promise<void> {
    this.steps.push(name);
    await aRoundTrip();
    if (["begin", "rollback", "undo"].includes(name)) this.#aborted = false;
    await run();
  }

  async #statement<T>(
    sql: string,
    _parameters: readonly Value[],
    run: () => Promise<T>,
  ): Promise<T> {
    await aRoundTrip();
    if (this.#aborted) throw new Error("the transaction is aborted");
    const fault = this.faults.findIndex(({ at }) => at.test(sql));
    try {
      if (fault >= 0) throw this.faults.splice(fault, 1)[0]!.thrown;
      return await run();
    } catch (thrown) {
      this.#aborted = true;
      throw thrown;
    }
  }
}

function aRoundTrip(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
