/** Transactions on one SQLite connection, for use inside a Worker: each call blocks its thread. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Transaction } from "../transaction.ts";
import { settled, SqliteDriver } from "./driver.ts";
import { SQLITE_FAILURES } from "./failures.ts";
import type { HighWater } from "./high_water.ts";

type Runnable = Pick<StatementSync, "run">;

export class SqliteTransaction implements Transaction {
  readonly db: DatabaseSync;
  readonly driver: SqliteDriver;
  readonly failures = SQLITE_FAILURES;
  /** For the connection that writes, once the schema exists: counts its commits. */
  highWater: HighWater | null = null;
  // `exec` would hide SQLite's result code, which tells a full disk from a mistake.
  readonly #begin: Runnable;
  readonly #commit: Runnable;
  readonly #rollback: Runnable;
  readonly #dataVersion: Pick<StatementSync, "get">;
  #knownVersion = -1;
  #writesAtBegin = 0;

  /** @param begin `BEGIN IMMEDIATE` to write: the lock is taken first, never in the middle */
  constructor(db: DatabaseSync, begin: "BEGIN IMMEDIATE" | "BEGIN") {
    this.db = db;
    this.driver = new SqliteDriver(db);
    this.#begin = db.prepare(begin);
    this.#commit = db.prepare("COMMIT");
    this.#rollback = db.prepare("ROLLBACK");
    this.#dataVersion = db.prepare("PRAGMA data_version");
  }

  get state(): "none" | "open" {
    return this.db.isTransaction ? "open" : "none";
  }

  get writes(): number {
    return this.driver.writes;
  }

  begin(): Promise<void> {
    return settled(() => {
      this.#writesAtBegin = this.writes;
      this.#begin.run();
    });
  }

  commit(): Promise<void> {
    return settled(() => {
      // A batch of refusals leaves nothing to sync, and must not cause a sync.
      const highWater = this.writes === this.#writesAtBegin ? null : this.highWater;
      highWater?.committing();
      this.#commit.run();
      highWater?.committed();
    });
  }

  rollback(): Promise<void> {
    return settled(() => void this.#rollback.run());
  }

  savepoint(): Promise<void> {
    return settled(() => this.db.exec("SAVEPOINT operation"));
  }

  rollbackToSavepoint(): Promise<void> {
    return settled(() => this.db.exec("ROLLBACK TO operation"));
  }

  releaseSavepoint(): Promise<void> {
    return settled(() => this.db.exec("RELEASE operation"));
  }

  /**
   * Every write of this process goes through one connection; SQLite reports those of other
   * processes.
   */
  othersWrote(): boolean {
    const version = Number(this.#dataVersion.get()?.data_version);
    const changed = version !== this.#knownVersion;
    this.#knownVersion = version;
    return changed;
  }

  close(): void {
    this.highWater?.close();
    this.db.close();
  }
}
