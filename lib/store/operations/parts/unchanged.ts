/**
 * What somebody was given is given to them again while nothing at all was committed: a page, and a
 * moment later its connection, begin with the same. Only where the database tells that; else, and
 * where others write all the time, each is read anew. Knows no value.
 */
import type { Driver } from "../../driver.ts";
import type { KeptKind } from "../../kept.ts";

export interface AsRead<Value> {
  version: number;
  value: Value;
}

/** @param key whose it is: everything else that decides the answer must be in the database */
export async function unlessWritten<Value>(
  db: Driver,
  kind: KeptKind<AsRead<Value>>,
  key: number,
  read: { value(): Promise<Value>; bytesOf(value: Value): number },
): Promise<Value> {
  const version = await db.version();
  if (version === null) return await read.value();
  const kept = db.shelf.of(kind);
  const known = kept.get(key);
  if (known?.version === version) return known.value;
  const value = await read.value();
  kept.set(key, { version, value }, read.bytesOf(value));
  return value;
}
