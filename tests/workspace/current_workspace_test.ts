/** What holds for everybody: the environment before staff, staff before the standard. */
import assert from "node:assert/strict";
import { CurrentWorkspace } from "../../lib/workspace/current_workspace.ts";

Deno.test("what nobody has set is the standard, what staff have set holds until it is taken back", () => {
  const workspace = new CurrentWorkspace();
  assert.equal(workspace.get("signup"), "open");
  workspace.replace({ signup: "closed" });
  workspace.apply({ name: "Harbour" });
  assert.deepEqual([workspace.get("signup"), workspace.get("name")], ["closed", "Harbour"]);
  workspace.apply({ signup: null });
  assert.deepEqual([workspace.get("signup"), workspace.get("name")], ["open", "Harbour"]);
  workspace.replace({});
  assert.equal(workspace.get("name"), "Confab");
});

Deno.test("what the environment sets wins over staff, and staff see that it does", () => {
  const workspace = new CurrentWorkspace({ signup: "invite" });
  workspace.replace({ signup: "open", name: "Harbour" });
  assert.equal(workspace.get("signup"), "invite");
  assert.ok(workspace.isFixed("signup"));
  assert.ok(!workspace.isFixed("name"));
  const { signup, name } = workspace.states();
  assert.deepEqual(signup, { value: "invite", standard: "open", fixedBy: "CONFAB_SIGNUP" });
  assert.deepEqual(name, { value: "Harbour", standard: "Confab", fixedBy: null });
});

Deno.test("what another version stored and this one does not know or would refuse counts as not set", () => {
  const workspace = new CurrentWorkspace();
  workspace.replace({
    signup: "by post",
    name: 7,
    future: { a: 1 },
    __proto__: { signup: "closed" },
  });
  assert.equal(workspace.get("signup"), "open");
  assert.equal(workspace.get("name"), "Confab");
  workspace.apply({ future: null });
  assert.equal(workspace.get("signup"), "open");
});

Deno.test("who listens hears of each change until they stop", () => {
  const workspace = new CurrentWorkspace();
  const heard: string[] = [];
  const stop = workspace.subscribe(() => heard.push(workspace.get("name")));
  workspace.apply({ name: "One" });
  workspace.apply({ name: "Two" });
  stop();
  workspace.apply({ name: "Three" });
  assert.deepEqual(heard, ["One", "Two"]);
});
