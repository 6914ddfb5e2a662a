/**
 * When sessions were last seen: at most one write per minute each, many in one batch, and no timer.
 * Due writes happen when the next request is authenticated. It must not know tokens.
 */
import type { Ticks, Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";

/** A session's mark is updated when it is this old, in milliseconds. */
const PRECISION = 60_000;
/** How long a mark may wait for others, in milliseconds. */
const BATCH_DELAY = 5_000;
const BATCH_SIZE = 500;

export interface LastSeen {
  /** Somebody used this session, whose stored mark is `lastSeen`. Never throws. */
  note(session: { id: number; lastSeen: Timestamp }, address: string): void;
  /** Writes pending marks, and resolves when nothing is being written. */
  flush(): Promise<void>;
}

export function createLastSeen(
  { store, now, ticks }: {
    store: Pick<Store, "touchSessions">;
    now(): Timestamp;
    /** Measures how long a mark waits. */
    ticks(): Ticks;
  },
): LastSeen {
  let waiting = new Map<number, { id: number; at: Timestamp; address: string }>();
  let oldest = ticks();
  let writing: Promise<void> = Promise.resolve();

  return { note, flush };

  function note(session: { id: number; lastSeen: Timestamp }, address: string): void {
    const at = now();
    if (at - session.lastSeen >= PRECISION) {
      if (waiting.size === 0) oldest = ticks();
      waiting.set(session.id, { id: session.id, at, address });
    }
    if (waiting.size >= BATCH_SIZE || (waiting.size > 0 && ticks() - oldest >= BATCH_DELAY)) {
      void flush();
    }
  }

  function flush(): Promise<void> {
    if (waiting.size > 0) {
      const seen = [...waiting.values()];
      waiting = new Map();
      writing = writing.then(() => write(seen));
    }
    return writing;
  }

  async function write(seen: { id: number; at: Timestamp; address: string }[]): Promise<void> {
    try {
      await store.touchSessions({ seen });
    } catch {
      // A lost mark is written within a minute of the next use; it is no reason to fail.
    }
  }
}
