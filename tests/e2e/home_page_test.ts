/** `/` as the server writes it: the room that one was in last, for whoever has no script, too. */
import assert from "node:assert/strict";
import type { Person } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

/** A page as somebody's browser would get it. */
async function pageOf(person: Person, path: string): Promise<{ status: number; html: string }> {
  const response = await fetch(`${house.url}${path}`, {
    headers: { authorization: `Bearer ${person.token}` },
    redirect: "manual",
  });
  return { status: response.status, html: await response.text() };
}

/** The room that the page shows, by the data it starts from. */
function openIn({ html }: { html: string }): number | null {
  const [, data] = /<script type="application\/json" id="bootstrap">(.*?)<\/script>/s.exec(html)!;
  return JSON.parse(data!).room;
}

test("the page at / holds the room that was opened last, by a page or by a click", async () => {
  const ann = await house.person();
  const { id: garden } = await house.room(ann);
  await ann.api.post(`/api/rooms/${garden}/messages`, { text: "the tulips are up" });
  await pageOf(ann, `/rooms/${garden}`);
  const page = await pageOf(ann, "/");
  assert.equal(openIn(page), garden);
  assert.match(page.html, /<p[^>]*>the tulips are up|>the tulips are up</);
  await ann.api.put("/api/me/room", { room: GENERAL });
  assert.equal(openIn(await pageOf(ann, "/")), GENERAL);
});

test("a permalink that was opened counts, too, and another person's rooms do not", async () => {
  const [ann, bob] = await house.people(2);
  const { id } = await house.room(ann!);
  await ann!.api.post(`/api/rooms/${id}/messages`, { text: "one" });
  await pageOf(ann!, `/rooms/${id}/1`);
  assert.equal(openIn(await pageOf(ann!, "/")), id);
  const refused = await bob!.api.refused("PUT", "/api/me/room", { room: id });
  assert.equal(refused.status, 404);
  assert.equal(openIn(await pageOf(bob!, "/")), GENERAL);
});

test("before any room was opened, / holds the first with something unread", async () => {
  const [ann, bob] = await house.people(2);
  const { id } = await house.room(ann!, bob!);
  const direct = await ann!.api.post<{ id: number }>("/api/rooms", {
    kind: "direct",
    users: [bob!.id],
  });
  await bob!.api.put(`/api/rooms/${GENERAL}/read`, { seq: 1_000 });
  await ann!.api.post(`/api/rooms/${direct.id}/messages`, { text: "psst" });
  assert.equal(openIn(await pageOf(bob!, "/")), direct.id);
  await ann!.api.post(`/api/rooms/${id}/messages`, { text: "all of you" });
  assert.equal(openIn(await pageOf(bob!, "/")), id);
});

test("a last room that one has left, lost or that was archived is not shown", async () => {
  const [ann, bob] = await house.people(2);
  const { id } = await house.room(ann!, bob!);
  await bob!.api.put("/api/me/room", { room: id });
  assert.equal(openIn(await pageOf(bob!, "/")), id);
  await ann!.api.patch(`/api/rooms/${id}`, { archived: true });
  assert.equal(openIn(await pageOf(bob!, "/")), GENERAL);
  await ann!.api.patch(`/api/rooms/${id}`, { archived: false });
  assert.equal(openIn(await pageOf(bob!, "/")), id);
  await ann!.api.delete(`/api/rooms/${id}/members/${bob!.id}`);
  const page = await pageOf(bob!, "/");
  assert.equal(page.status, 200);
  assert.equal(openIn(page), GENERAL);
});
