/**
 * What the database says about itself: its name, the name of its history, and whether it can write.
 */
import type { Driver } from "../driver.ts";
import type { DurableChange } from "../changes.ts";
import { storedName } from "./parts/beginnings.ts";
import { type Input, NO_CHANGES, read, writeUnordered } from "./operation.ts";

export const epoch = read((db: Driver, _input: undefined) => storedName(db, "epoch"));

export const instance = read((db: Driver, _input: undefined) => storedName(db, "instance"));

/**
 * What a probe writes: as much as a busy commit. If only the last few pages of a disk are free, one
 * byte still fits but messages do not.
 */
const PROBE_CHARACTERS = 65_536;

export const probe = writeUnordered(async (db: Driver, input: { now: number }) => {
  await db.run(
    `INSERT INTO meta (key, value) VALUES ('probed_at', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [String(input.now).padEnd(PROBE_CHARACTERS)],
  );
  return { result: undefined, changes: NO_CHANGES };
});

export const eventsAfter = read(async (db: Driver, input: Input<"eventsAfter">) => {
  const rows = await db.all<{ id: number; body: string }>(
    "SELECT id, body FROM events WHERE id > ? AND at >= ? ORDER BY id LIMIT 500",
    [input.after, input.since],
  );
  return {
    last: rows.at(-1)?.id ?? input.after,
    changes: rows.map(({ body }) => JSON.parse(body) as DurableChange), // as they were written
  };
});
