/** What one has written and not sent: on all of one's devices, and nobody else's. */
import assert from "node:assert/strict";
import type { KeptDraft } from "../../lib/protocol/drafts.ts";
import { KEPT_DRAFTS } from "../../lib/protocol/limits.ts";
import type { Person } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const list = async ({ api }: Person) =>
  (await api.get<{ drafts: KeptDraft[] }>("/api/drafts")).drafts;
const texts = async (person: Person) => (await list(person)).map(({ text }) => text);

test("a draft is told to one's own connections, and a connection begins with knowing of it", async () => {
  const { bob, room, onAnn, onBob } = await house.pair();
  const second = await house.connect(bob);
  assert.equal(second.ready.drafts, undefined);
  const { id } = await onAnn.send(room, "what do you think?");
  await bob.api.put(`/api/rooms/${room}/draft`, { text: " I would ", replyTo: id });
  for (const socket of [onBob, second]) {
    const { at, target, ...event } = await socket.event("draft");
    assert.deepEqual(event, { type: "draft", room, thread: null, text: " I would ", replyTo: id });
    assert.equal(target!.text, "what do you think?");
    assert.ok(at > 0);
  }
  await bob.api.put(`/api/rooms/${room}/draft`, { text: "there", thread: id });
  await second.event("draft", ({ thread, text }) => thread === id && text === "there");
  const later = await house.connect(bob);
  assert.equal(later.ready.drafts, true);
  assert.deepEqual(await texts(bob), ["there", " I would "]);
  await bob.api.delete(`/api/rooms/${room}/draft?thread=${id}`);
  await second.event("draft", ({ thread, text }) => thread === id && text === "");
  await bob.api.request("DELETE", `/api/rooms/${room}/draft`);
  await second.event("draft", ({ thread, text }) => thread === null && text === "");
  assert.deepEqual(await list(bob), []);
  await onAnn.settled();
  assert.deepEqual(onAnn.all("draft"), []);
});

test("a draft has limits, and needs a room that one reads", async () => {
  const { bob, room } = await house.pair();
  const put = (body: unknown, where = room) =>
    bob.api.refused("PUT", `/api/rooms/${where}/draft`, body);
  const long = "a".repeat(KEPT_DRAFTS.text);
  await bob.api.put(`/api/rooms/${room}/draft`, { text: long });
  for (const body of [{ text: `${long}a` }, { text: "\0" }, {}, { text: "x", room }, { text: 1 }]) {
    assert.equal((await put(body)).status, 422, JSON.stringify(body).slice(0, 40));
  }
  const other = await house.person();
  const secret = (await house.room(other)).id;
  assert.equal((await put({ text: "x" }, secret)).status, 404);
  assert.equal((await bob.api.refused("DELETE", `/api/rooms/${secret}/draft`)).status, 404);
  assert.equal((await put({ text: "x", thread: 999_999 })).status, 404);
});
