/** What the reader says of themselves, as the engine knows it. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Api } from "../../lib/client/api.ts";
import { People } from "../../lib/client/people.ts";
import { learnSelf } from "../../lib/client/state.ts";
import { createStatus } from "../../lib/client/status.ts";
import type { Me } from "../../lib/protocol/accounts.ts";

const ANN: Me = {
  id: 1,
  username: "ann",
  displayName: "Ann",
  role: "member",
  avatar: null,
  disabled: false,
  status: null,
  language: null,
  theme: "system",
  showLocalTime: true,
};

/** The answer to a request comes when the test says so. */
function begin() {
  const state = { me: signal(ANN), users: signal(new People([ANN])) };
  const asked: unknown[] = [];
  const answers: ((me: Me) => void)[] = [];
  const api = ((_method: string, _path: string, body: unknown) => {
    asked.push(body);
    return new Promise<Me>((resolve) => answers.push(resolve));
  }) as unknown as Api; // it answers with whatever the caller expects
  const hears = (me: Me) => {
    state.users.peek().learn([me]);
    learnSelf(state.me, me);
  };
  return { state, asked, answers, hears, ...createStatus(state, api) };
}

Deno.test("a status that was set is known as soon as the server has said so", async () => {
  const { state, answers, setStatus } = begin();
  const status = { emoji: "🌴", text: "away", until: null };
  const set = setStatus(status);
  answers[0]!({ ...ANN, status });
  await set;
  assert.deepEqual(state.me.value.status, status);
  assert.deepEqual(state.users.value.get(1)?.status, status);
});

Deno.test("an answer that was on its way takes nothing back that an event has said meanwhile", async () => {
  const { state, answers, hears, setStatus } = begin();
  const status = { emoji: "🌴", text: "away", until: null };
  const set = setStatus(status);
  hears({ ...ANN, status, language: "ru" });
  answers[0]!({ ...ANN, status });
  await set;
  assert.equal(state.me.value.language, "ru");
  assert.deepEqual(state.me.value.status, status);
});

Deno.test("the browser's time zone is told once, and not by who hides their time", () => {
  const { state, asked, tellTimeZone } = begin();
  tellTimeZone("Europe/Berlin");
  assert.deepEqual(asked, [{ timeZone: "Europe/Berlin" }]);
  state.me.value = { ...ANN, timeZone: "Europe/Berlin" };
  tellTimeZone("Europe/Berlin");
  state.me.value = { ...ANN, showLocalTime: false };
  tellTimeZone("Asia/Tokyo");
  assert.equal(asked.length, 1);
});
