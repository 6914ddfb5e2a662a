/** The real event loop, for the hub's schedules. All times in milliseconds. */
import { setImmediate } from "node:timers";
import type { HubOptions } from "./hub.ts";

export const eventLoop: HubOptions["loop"] = {
  now: () => performance.now(),
  immediate: (task) => void setImmediate(task),
  after: (ms, task) => void setTimeout(task, ms),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
};
