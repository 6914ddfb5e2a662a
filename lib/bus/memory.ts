/** The bus of a single node: a synchronous call, so order is kept and nothing is lost. */
import type { Bus } from "./bus.ts";

export function createMemoryBus<Notice>(): Bus<Notice> {
  const listeners = new Set<(notices: Notice[]) => void>();
  return {
    publish(notices) {
      for (const listener of listeners) listener(notices);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      return Promise.resolve();
    },
  };
}
