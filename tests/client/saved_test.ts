/** Which messages one has saved, as the engine knows it. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Api } from "../../lib/client/api.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { applySaved, createSaving } from "../../lib/client/saved.ts";

const savedIds = (...ids: number[]) => signal<ReadonlySet<number>>(new Set(ids));

Deno.test("what is told twice changes nothing the second time", () => {
  const saved = savedIds(1);
  applySaved(saved, { message: 2, on: true });
  assert.deepEqual([...saved.value], [1, 2]);
  const before = saved.value;
  applySaved(saved, { message: 2, on: true });
  applySaved(saved, { message: 3, on: false });
  assert.equal(saved.value, before, "whoever reads it renders no second time");
  applySaved(saved, { message: 1, on: false });
  assert.deepEqual([...saved.value], [2]);
});

Deno.test("what one saves is saved here when the server has said so", async () => {
  const saved = savedIds();
  const asked: string[] = [];
  const api = ((method: string, path: string) => {
    asked.push(`${method} ${path}`);
    return Promise.resolve(undefined);
  }) as Api;
  const { save } = createSaving(saved, api);
  await save(7, true);
  assert.deepEqual([...saved.value], [7]);
  await save(7, false);
  assert.deepEqual([...saved.value], []);
  assert.deepEqual(asked, ["PUT /api/messages/7/save", "DELETE /api/messages/7/save"]);
});

Deno.test("what the server refuses to save is not shown as saved", async () => {
  const saved = savedIds();
  const api = (() => Promise.reject(new RequestError("not_found", "gone"))) as Api;
  await assert.rejects(createSaving(saved, api).save(7, true), { code: "not_found" });
  assert.deepEqual([...saved.value], []);
});
