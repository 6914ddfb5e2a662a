/** The messages of an outbox as a list: what is in it, whose turn it is, what may leave. Pure. */
import type { OutboxRecord } from "./outbox_storage.ts";

/** A message in the outbox, with what only this tab knows about it. */
export interface Entry extends OutboxRecord {
  /** It would survive closing the tab, as far as this browser allows. */
  stored: boolean;
  /** The server has it, at this revision of its room; it shows until its `message` event came. */
  ackedRev: number | null;
}

/** Puts an entry in its place, replacing its earlier state. */
export function placed(entries: readonly Entry[], entry: Entry): Entry[] {
  const others = entries.filter((other) => other.clientId !== entry.clientId);
  return [...others, entry].sort((a, b) => a.order - b.order);
}

export function isWaiting({ ackedRev, state }: Entry): boolean {
  return ackedRev === null && state === "pending";
}

/**
 * The first waiting message of each room: with two on their way, the server could refuse the first
 * and accept the second. `rests`: nothing in this room may be sent now; `complete`: what goes with it
 * has arrived. No message waits for the files of another.
 */
export function firstOfEachRoom(
  entries: readonly Entry[],
  rests: (room: number) => boolean,
  complete: (entry: Entry) => unknown = () => true,
): Entry[] {
  const seen = new Set<number>();
  return entries.filter((entry) => {
    if (!isWaiting(entry) || seen.has(entry.room) || rests(entry.room) || !complete(entry)) {
      return false;
    }
    seen.add(entry.room);
    return true;
  });
}

/** Drops what is acknowledged and already shown by its room. */
export function unreleased(
  entries: readonly Entry[],
  known: (room: number) => number | null,
): Entry[] {
  return entries.filter(({ room, ackedRev }) =>
    ackedRev === null || (known(room) ?? Infinity) < ackedRev
  );
}
