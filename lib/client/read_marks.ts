/**
 * The user's own read marks on their way to the server: the furthest of each room, sent after a
 * short pause, and again after a lost connection. It must not know how unread messages are counted.
 */
import type { Clock } from "./environment.ts";
import { RequestError } from "./request_error.ts";

/** Scrolling moves the mark many times; it is sent this often (ms). */
const MARK_PAUSE = 300;

export class ReadMarks {
  readonly #clock: Clock;
  readonly #tell: (room: number, seq: number) => Promise<unknown>;
  readonly #marks = new Map<number, number>();
  /** What was sent and is not answered. */
  readonly #asked = new Map<number, Promise<unknown>>();
  /** The open room whose mark was set back: what is on the screen does not move it. */
  #held: number | null = null;
  #timer: unknown = null;

  constructor(clock: Clock, tell: (room: number, seq: number) => Promise<unknown>) {
    this.#clock = clock;
    this.#tell = tell;
  }

  mark(room: number, seq: number): void {
    if (seq <= this.pending(room)) return;
    this.#marks.set(room, seq);
    this.#timer ??= this.#clock.setTimeout(() => this.#flush(), MARK_PAUSE);
  }

  /** The mark that the server may not know yet; 0 if there is none. */
  pending(room: number): number {
    return this.#marks.get(room) ?? 0;
  }

  /** Until the room is left, its mark stays where the reader has set it. */
  hold(room: number): void {
    this.#held = room;
    this.forget(room);
  }

  isHeld(room: number): boolean {
    return this.#held === room;
  }

  release(): void {
    this.#held = null;
  }

  /** Resolves when nothing that was sent for the room can still move its mark. Never rejects. */
  async settled(room: number): Promise<void> {
    await this.#asked.get(room)?.catch(() => {});
  }

  /** The connection is up: sends what is left. */
  resume(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#flush();
  }

  forget(room: number): void {
    this.#marks.delete(room);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #flush(): void {
    this.#timer = null;
    for (const [room, seq] of this.#marks) {
      const done = () => {
        if (this.pending(room) === seq) this.forget(room);
      };
      const asked = this.#tell(room, seq);
      this.#asked.set(room, asked);
      asked.then(done, (error: unknown) => {
        // A refused mark is done, too; an unanswered one is sent again after the next `ready`.
        if (error instanceof RequestError && error.code !== "offline") done();
      });
    }
  }
}
