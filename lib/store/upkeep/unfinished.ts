/**
 * How far a copy into a database has come, kept in that database, in the transactions that write the
 * rows. As long as it is there the schema's version is written with a minus, so that no server
 * takes half a chat for a whole one.
 */
import type { Driver } from "../driver.ts";
import { BEGINNING, type Position } from "./copy.ts";

export interface UnfinishedCopy {
  /** What is copied. */
  instance: string;
  epoch: string;
  position: Position;
  /** Rows that were copied so far. */
  rows: number;
}

export async function beginCopy(
  db: Driver,
  { instance, epoch }: Pick<UnfinishedCopy, "instance" | "epoch">,
): Promise<void> {
  await db.run(
    `CREATE TABLE copying (
      instance TEXT NOT NULL, epoch TEXT NOT NULL, position TEXT NOT NULL, copied BIGINT NOT NULL
    )`,
    [],
  );
  await db.run("INSERT INTO copying (instance, epoch, position, copied) VALUES (?, ?, ?, 0)", [
    instance,
    epoch,
    JSON.stringify(BEGINNING),
  ]);
  await db.run("UPDATE schema_version SET version = -version WHERE version > 0", []);
}

/** Only of a database whose version is negative. */
export async function findCopy(db: Driver): Promise<UnfinishedCopy | null> {
  const row = await db.get<
    { instance: string; epoch: string; position: string; copied: number }
  >("SELECT instance, epoch, position, copied FROM copying", []);
  if (row === undefined) return null;
  const { instance, epoch, position, copied } = row;
  return { instance, epoch, position: JSON.parse(position) as Position, rows: copied }; // our own
}

export async function advanceCopy(db: Driver, position: Position, rows: number): Promise<void> {
  await db.run("UPDATE copying SET position = ?, copied = copied + ?", [
    JSON.stringify(position),
    rows,
  ]);
}

/** The chat is whole; does nothing where no copy was begun. */
export async function finishCopy(db: Driver): Promise<void> {
  await db.run("DROP TABLE IF EXISTS copying", []);
  await db.run("UPDATE schema_version SET version = -version WHERE version < 0", []);
}
