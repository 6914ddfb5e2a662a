import assert from "node:assert/strict";
import { effect, signal } from "@preact/signals";
import { learnSelf } from "../../lib/client/state.ts";
import type { Me } from "../../lib/protocol/accounts.ts";
import { modelMe } from "../support/model_server.ts";

const ME = modelMe(1);
const { theme: _theme, language: _language, ...ANN }: Me = ME;

/** How often what reads a signal was woken, beyond its first reading. */
function wakings(read: { readonly value: unknown }): () => number {
  let count = -1;
  effect(() => {
    count++;
    return void read.value;
  });
  return () => count;
}

Deno.test("what is told of oneself keeps the settings, and wakes nobody where it is known", () => {
  const me = signal(ME);
  const woken = wakings(me);
  learnSelf(me, { ...ANN });
  assert.equal(woken(), 0);
  learnSelf(me, { ...ANN, displayName: "Anna" });
  assert.equal(woken(), 1);
  assert.deepEqual(me.value, { ...ME, displayName: "Anna" });
});
