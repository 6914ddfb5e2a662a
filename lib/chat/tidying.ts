/**
 * A user's room list, as connections and pages start with it. If strangers, or years of use, have
 * made it longer than it may be, idle rooms leave it first, a few rooms at a time, so that other
 * people's messages do not wait.
 */
import { toConfabError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { Snapshot } from "../store/contract/sync.ts";

/** Rooms hidden per transaction: it takes a few milliseconds. */
const AT_ONCE = 250;

/** The snapshot, with a list of all rooms that are not hidden. */
export async function tidySnapshot(store: Store, userId: number): Promise<Snapshot> {
  const snapshot = await store.snapshot({ userId });
  if (!snapshot.surplus) return snapshot;
  try {
    await tidy(store, userId);
  } catch (error) {
    // Nothing can be written just now: the start of the list is better than nothing.
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
