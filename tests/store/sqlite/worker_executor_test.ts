/** The Worker side's other end, without a Worker. */
import assert from "node:assert/strict";
import { WorkerExecutor } from "../../../lib/store/sqlite/worker_executor.ts";

Deno.test("a Worker that cannot be constructed is logged, and tried again with the next start", async () => {
  const logged: [message: string, detail: unknown][] = [];
  let tries = 0;
  const executor = new WorkerExecutor({
    createWorker() {
      tries++;
      throw new Error("no more threads");
    },
    open: { type: "open", role: "writer", path: "unused.db", epoch: "e" },
    log: (message, detail) => void logged.push([message, detail]),
  });
  for (const attempt of [1, 2]) {
    await assert.rejects(executor.start(), /no more threads/);
    assert.equal(tries, attempt);
    assert.deepEqual(logged.at(-1), [
      "The database writer could not be started.",
      "Error: no more threads",
    ]);
    assert.equal(logged.length, attempt);
  }
  await executor.close();
});
