/** The messages of an outbox as a list: what is in it, whose turn it is, what may leave. Pure. */
import type { OutboxRecord } from "./outbox_storage.ts";

/** A message in the outbox, with what is known of it in this tab alone. */
export interface Entry extends OutboxRecord {
  /** It would survive the closing of the tab, as far as this browser lets it. */
  stored: boolean;
  /** The server has it, at this revision of its room; it shows until its `message` event came. */
  ackedRev: number | null;
}

/** Puts an entry in its place, instead of an earlier state of the same. */
export function placed(entries: readonly Entry[], entry: Entry): Entry[] {
  const others = entries.filter((other) => other.clientId !== entry.clientId);
  return [...others, entry].sort((a, b) => a.order - b.order);
}

export function isWaiting({ ackedRev, state }: Entry): boolean {
  return ackedRev === null && state === "pending";
}

/**
 * Of each room the first that waits: were two under way, the server could refuse the first and take
 * the second. `rests`: nothing of this room may be sent just now.
 */
export function firstOfEachRoom(
  entries: readonly Entry[],
  rests: (room: number) => boolean,
): Entry[] {
  const seen = new Set<number>();
  return entries.filter((entry) => {
    if (!isWaiting(entry) || seen.has(entry.room) || rests(entry.room)) return false;
    seen.add(entry.room);
    return true;
  });
}

/** Without what is acknowledged and shown by its room, which is known up to there. */
export function unreleased(
  entries: readonly Entry[],
  known: (room: number) => number | null,
): Entry[] {
  return entries.filter(({ room, ackedRev }) =>
    ackedRev === null || (known(room) ?? Infinity) < ackedRev
  );
}
