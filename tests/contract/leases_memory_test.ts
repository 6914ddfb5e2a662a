import { LEASE_MS } from "../../lib/leases/leases.ts";
import { createMemoryLeases, type SharedMemory } from "../support/memory_leases.ts";
import { testLeases } from "./leases.ts";

testLeases((name, run) =>
  Deno.test(name, async () => {
    const memory: SharedMemory = new Map();
    await run({
      join: (node) => createMemoryLeases({ node, memory, now: () => 0 }),
      letEnd(node) {
        memory.get(node)!.until -= LEASE_MS;
        return Promise.resolve();
      },
      forgetAll() {
        memory.clear();
        return Promise.resolve();
      },
    });
  })
);
