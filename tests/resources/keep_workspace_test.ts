/** What is set for the workspace stays in memory as the database has it, whatever is told when. */
import assert from "node:assert/strict";
import { WorkspaceKeeper } from "../../lib/resources/keep_workspace.ts";
import { CurrentWorkspace } from "../../lib/workspace/current_workspace.ts";

/** A keeper whose reads end when the test says so. */
function setUp() {
  const reads: PromiseWithResolvers<Record<string, unknown>>[] = [];
  const logged: string[] = [];
  const workspace = new CurrentWorkspace();
  const keeper = new WorkspaceKeeper({
    store: {
      storedWorkspace() {
        const read = Promise.withResolvers<Record<string, unknown>>();
        reads.push(read);
        return read.promise;
      },
    },
    workspace,
    log: (message) => void logged.push(message),
  });
  return { reads, logged, workspace, keeper };
}

const told = (set: Record<string, unknown>) => [{ type: "typing" }, { type: "workspace", set }];

Deno.test("what is told while it is read holds, though the read has not seen it", async () => {
  const { keeper, reads, workspace } = setUp();
  const reading = keeper.read();
  keeper.happened(told({ name: "New" }));
  reads[0]!.resolve({ name: "Old", signup: "closed" });
  await reading;
  assert.deepEqual([workspace.get("name"), workspace.get("signup")], ["New", "closed"]);
});

Deno.test("after changes were missed it is read anew, and again until that succeeds", async () => {
  const { keeper, reads, workspace, logged } = setUp();
  keeper.lost();
  reads[0]!.reject(new Error("away"));
  await new Promise((resolve) => setTimeout(resolve));
  assert.equal(logged.length, 1);
  keeper.looked();
  keeper.looked();
  assert.equal(reads.length, 2);
  reads[1]!.resolve({ name: "Harbour" });
  await keeper.read();
  assert.equal(workspace.get("name"), "Harbour");
  keeper.looked();
  assert.equal(reads.length, 2);
});

Deno.test("what is missed while it is read is read once more", async () => {
  const { keeper, reads, workspace } = setUp();
  const reading = keeper.read();
  keeper.lost();
  reads[0]!.resolve({ name: "Old" });
  await reading;
  keeper.looked();
  assert.equal(reads.length, 2);
  reads[1]!.resolve({ name: "New" });
  await keeper.read();
  assert.equal(workspace.get("name"), "New");
});
