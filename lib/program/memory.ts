/** How much memory Confab may use, and how much the process uses. */
import type { Config } from "./config/config.ts";

const MIB = 2 ** 20;
const LEAST = 256 * MIB;
const MOST = 2048 * MIB;

/**
 * The setting in bytes, for each worker; by default their share of half of the available memory,
 * within bounds. 0 = no limit.
 */
export function memoryLimit(
  { memoryLimit, workers }: Pick<Config, "memoryLimit" | "workers">,
  available: number | null,
): number {
  if (memoryLimit !== null) return memoryLimit * MIB;
  if (available === null) return MOST / 2;
  return Math.min(MOST, Math.max(LEAST, available / 2 / workers));
}

/** Bytes of the machine, or of the container if it has less; null if we may not ask. */
export function availableMemory(): number | null {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "systemMemoryInfo" });
  if (state !== "granted") return null; // on a terminal Deno would stop and prompt the operator
  // The global, which loads on first use: an import takes 5 ms, a tenth of startup (0021).
  // deno-lint-ignore no-process-global
  return Math.min(Deno.systemMemoryInfo().total, process.constrainedMemory());
}

/** Bytes in memory now; what sockets hold is outside JavaScript's heap. Takes 15 µs. */
export function usedMemory(): { rss: number; outsideHeap: number } {
  const { rss, heapTotal } = Deno.memoryUsage();
  return { rss, outsideHeap: rss - heapTotal };
}
