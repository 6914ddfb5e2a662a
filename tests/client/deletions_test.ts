import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { learnDeleted } from "../../lib/client/deletions.ts";

const gone = (id: number) => ({ id, deletedAt: 1 });
const there = (id: number) => ({ id, deletedAt: null });

Deno.test("what is deleted is known as long as the deletion is not taken back", () => {
  const deleted = signal<ReadonlySet<number>>(new Set());
  learnDeleted(deleted, [there(1), gone(2), gone(3), gone(3)]);
  assert.deepEqual([...deleted.value], [2, 3]);
  const before = deleted.value;
  learnDeleted(deleted, [there(1), gone(2)]);
  assert.equal(deleted.value, before, "nothing new renders nothing anew");
  learnDeleted(deleted, [there(2)]);
  assert.deepEqual([...deleted.value], [3]);
});

Deno.test("of very many that are deleted the last ones are known", () => {
  const deleted = signal<ReadonlySet<number>>(new Set());
  learnDeleted(deleted, Array.from({ length: 1_001 }, (_, id) => gone(id)));
  assert.deepEqual([deleted.value.size, deleted.value.has(0)], [1_000, false]);
});
