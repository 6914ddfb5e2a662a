/** Presence and typing: who is here, who is writing, and who may know. */
import assert from "node:assert/strict";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

test("who comes and goes is online and offline to others; each tab counts", async () => {
  const [ann, bob] = await house.people(2);
  const watching = await house.connect(ann!);
  const status = (expected: string) => (event: { users: Record<string, string> }) =>
    event.users[bob!.id] === expected;
  const first = await house.connect(bob!);
  await watching.event("presence", status("online"));
  const second = await house.connect(bob!);
  await second.command({ type: "status", status: "away" });
  await first.close();
  await watching.event("presence", status("away"));
  await second.command({ type: "status", status: "online" });
  const from = watching.log.findLastIndex((event) => event.type === "presence");
  await watching.event("presence", status("online"), from);
  await second.close();
  await watching.event("presence", status("offline"));
});

test("ready tells who is here", async () => {
  const [ann, bob] = await house.people(2);
  const away = await house.connect(ann!);
  await away.command({ type: "status", status: "away" });
  const { presence } = (await house.connect(bob!)).ready;
  assert.equal(presence[ann!.id], "away");
  assert.equal(presence[bob!.id], "online");
  assert.notEqual(presence[house.owner.id], "online");
});

test("typing reaches the other members of the room, without an ack, and nobody else", async () => {
  const [ann, bob, carl] = await house.people(3);
  const room = (await house.room(ann!, bob!)).id;
  const [onAnn, onBob, onCarl] = [
    await house.connect(ann!),
    await house.connect(bob!),
    await house.connect(carl!),
  ];
  onAnn.tell({ type: "typing", room, ref: "typing" });
  const event = await onBob.event("typing");
  assert.deepEqual(event, { type: "typing", room, userId: ann!.id });
  onCarl.tell({ type: "typing", room, ref: "not mine" });
  const refusal = await onCarl.event("error");
  assert.equal(refusal.code, "not_found");
  assert.equal(refusal.ref, "not mine");
  await Promise.all([onAnn, onBob, onCarl].map((socket) => socket.settled()));
  assert.ok(!onAnn.log.some((event) => event.type === "ack" && event.ref === "typing"));
  assert.deepEqual(onCarl.all("typing"), []);
  assert.equal(onBob.all("typing").length, 1);
});

test("pong is heard in silence", async () => {
  const socket = await house.connect(await house.person());
  socket.tell({ type: "pong", ref: "pong" });
  await socket.settled();
  assert.ok(!socket.log.some((event) => "ref" in event && event.ref === "pong"));
});
