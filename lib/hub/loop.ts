/** The real event loop, for the hub's schedules. All times in milliseconds. */
import type { HubOptions } from "./hub.ts";

export const eventLoop: HubOptions["loop"] = {
  now: () => performance.now(),
  // The global, which loads at its first use: an import of node:timers delays the start.
  // deno-lint-ignore no-node-globals
  immediate: (task) => void setImmediate(task),
  after: (ms, task) => void setTimeout(task, ms),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
};
