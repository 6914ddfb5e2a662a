/** The event loop, as schedules see it. All times in milliseconds. It knows no schedule. */
import { setImmediate } from "node:timers";
import type { Ticks } from "./protocol/time.ts";

/**
 * How long that waits which the first page does not need: the database's threads alone would make
 * it come 31 ms later (docs/decisions/0021).
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
  immediate: (task) => void setImmediate(task),
  after: (ms, task) => void setTimeout(task, ms),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
  afterStart(begin) {
    let stop = () => {};
    const timer = setTimeout(() => stop = begin() ?? stop, START_OVER);
    return () => {
      clearTimeout(timer);
      stop();
    };
  },
};
