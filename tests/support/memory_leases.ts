/** Leases of nodes in one process: what they share is the map. */
import { LEASE_MS, type Leases } from "../../lib/leases/leases.ts";

interface Kept {
  version: number;
  text: string;
  until: number;
}

/** What several nodes share; clearing it is what a restart of Redis does. */
export type SharedMemory = Map<string, Kept>;

export function createMemoryLeases(
  { node, memory, now }: { node: string; memory: SharedMemory; now(): number },
): Leases {
  return {
    renew(version, text) {
      memory.set(node, { version, text, until: now() + LEASE_MS });
      return Promise.resolve();
    },
    read(known) {
      const holding = [...memory].filter(([, { until }]) => until > now());
      return Promise.resolve(holding.map(([node, { version, text }]) => ({
        node,
        version,
        text: version <= (known.get(node) ?? -1) ? null : text,
      })));
    },
    release() {
      memory.delete(node);
      return Promise.resolve();
    },
  };
}
