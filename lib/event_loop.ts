/** The event loop, as schedules see it. All times in milliseconds. It knows no schedule. */
import type { Ticks } from "./protocol/time.ts";

/**
 * How long that waits which the first page does not need. The first timer of all loads 8 ms of
 * Node's modules, the database's threads take 80 ms of a core.
 */
const START_OVER = 100;

/** The event loop, from outside, so that tests own it. */
export interface EventLoop {
  /** Monotonic: every duration in the server is measured with it. */
  now(): Ticks;
  /** After what is queued now. */
  immediate(task: () => void): void;
  after(ms: number, task: () => void): void;
  /** Until the function that it gives is called. */
  every(ms: number, task: () => void): () => void;
  /** Begins in a while, when a start should be over; the function that it gives stops it either way. */
  afterStart(begin: () => (() => void) | void): () => void;
}

export const eventLoop: EventLoop = {
  // The one place in the server that makes ticks.
  now: () => performance.now() as Ticks,
  // The global, which loads at its first use: an import of node:timers delays the start.
  // deno-lint-ignore no-node-globals
  immediate: (task) => void setImmediate(task),
  after: (ms, task) => void setTimeout(task, ms),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
  afterStart(begin) {
    const stopped = new Int32Array(new SharedArrayBuffer(4));
    // A timeout without the runtime's timers, which it is there to spare.
    const { async, value } = Atomics.waitAsync(stopped, 0, 0, START_OVER);
    let stop = () => {};
    if (async) void value.then((outcome) => outcome === "timed-out" && (stop = begin() ?? stop));
    return () => {
      Atomics.notify(stopped, 0);
      stop();
    };
  },
};
