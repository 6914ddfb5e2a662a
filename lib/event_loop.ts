/** The event loop, as schedulers see it. All times in milliseconds. It knows no schedule itself. */
import type { Ticks } from "./protocol/time.ts";

/**
 * How long to delay work that the first page does not need: the database's threads alone would
 * delay it by 31 ms (docs/decisions/0021).
 */
const START_OVER = 100;

/** How often `whenCalm` looks, and how much later than that the loop may be: it rests for less. */
const LOOK_EVERY = 50;
const LATE = 2;
/** So many looks in a row: between two halves of a crowd the loop waits for the database. */
const CALM_LOOKS = 4;
/** On a machine that is always busy, calm never comes. */
const PATIENCE = 10_000;

/** The event loop, injected, so that tests control it. */
export interface EventLoop {
  /** Monotonic: it measures every duration in the server. */
  now(): Ticks;
  /** Runs the task after everything queued now. */
  immediate(task: () => void): void;
  after(ms: number, task: () => void): void;
  /** Repeats until the returned function is called. */
  every(ms: number, task: () => void): () => void;
  /**
   * Begins a little later, when startup should be over; the returned function cancels or stops it.
   */
  afterStart(begin: () => (() => void) | void): () => void;
}

/**
 * Goes on once what has come from outside meanwhile had its turn, too: a millisecond later, at least.
 * One `immediate` after another lets hardly a request in, however long that goes on.
 */
export function letOthersIn(loop: Pick<EventLoop, "after">, task: () => void): void {
  loop.after(0, task);
}

/**
 * Does a task of some hundred milliseconds, all in one piece, once the loop has kept its time for a
 * while, or after ten seconds: the many who come at once after a restart go first. The returned
 * function cancels it.
 */
export function whenCalm(loop: Pick<EventLoop, "now" | "every">, task: () => void): () => void {
  const latest = loop.now() + PATIENCE;
  let due = loop.now() + LOOK_EVERY;
  let calm = 0;
  const stop = loop.every(LOOK_EVERY, () => {
    const now = loop.now();
    calm = now - due <= LATE ? calm + 1 : 0;
    due = now + LOOK_EVERY;
    if (calm < CALM_LOOKS && now < latest) return;
    stop();
    task();
  });
  return stop;
}

export const eventLoop: EventLoop = {
  // The one place in the server that makes ticks.
  now: () => performance.now() as Ticks,
  // deno-lint-ignore no-node-globals -- an import of node:timers is loaded by each start
  immediate: (task) => void setImmediate(task),
  // The runtime writes a warning for a time that has passed meanwhile.
  after: (ms, task) => void setTimeout(task, Math.max(0, ms)),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
  afterStart(begin) {
    const stopped = new Int32Array(new SharedArrayBuffer(4));
    // The first of the runtime's timers loads Node's: see docs/decisions/0021.
    const { async, value } = Atomics.waitAsync(stopped, 0, 0, START_OVER);
    let stop = () => {};
    if (async) void value.then((outcome) => outcome === "timed-out" && (stop = begin() ?? stop));
    return () => {
      Atomics.notify(stopped, 0);
      stop();
    };
  },
};
