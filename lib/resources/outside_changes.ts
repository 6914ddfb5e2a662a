/**
 * Learns what the operator's commands have changed in an embedded database beside the server, so
 * that a disabled account is out within seconds. A shared database's nodes hear of it as of each
 * other's changes.
 */
import type { Bus } from "../bus/bus.ts";
import type { Notice } from "../chat/notice.ts";
import type { EventLoop } from "../event_loop.ts";
import type { Store } from "../store/store.ts";

/** Milliseconds between two looks. */
const LOOK_EVERY = 2_000;

export interface OutsideChangesOptions {
  store: Pick<Store, "eventsAfter">;
  bus: Pick<Bus<Notice>, "publish">;
  loop: Pick<EventLoop, "every">;
  /** What was changed before is known to whoever connects. */
  since: number;
}

/** Looks until the returned function is called. */
export function followOutsideChanges(
  { store, bus, loop, since }: OutsideChangesOptions,
): () => void {
  let after = 0;
  let looking = false;
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const { last, changes } = await store.eventsAfter({ after, since });
      after = last;
      if (changes.length > 0) bus.publish(changes);
    } catch {
      // The database has logged why; the next look finds what this one did not.
    } finally {
      looking = false;
    }
  }
  return loop.every(LOOK_EVERY, () => void look());
}
