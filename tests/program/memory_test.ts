import assert from "node:assert/strict";
import { readConfig } from "../../lib/program/config/config.ts";
import { availableMemory, memoryLimit, usedMemory } from "../../lib/program/memory.ts";

const MIB = 2 ** 20;
const limit = (setting: string, available: number | null) =>
  memoryLimit(readConfig({ CONFAB_MEMORY_LIMIT: setting }), available) / MIB;

Deno.test("by itself the limit is half of what there is, within bounds", () => {
  assert.equal(limit("", 1024 * MIB), 512);
  assert.equal(limit("", 100 * MIB), 256);
  assert.equal(limit("", 64 * 1024 * MIB), 2048);
  assert.equal(limit("", null), 1024);
});

Deno.test("workers share what there is", () => {
  const settings = { memoryLimit: null, workers: 4 };
  assert.equal(memoryLimit(settings, 8192 * MIB) / MIB, 1024);
  assert.equal(memoryLimit({ memoryLimit: 300, workers: 4 }, 8192 * MIB) / MIB, 300);
});

Deno.test("what is set is the limit, and 0 is none", () => {
  assert.equal(limit("300", 100 * MIB), 300);
  assert.equal(limit("0", 1024 * MIB), 0);
});

Deno.test("the machine has more memory than the process uses", () => {
  const { rss, outsideHeap } = usedMemory();
  assert.ok(0 < outsideHeap && outsideHeap < rss);
  assert.ok(availableMemory()! > rss);
});
