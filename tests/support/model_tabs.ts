/** Locks and channels among the tabs of one test. */
import type { Environment } from "../../lib/client/environment.ts";

interface Request {
  held(): void;
  lost(): void;
}

export function modelTabs(): Required<Pick<Environment, "lock" | "channel">> {
  const queues = new Map<string, Request[]>();
  const channels = new Map<string, Set<(message: unknown) => void>>();
  const queueOf = (name: string) => queues.get(name) ?? [];
  const grant = (name: string) => void Promise.resolve().then(() => queueOf(name)[0]?.held());
  return {
    lock(name, steal, held, lost) {
      const request = { held, lost };
      const holder = queueOf(name)[0];
      if (steal && holder !== undefined) {
        queues.set(name, [request, ...queueOf(name).slice(1)]);
        void Promise.resolve().then(() => holder.lost());
      } else queues.set(name, [...queueOf(name), request]);
      if (queueOf(name)[0] === request) grant(name);
      return () => {
        const wasHolder = queueOf(name)[0] === request;
        queues.set(name, queueOf(name).filter((other) => other !== request));
        if (wasHolder) grant(name);
      };
    },
    channel(name, received) {
      const listeners = channels.get(name) ?? new Set();
      channels.set(name, listeners.add(received));
      return {
        post(message) {
          for (const listener of listeners) {
            if (listener !== received) listener(structuredClone(message));
          }
        },
        close: () => void listeners.delete(received),
      };
    },
  };
}
