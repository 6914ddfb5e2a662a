import assert from "node:assert/strict";
import { type Turn, Turns } from "../../lib/auth/turns.ts";

/** Steps that take until the test lets the next one end; who was refused is noted. */
function setUp(waiting: number) {
  const turns = new Turns({ running: 1, waiting });
  const held: (() => void)[] = [];
  const done: string[] = [];
  const refused: string[] = [];
  const ask = (queue: Turn["queue"], key: string, name: string) =>
    void turns.run({ queue, key }, () => new Promise<void>((end) => held.push(end))).then(
      () => done.push(name),
      (error) => {
        assert.deepEqual([error.code, error.busy], ["unavailable", true]);
        refused.push(name);
      },
    );
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const endOne = async () => {
    await settle();
    held.shift()?.();
    await settle();
  };
  return { ask, endOne, settle, done, refused };
}

Deno.test("a flood in one queue does not hold up another: each has its turn", async () => {
  const { ask, endOne, done } = setUp(100);
  for (let i = 0; i < 50; i++) ask("strangers", `network ${i}`, `stranger ${i}`);
  for (let i = 0; i < 50; i++) ask("changes", "7", `change ${i}`);
  ask("known", "home", "ann");
  ask("signups", "school", "bob");
  for (let i = 0; i < 5; i++) await endOne();
  assert.deepEqual(done, ["stranger 0", "stranger 1", "change 0", "ann", "bob"]);
});

Deno.test("in a queue who asks much waits behind who asks once", async () => {
  const { ask, endOne, done } = setUp(100);
  for (let i = 0; i < 20; i++) ask("strangers", "flood", `flood ${i}`);
  ask("strangers", "home", "ann");
  for (let i = 0; i < 3; i++) await endOne();
  assert.ok(done.includes("ann"), done.join());
});

Deno.test("a full queue refuses those of whom most wait, and makes room for others", async () => {
  const { ask, endOne, settle, refused, done } = setUp(5);
  for (let i = 0; i < 8; i++) ask("strangers", "flood", `flood ${i}`);
  await settle();
  assert.deepEqual(refused, ["flood 6", "flood 7"], "one runs, five wait");
  ask("strangers", "home", "ann");
  await settle();
  assert.deepEqual(refused, ["flood 6", "flood 7", "flood 5"]);
  for (let i = 0; i < 6; i++) await endOne();
  assert.ok(done.includes("ann"));
  assert.equal(done.length, 6, "and all others had their turn");
});

Deno.test("where nobody waits more than another, who comes last is refused", async () => {
  const { ask, settle, refused } = setUp(3);
  for (let i = 0; i < 5; i++) ask("strangers", `network ${i}`, `stranger ${i}`);
  await settle();
  assert.deepEqual(refused, ["stranger 4"]);
});
