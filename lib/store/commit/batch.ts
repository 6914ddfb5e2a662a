/**
 * Runs a batch of operations on one SQLite connection: writes in one transaction with one
 * commit, reads in one consistent view. Knows no threads and no queue.
 *
 * Group commit (DeWitt et al., SIGMOD 1984): the commit waits for the disk once, however many
 * operations it holds, so that a hundred writers cost about as much as one.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Driver } from "../driver.ts";
import { OPERATIONS } from "../operations/table.ts";
import type { Operation, OperationName } from "../operations/operation.ts";
import { type AnyWrite, shorten } from "./brief.ts";
import type { SqliteDriver } from "../sqlite/driver.ts";
import type { HighWater } from "../sqlite/high_water.ts";
import { describe, isStorageFailure, toWireError, unavailable } from "../sqlite/failures.ts";
import type { BatchReply, BatchRequest, WireError } from "./wire.ts";
import { SeriesRunner } from "./series.ts";

/** A connection, and the statements that frame transactions on it. */
export interface Connection {
  db: DatabaseSync;
  driver: SqliteDriver;
  begin: Pick<StatementSync, "run">;
  commit: Pick<StatementSync, "run">;
  rollback: Pick<StatementSync, "run">;
  series: SeriesRunner;
  /** Of the connection that writes, once the schema is there. */
  highWater: HighWater | null;
}

export function closeConnection({ db, highWater }: Connection): void {
  highWater?.close();
  db.close();
}

/** `exec` would hide SQLite's result code, by which a full disk is told from a mistake. */
export function prepareConnection(
  db: DatabaseSync,
  driver: SqliteDriver,
  begin: "BEGIN IMMEDIATE" | "BEGIN",
): Connection {
  const dataVersion = db.prepare("PRAGMA data_version");
  return {
    db,
    driver,
    begin: db.prepare(begin),
    commit: db.prepare("COMMIT"),
    rollback: db.prepare("ROLLBACK"),
    series: new SeriesRunner(driver, () => Number(dataVersion.get()?.data_version)),
    highWater: null,
  };
}

/**
 * All that succeed are durable when this answers. An operation that fails leaves nothing behind
 * and fails alone; where storage fails, nothing of the batch is kept and every operation fails.
 */
export async function writeBatch(on: Connection, batch: BatchRequest): Promise<BatchReply> {
  try {
    return await attempt(on, batch, "plain") ?? await attempt(on, batch, "guarded") ??
      refuseAll(batch, "a guarded batch asked for guards");
  } catch (thrown) {
    on.series.forget();
    return refuseAll(batch, describe(thrown));
  } finally {
    if (on.db.isTransaction) on.rollback.run();
  }
}

/**
 * Nearly every refusal is thrown before an operation's first write and leaves nothing to undo, so
 * savepoints (a seventh of a small write's cost) are not set at first. When an operation did fail
 * halfway, all is rolled back and `null` asks for another attempt, "guarded" with a savepoint for
 * each operation: they may be run again, nobody has been answered yet.
 */
async function attempt(
  on: Connection,
  batch: BatchRequest,
  mode: "plain" | "guarded",
): Promise<BatchReply | null> {
  const outcomes = new Array<unknown>(batch.names.length);
  const errors = new Map<number, WireError>();
  let wrote = false;
  on.begin.run();
  if (mode === "plain") on.series.begin();
  for (const [index, name] of batch.names.entries()) {
    on.driver.wrote = false;
    if (mode === "guarded") on.db.exec("SAVEPOINT operation");
    try {
      const operation = findWrite(name);
      const written = mode === "plain"
        ? await on.series.run(operation, batch.inputs[index])
        : await operation.run(on.driver, batch.inputs[index]);
      outcomes[index] = shorten(operation, written);
    } catch (thrown) {
      if (isStorageFailure(thrown) || !on.db.isTransaction) throw thrown;
      if (mode === "plain" && on.driver.wrote) return undo(on);
      if (mode === "guarded") on.db.exec("ROLLBACK TO operation");
      errors.set(index, toWireError(thrown));
    }
    if (mode === "guarded") on.db.exec("RELEASE operation");
    wrote ||= on.driver.wrote;
  }
  try {
    if (mode === "plain") await on.series.finish();
    wrote ||= on.driver.wrote;
  } catch (thrown) {
    if (isStorageFailure(thrown) || !on.db.isTransaction) throw thrown;
    return undo(on);
  }
  // A batch that only refused leaves nothing to sync, and is not to make something.
  if (wrote) on.highWater?.committing();
  on.commit.run();
  if (wrote) on.highWater?.committed();
  return { type: "batch", outcomes, errors, failure: null };
}

function undo(on: Connection): null {
  on.series.forget();
  on.rollback.run();
  return null;
}

function refuseAll(batch: BatchRequest, failure: string): BatchReply {
  const errors = new Map(batch.names.map((_, index) => [index, unavailable()]));
  return { type: "batch", outcomes: [], errors, failure };
}

/** Every operation of the batch sees the same state; one that fails, fails alone. */
export async function readBatch(on: Connection, batch: BatchRequest): Promise<BatchReply> {
  const outcomes = new Array<unknown>(batch.names.length);
  const errors = new Map<number, WireError>();
  try {
    on.begin.run();
    for (const [index, name] of batch.names.entries()) {
      try {
        outcomes[index] = await findRead(name).run(on.driver, batch.inputs[index]);
      } catch (thrown) {
        errors.set(index, toWireError(thrown));
      }
    }
    return { type: "batch", outcomes, errors, failure: null };
  } catch (thrown) {
    return refuseAll(batch, describe(thrown));
  } finally {
    if (on.db.isTransaction) on.rollback.run();
  }
}

type AnyRead = Extract<Operation<unknown, unknown>, { kind: "read" }>;

// The casts: an input that crossed a thread has lost its type. The store's own methods, which
// are typed, are the only ones that send here, each with the input of its name.

function findWrite(name: OperationName): AnyWrite {
  const operation = OPERATIONS[name] as Operation<unknown, unknown>;
  if (operation.kind !== "write") throw new Error(`Cannot write with ${name}: it reads.`);
  return operation;
}

function findRead(name: OperationName): AnyRead {
  const operation = OPERATIONS[name] as Operation<unknown, unknown>;
  if (operation.kind !== "read") throw new Error(`Cannot read with ${name}: it writes.`);
  return operation;
}

/** One transaction of its own, for migrations. */
export async function inTransaction(
  on: Connection,
  step: (db: Driver) => Promise<void>,
): Promise<void> {
  on.begin.run();
  try {
    await step(on.driver);
    on.commit.run();
  } finally {
    if (on.db.isTransaction) on.rollback.run();
  }
}
