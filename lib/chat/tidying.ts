/**
 * A user's room list, as connections and pages start with it. If strangers, or years of use, have
 * made it longer than it may be, idle rooms leave it first, a few rooms at a time, so that other
 * people's messages do not wait.
 */
import { toConfabError } from "../errors.ts";
import type { Store } from "../store/store.ts";

/** Rooms hidden per transaction: it takes a few milliseconds. */
const AT_ONCE = 250;

/** What `read` gives, with a list of all rooms that are not hidden. */
export async function tidied<Read extends { surplus: boolean }>(
  store: Store,
  userId: number,
  read: () => Promise<Read>,
): Promise<Read> {
  const found = await read();
  if (!found.surplus) return found;
  try {
    await tidy(store, userId);
  } catch (error) {
    // Nothing can be written just now: the start of the list is better than nothing.
    if (toConfabError(error).code === "unavailable") return found;
    throw error;
  }
  return await read();
}

async function tidy(store: Store, userId: number): Promise<void> {
  const surplus = await store.surplusRooms({ userId });
  for (let at = 0; at < surplus.length; at += AT_ONCE) {
    await store.hideRooms({ userId, rooms: surplus.slice(at, at + AT_ONCE) });
  }
}
