/** What people say of themselves, who hears of it and when it ends; who has seen a direct message. */
import assert from "node:assert/strict";
import type { User } from "../../lib/protocol/people.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import type { Seen } from "../../lib/protocol/seen.ts";
import { eventually } from "../support/eventually.ts";
import { houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

test("a status is heard by others at once and by one's own devices, and is there afterwards", async () => {
  const { ann, bob, onBob } = await house.pair();
  const second = await house.connect(ann);
  const status = { emoji: "🌴", text: "On holiday", until: null };
  const me = await ann.api.patch<User>("/api/me", {
    status: { emoji: "🌴", text: " On  holiday " },
  });
  assert.deepEqual(me.status, status);
  for (const socket of [onBob, second]) {
    const { user } = await socket.event("user", ({ user }) => user.id === ann.id);
    assert.deepEqual(user.status, status);
  }
  const seen = await bob.api.get<User>(`/api/users/${ann.id}`);
  assert.deepEqual(seen.status, status);
  const later = await house.connect(ann);
  assert.deepEqual(later.ready.user.status, status);
  const none = await ann.api.patch<User>("/api/me", { status: null });
  assert.equal(none.status, null);
  await onBob.event("user", ({ user }) => user.id === ann.id && user.status === null);
});

test("it ends by itself at its time: an event says so, and the server has none any more", async () => {
  const { ann, bob, onBob } = await house.pair();
  const until = Date.now() + 700;
  await ann.api.patch("/api/me", { status: { text: "Back at once", until } });
  const set = await onBob.event("user", ({ user }) => user.status !== null);
  assert.deepEqual(set.user.status, { emoji: "💬", text: "Back at once", until });
  await onBob.event("user", ({ user }) => user.id === ann.id && user.status === null);
  assert.ok(Date.now() >= until);
  assert.equal((await bob.api.get<User>(`/api/users/${ann.id}`)).status, null);
  assert.equal((await ann.api.get<User>("/api/me")).status, null);
});

test("what is no status is refused with the reason at its field", async () => {
  const ann = await house.person();
  const refused = async (status: unknown) =>
    (await ann.api.refused("PATCH", "/api/me", { status })).status;
  assert.equal(await refused({}), 422);
  assert.equal(await refused({ text: "" }), 422);
  assert.equal(await refused({ emoji: "palm tree" }), 422);
  assert.equal(await refused({ text: "x".repeat(101) }), 422);
  assert.equal(await refused({ text: "late", until: Date.now() - 1 }), 422);
  assert.equal(await refused({ text: "x", mood: "good" }), 422);
  assert.equal((await ann.api.refused("PATCH", "/api/me", { timeZone: "Mars/North" })).status, 422);
  assert.equal((await ann.api.get<User>("/api/me")).status, null);
});

test("others see where somebody's clock stands, unless the settings say otherwise", async () => {
  const { ann, bob } = await house.pair();
  await ann.api.patch("/api/me", { timeZone: "Europe/Paris" });
  const zone = async () => (await bob.api.get<User>(`/api/users/${ann.id}`)).timeZone;
  assert.equal(await zone(), "Europe/Paris");
  await ann.api.patch("/api/me", { showLocalTime: false });
  assert.equal(await zone(), undefined);
  await ann.api.patch("/api/me", { timeZone: "Asia/Tokyo" });
  assert.equal(await zone(), undefined);
});

test("in a direct room the others hear who has seen what; in other rooms nobody does", async () => {
  const { ann, bob, room, onAnn, onBob } = await house.pair();
  const direct = await ann.api.post<MemberRoom>("/api/rooms", { kind: "direct", users: [bob.id] });
  const { seq } = await onAnn.send(direct.id, "have you seen this?");
  await onBob.event("message", ({ message }) => message.room === direct.id);
  await bob.api.put(`/api/rooms/${direct.id}/read`, { seq });
  const { type: _, ...heard } = await onAnn.event("seen");
  assert.deepEqual({ ...heard, at: 0 }, { room: direct.id, userId: bob.id, seq, at: 0 });
  const { seen } = await ann.api.get<{ seen: Seen[] }>(`/api/rooms/${direct.id}/seen`);
  assert.deepEqual(seen, [{ userId: bob.id, seq, at: heard.at }]);

  await onAnn.send(room, "and this?");
  await bob.api.put(`/api/rooms/${room}/read`, { seq: 99 });
  await onBob.settled();
  await onAnn.settled();
  assert.equal(onAnn.all("seen").length, 1);
  assert.deepEqual(onBob.all("seen"), [], "one does not hear of oneself");
  assert.equal((await ann.api.refused("GET", `/api/rooms/${room}/seen`)).status, 403);
  const stranger = await house.person();
  assert.equal((await stranger.api.refused("GET", `/api/rooms/${direct.id}/seen`)).status, 404);
});

test("a public room can be looked at by who may join it, and by no guest", async () => {
  const ann = await house.person();
  const guest = await house.person("guest");
  await house.owner.api.patch(`/api/users/${guest.id}`, { role: "guest" });
  const room = await house.owner.api.post<MemberRoom>("/api/rooms", {
    kind: "public",
    name: house.name("garden"),
  });
  await house.owner.api.post(`/api/rooms/${room.id}/messages`, { text: "beans" });
  const path = `/api/rooms/${room.id}/preview`;
  const shown = await ann.api.get<{ messages: { text: string }[]; room: object }>(path);
  assert.deepEqual(shown.messages.map(({ text }) => text), ["beans"]);
  assert.equal((await guest.api.refused("GET", path)).status, 404);
  assert.equal((await ann.api.refused("GET", `/api/rooms/${room.id}/messages`)).status, 403);
  await eventually(async () => {
    const { memberCount } = await ann.api.get<MemberRoom>(`/api/rooms/${room.id}`);
    assert.equal(memberCount, 1, "looking is not joining");
  });
});
