/** What one marks for oneself: unread messages and favourite rooms, on all of one's devices. */
import assert from "node:assert/strict";
import type { MemberRoom, Person } from "../support/chat_client.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const membershipOf = async ({ api }: Person, room: number) =>
  (await api.get<MemberRoom>(`/api/rooms/${room}`)).membership;

test("what is marked unread is unread on all devices, by the mark and by the counts", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const second = await house.connect(bob);
  const seqs: number[] = [];
  for (const text of ["one", "two", "three"]) seqs.push((await onAnn.send(room, text)).seq);
  await bob.api.put(`/api/rooms/${room}/read`, { seq: seqs[2] });
  await bob.api.put(`/api/rooms/${room}/unread`, { seq: seqs[1] });
  for (const socket of [onBob, second]) {
    const event = await socket.event("read", ({ back }) => back === true);
    assert.deepEqual(event, { type: "read", room, seq: seqs[1]! - 1, back: true });
    const told = await socket.event("room", (event) => event.room.membership.unread === 2);
    assert.equal(told.room.membership.readSeq, seqs[1]! - 1);
  }
  const membership = await membershipOf(bob, room);
  assert.deepEqual([membership.unread, membership.readSeq], [2, seqs[1]! - 1]);
  await onAnn.settled();
  assert.deepEqual(onAnn.all("read").filter(({ back }) => back), []);
  // A read mark may go on from there again.
  await bob.api.put(`/api/rooms/${room}/read`, { seq: seqs[2] });
  assert.equal((await membershipOf(bob, room)).unread, 0);
  assert.equal(
    (await ann.api.refused("PUT", `/api/rooms/${room}/unread`, { seq: -1 })).status,
    422,
  );
  const stranger = await house.person();
  const refusal = await stranger.api.refused("PUT", `/api/rooms/${room}/unread`, { seq: 1 });
  assert.equal(refusal.status, 404);
});

test("a favourite is told to one's own devices alone, and connections begin with it", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const favourite = ({ room: { id, membership } }: { room: MemberRoom }) =>
    id === room && membership.favourite;
  await bob.api.request("PATCH", `/api/rooms/${room}/membership`, { favourite: true });
  await onBob.event("room", favourite);
  const later = await house.connect(bob);
  assert.ok(later.ready.rooms.find(({ id }) => id === room)!.membership.favourite);
  await onAnn.settled();
  assert.deepEqual(onAnn.all("room").filter(favourite), []);
  assert.equal((await membershipOf(ann, room)).favourite, false);
  const wrong = await bob.api.refused("PATCH", `/api/rooms/${room}/membership`, { favourite: 1 });
  assert.equal(wrong.status, 422);
});
