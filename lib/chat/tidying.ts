/**
 * A user's list of rooms as connections and pages begin with it. Where strangers, or years, have
 * made it longer than it may be, what is idle goes out of it first, a few rooms at a time: others'
 * messages are not to wait for it.
 */
import { toConfabError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { Snapshot } from "../store/contract/sync.ts";

/** Rooms that one transaction hides: some milliseconds. */
const AT_ONCE = 250;

/** The snapshot with a list that holds all that is not hidden. */
export async function tidySnapshot(store: Store, userId: number): Promise<Snapshot> {
  const snapshot = await store.snapshot({ userId });
  if (!snapshot.surplus) return snapshot;
  try {
    await tidy(store, userId);
  } catch (error) {
    // Nothing can be written just now: the beginning of the list is better than nothing.
    if (toConfabError(error).code === "unavailable") return snapshot;
    throw error;
  }
  return await store.snapshot({ userId });
}

async function tidy(store: Store, userId: number): Promise<void> {
  const surplus = await store.surplusRooms({ userId });
  for (let at = 0; at < surplus.length; at += AT_ONCE) {
    await store.hideRooms({ userId, rooms: surplus.slice(at, at + AT_ONCE) });
  }
}
