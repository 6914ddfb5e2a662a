/** The bus of a single node: a synchronous call, so order is kept and nothing is lost. */
import type { Bus, NoticeListener } from "./bus.ts";

export function createMemoryBus<Notice>(): Bus<Notice> {
  const listeners = new Set<NoticeListener<Notice>>();
  return {
    publish(notices) {
      for (const listener of listeners) listener(notices, "here");
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => ({ kind: "memory", connected: true }),
    onReturn: () => () => {}, // it is never away
    close() {
      listeners.clear();
      return Promise.resolve();
    },
  };
}
