/** Saved messages: one's own, on all of one's devices, and only what one may read. */
import assert from "node:assert/strict";
import type { SavedPage } from "../../lib/protocol/saved.ts";
import { type Person, signUp } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const list = ({ api }: Person, query = "") => api.get<SavedPage>(`/api/me/saved${query}`);
const texts = async (person: Person) => (await list(person)).messages.map(({ text }) => text);

test("a saved message is on all of one's own devices at once, and nobody else hears", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const second = await house.connect(bob);
  const { id } = await onAnn.send(room, "keep this");
  await bob.api.put(`/api/messages/${id}/save`);
  for (const socket of [onBob, second]) {
    assert.deepEqual(await socket.event("saved"), { type: "saved", message: id, on: true });
  }
  const later = await house.connect(bob);
  assert.deepEqual(later.ready.saved, [id]);
  assert.deepEqual(await texts(bob), ["keep this"]);
  await bob.api.delete(`/api/messages/${id}/save`);
  await second.event("saved", ({ on }) => !on);
  assert.deepEqual(await texts(bob), []);
  await onAnn.settled();
  assert.deepEqual(onAnn.all("saved"), []);
  assert.deepEqual([onAnn.ready.saved, await texts(ann)], [[], []]);
});

test("saving twice, and taking out what is not saved, change nothing and tell nobody", async () => {
  const { bob, room, onAnn, onBob } = await house.pair();
  const { id } = await onAnn.send(room, "keep this");
  await bob.api.delete(`/api/messages/${id}/save`);
  await bob.api.put(`/api/messages/${id}/save`);
  await bob.api.put(`/api/messages/${id}/save`);
  await onBob.settled();
  assert.equal(onBob.all("saved").length, 1);
  assert.equal((await list(bob)).messages.length, 1);
});

test("who is put out of the room has its messages no more, and again after coming back", async () => {
  const { ann, bob, room, onAnn } = await house.pair();
  const { id } = await onAnn.send(room, "in the room");
  await bob.api.put(`/api/messages/${id}/save`);
  await ann.api.delete(`/api/rooms/${room}/members/${bob.id}`);
  assert.deepEqual(await texts(bob), []);
  assert.equal((await bob.api.refused("PUT", `/api/messages/${id}/save`)).status, 404);
  await ann.api.put(`/api/rooms/${room}/members/${bob.id}`);
  assert.deepEqual(await texts(bob), ["in the room"]);
});

test("pages have a limit, an end, and no other parameters", async () => {
  const { ann, room, onAnn } = await house.pair();
  for (const text of ["one", "two", "three"]) {
    const { id } = await onAnn.send(room, text);
    await ann.api.put(`/api/messages/${id}/save`);
  }
  const first = await list(ann, "?limit=2");
  assert.deepEqual(first.messages.map(({ text }) => text), ["three", "two"]);
  const second = await list(ann, `?limit=2&before=${first.next}`);
  assert.deepEqual([second.messages.map(({ text }) => text), second.next], [["one"], null]);
  for (const query of ["limit=0", "limit=101", "limit=x", "before=0", "room=1"]) {
    assert.equal((await ann.api.refused("GET", `/api/me/saved?${query}`)).status, 422, query);
  }
});

test("a deleted message leaves the list, and is refused to be saved", async () => {
  const { ann, bob, room, onAnn } = await house.pair();
  const { id } = await onAnn.send(room, "soon gone");
  await bob.api.put(`/api/messages/${id}/save`);
  await ann.api.delete(`/api/messages/${id}`);
  assert.deepEqual(await texts(bob), []);
  assert.equal((await bob.api.refused("PUT", `/api/messages/${id}/save`)).status, 403);
});

Deno.test("what was saved is there after the program was killed", async () => {
  await using program = await startProgram();
  const ann = await signUp(program.url, "ann");
  const { id } = await ann.api.post<{ id: number }>("/api/rooms/1/messages", { text: "survives" });
  await ann.api.put(`/api/messages/${id}/save`);
  await program.kill("SIGKILL");
  await program.restart();
  assert.deepEqual(await texts(ann), ["survives"]);
});
