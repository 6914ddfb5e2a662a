/**
 * The reader's own marks on their way to the server: the furthest of each room, told after a
 * short pause, and told again after a lost connection. It must not know how unread is counted.
 */
import type { Clock } from "./environment.ts";
import { RequestError } from "./request_error.ts";

/** Scrolling moves the mark many times; the server hears of it this often (ms). */
const MARK_PAUSE = 300;

export interface ReadMarks {
  mark(room: number, seq: number): void;
  /** The mark that the server may not know yet; 0 where there is none. */
  pending(room: number): number;
  /** The connection is up: tells what is left. */
  resume(): void;
  forget(room: number): void;
  stop(): void;
}

export function createReadMarks(
  clock: Clock,
  tell: (room: number, seq: number) => Promise<unknown>,
): ReadMarks {
  const marks = new Map<number, number>();
  let timer: unknown = null;

  function flush(): void {
    timer = null;
    for (const [room, seq] of marks) {
      const done = () => {
        if (marks.get(room) === seq) marks.delete(room);
      };
      tell(room, seq).then(done, (error: unknown) => {
        // Refused is done, too; unheard is told again after the next `ready`.
        if (error instanceof RequestError && error.code !== "offline") done();
      });
    }
  }

  return {
    mark(room, seq) {
      if (seq <= (marks.get(room) ?? 0)) return;
      marks.set(room, seq);
      timer ??= clock.setTimeout(flush, MARK_PAUSE);
    },
    pending: (room) => marks.get(room) ?? 0,
    resume() {
      clock.clearTimeout(timer);
      flush();
    },
    forget(room) {
      marks.delete(room);
    },
    stop() {
      clock.clearTimeout(timer);
      timer = null;
    },
  };
}
