/** What the browser knows of new sign-ins, by the server's events and answers. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Api } from "../../lib/client/api.ts";
import { applySignIns, createSignIns } from "../../lib/client/devices.ts";
import type { SignIn } from "../../lib/protocol/devices.ts";

const signIn = (id: number): SignIn => ({
  id,
  at: 1,
  device: "Firefox on Linux",
  address: "192.0.2.7",
  way: "password",
  ended: false,
});

Deno.test("a sign-in is known at once, and what was acknowledged elsewhere is asked for again", () => {
  const told = signal<readonly SignIn[] | null>([]);
  applySignIns(told, { type: "signInsSeen" });
  assert.deepEqual(told.value, [], "there was nothing to be acknowledged here");
  applySignIns(told, { type: "signIn", signIn: signIn(2) });
  applySignIns(told, { type: "signIn", signIn: signIn(3) });
  assert.deepEqual(told.value?.map(({ id }) => id), [3, 2]);
  applySignIns(told, { type: "signInsSeen" });
  assert.equal(told.value, null);
  applySignIns(told, { type: "signIn", signIn: signIn(4) });
  assert.equal(told.value, null, "the answer will have it");
});

Deno.test("acknowledging names those that were shown, and keeps them where it fails", async () => {
  const told = signal<readonly SignIn[] | null>(null);
  const asked: unknown[] = [];
  let fails = false;
  const api = ((method: string, path: string, body?: unknown) => {
    asked.push([method, path, body]);
    if (fails) return Promise.reject(new Error("offline"));
    return Promise.resolve(method === "GET" ? { signIns: [signIn(2)] } : undefined);
  }) as Api;
  const actions = createSignIns(told, api);
  await actions.loadSignIns();
  assert.deepEqual(told.value, [signIn(2)]);
  fails = true;
  await assert.rejects(actions.seeSignIns());
  assert.deepEqual(told.value, [signIn(2)]);
  fails = false;
  const answer = actions.seeSignIns();
  applySignIns(told, { type: "signIn", signIn: signIn(3) });
  await answer;
  assert.deepEqual(told.value, [signIn(3)], "nobody has seen the one that came meanwhile");
  assert.deepEqual(asked.at(-1), ["POST", "/api/me/sign-ins/seen", { ids: [2] }]);
});
