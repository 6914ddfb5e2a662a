/** `@here` and `@room` over the running program: by socket and HTTP, counted for whom they reach. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import type { MemberRoom, Person } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

async function mentionsOf(person: Person, room: number): Promise<number> {
  const { membership } = await person.api.get<MemberRoom>(`/api/rooms/${room}`);
  return membership.mentions;
}

test("@here reaches who is connected and looks, not who is away or gone", async () => {
  const [ann, ben, cid, dan] = await house.people(4) as [Person, Person, Person, Person];
  const { id: room } = await house.room(ann, ben, cid, dan);
  const onBen = await house.connect(ben);
  const onCid = await house.connect(cid);
  await onCid.command({ type: "status", status: "away" });
  const sent = await ann.api.post<Message>(`/api/rooms/${room}/messages`, {
    text: "anybody @here?",
  });
  assert.equal(sent.mentionsAll, "here");
  assert.deepEqual(sent.mentions, [ben.id]);
  const { message } = await onBen.event("message", (event) => event.room === room);
  assert.deepEqual(message, sent);
  assert.deepEqual(
    await Promise.all([ann, ben, cid, dan].map((person) => mentionsOf(person, room))),
    [0, 1, 0, 0],
  );
});

test("@room reaches every member, connected or not; an edit takes it back", async () => {
  const [ann, ben, cid] = await house.people(3) as [Person, Person, Person];
  const { id: room } = await house.room(ann, ben, cid);
  const onAnn = await house.connect(ann);
  const { id } = await onAnn.send(room, "@room supper");
  const { message } = await onAnn.event("message", (event) => event.room === room);
  assert.equal(message.mentionsAll, "room");
  assert.deepEqual(message.mentions, [ben.id, cid.id].sort((a, b) => a - b));
  assert.equal(await mentionsOf(cid, room), 1);
  await onAnn.command({ type: "edit", message: id, text: "supper" });
  const { message: edited } = await onAnn.event("message", ({ rev }) => rev === 2);
  assert.ok(!("mentionsAll" in edited));
  assert.equal(await mentionsOf(cid, room), 0);
});

test("nobody can sign up as a group, however it is written", async () => {
  for (const username of ["here", "Room", "ｈｅｒｅ"]) {
    const body = { username, password: "a password of some length" };
    const refused = await house.stranger.refused("POST", "/api/signup", body);
    assert.equal(refused.status, 422, username);
    assert.equal(refused.code, "invalid");
  }
  const fine = { username: house.name("rooms"), password: "a password of some length" };
  await house.stranger.post("/api/signup", fine);
});
