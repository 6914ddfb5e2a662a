import assert from "node:assert/strict";
import { effect, signal } from "@preact/signals";
import { learnPeople, learnSelf } from "../../lib/client/state.ts";
import type { Me, User } from "../../lib/protocol/objects.ts";
import { modelMe } from "../support/model_server.ts";

const ME = modelMe(1);
const { theme: _theme, language: _language, ...ANN }: Me = ME;
const BOB: User = { ...ANN, id: 2, username: "bob", displayName: "Bob" };

/** How often what reads a signal was woken, beyond its first reading. */
function wakings(read: { readonly value: unknown }): () => number {
  let count = -1;
  effect(() => {
    count++;
    return void read.value;
  });
  return () => count;
}

Deno.test("people who are known already wake nobody, a new name does", () => {
  const users = signal<ReadonlyMap<number, User>>(new Map([[1, ANN]]));
  const woken = wakings(users);
  learnPeople(users, [{ ...ANN }]);
  assert.equal(woken(), 0);
  learnPeople(users, [{ ...ANN }, BOB]);
  learnPeople(users, [{ ...BOB, displayName: "Robert" }]);
  assert.equal(woken(), 2);
  assert.deepEqual([...users.value.values()], [ANN, { ...BOB, displayName: "Robert" }]);
});

Deno.test("of a member only what every user has is kept", () => {
  const users = signal<ReadonlyMap<number, User>>(new Map());
  learnPeople(users, [{ ...BOB, membership: { role: "member" } } as User]);
  assert.deepEqual(users.value.get(2), BOB);
});

Deno.test("what is told of oneself keeps the settings, and wakes nobody where it is known", () => {
  const me = signal(ME);
  const woken = wakings(me);
  learnSelf(me, { ...ANN });
  assert.equal(woken(), 0);
  learnSelf(me, { ...ANN, displayName: "Anna" });
  assert.equal(woken(), 1);
  assert.deepEqual(me.value, { ...ME, displayName: "Anna" });
});
