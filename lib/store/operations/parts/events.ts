/**
 * The table of durable events: written in the transaction that made the changes, read by every
 * process that did not (`changes.ts` says which changes those are). Knows no reader.
 */
import type { Driver } from "../../driver.ts";
import { type Change, type DurableChange, isDurable } from "../../changes.ts";

export interface StoredEvent {
  id: number;
  change: DurableChange;
}

/** Adds the durable ones among what this transaction changed; returns them with their ids. */
export async function insertEvents(
  db: Driver,
  changes: readonly Change[],
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (const change of changes) {
    if (!isDurable(change)) continue;
    const id = await db.insert("INSERT INTO events (body) VALUES (?)", [JSON.stringify(change)]);
    events.push({ id, change });
  }
  return events;
}
