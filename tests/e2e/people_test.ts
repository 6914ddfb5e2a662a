/** Who is who, over HTTP: people by their ids, by the words of their names, a room's in pages. */
import assert from "node:assert/strict";
import type { MembersPage } from "../../lib/protocol/members.ts";
import type { User, UsersAnswer } from "../../lib/protocol/people.ts";
import type { Problem } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const named = async (path: string, api = house.owner.api) =>
  (await api.get<{ users: User[] }>(`/api/users?${path}`)).users;

async function guest() {
  const gus = await house.person("guest");
  await house.owner.api.patch(`/api/users/${gus.id}`, { role: "guest" });
  await house.owner.api.delete(`/api/rooms/${GENERAL}/members/${gus.id}`);
  return gus;
}

test("many people are told with one request, whoever is nobody is left out", async () => {
  const people = await house.people(3);
  const ids = people.map(({ id }) => id);
  const told = await named(`ids=${[...ids, 999_999, ids[0]].join(",")}`);
  assert.deepEqual(told.map(({ id }) => id).sort((a, b) => a - b), ids.sort((a, b) => a - b));
  assert.deepEqual(Object.keys(told[0]!).sort(), [
    "avatar",
    "disabled",
    "displayName",
    "id",
    "role",
    "status",
    "username",
  ]);
});

test("a list that is too long, or none, is refused by its name", async () => {
  const many = Array.from({ length: 101 }, (_, index) => index + 1).join(",");
  const paths = [`ids=${many}`, "ids=", "ids=1,,2", "ids=0", "ids=-1", "ids=1;2", "q=a&ids=1"];
  for (const path of [...paths, "q=" + "a".repeat(81), "room=x", "limit=3"]) {
    const { status, body } = await house.owner.api.request<Problem>("GET", `/api/users?${path}`);
    assert.deepEqual([status, body.code], [422, "invalid"], path);
  }
  for (const path of ["limit=0", "limit=501", "after=x", "before=1"]) {
    const { status } = await house.owner.api.request("GET", `/api/rooms/1/members?${path}`);
    assert.equal(status, 422, path);
  }
});

test("somebody is found by any word of the name, without accents, until renamed", async () => {
  const pepe = await house.person("pepe");
  await pepe.api.patch("/api/me", { displayName: "José Garcíadiego" });
  for (const q of ["garciadiego", "JOSE garciad", pepe.username]) {
    const found = await named(`q=${encodeURIComponent(q)}`);
    assert.deepEqual(found.map(({ id }) => id), [pepe.id], q);
  }
  await pepe.api.patch("/api/me", { displayName: "Pepe" });
  assert.deepEqual(await named("q=garciadiego"), []);
});

test("a private room's members are found by its members alone", async () => {
  const [ann, bob, mallory] = await house.people(3);
  const room = await house.room(ann!, bob!);
  await house.owner.api.patch("/api/me", { displayName: "Findling Owner" });
  await bob!.api.patch("/api/me", { displayName: "Findling Bob" });
  assert.equal((await named("q=findling")).length, 2);
  const inRoom = await named(`q=findling&room=${room.id}`, ann!.api);
  assert.deepEqual(inRoom.map(({ id }) => id), [bob!.id]);
  const ids = `ids=${ann!.id},${mallory!.id}&room=${room.id}`;
  assert.deepEqual((await named(ids, bob!.api)).map(({ id }) => id), [ann!.id]);
  for (const path of [`q=findling&room=${room.id}`, ids]) {
    const hidden = await mallory!.api.request<Problem>("GET", `/api/users?${path}`);
    const missing = await mallory!.api.request<Problem>(
      "GET",
      `/api/users?${path.replace(/room=\d+/, "room=987654")}`,
    );
    assert.deepEqual([hidden.status, hidden.text], [404, missing.text]);
  }
});

test("a guest is told of the people in the same rooms, and hears of them from then on", async () => {
  const [ann, bob] = await house.people(2);
  const gus = await guest();
  const room = await house.room(ann!, gus);
  const ask = () => named(`ids=${ann!.id},${bob!.id},${gus.id}`, gus.api);
  const onGus = await house.connect(gus);
  assert.deepEqual((await ask()).map(({ id }) => id).sort(), [ann!.id, gus.id].sort());

  // Who comes after the guest's connection has begun is unknown to it until it asks.
  await ann!.api.put(`/api/rooms/${room.id}/members/${bob!.id}`);
  await bob!.api.patch("/api/me", { displayName: "Before" });
  assert.equal((await ask()).length, 3);
  await house.connect(bob!);
  await bob!.api.patch("/api/me", { displayName: "Robert" });
  const heard = await onGus.event("user", ({ user }) => user.id === bob!.id);
  assert.equal(heard.user.displayName, "Robert", "not what was before it asked");
  await onGus.event("presence", ({ users }) => users[bob!.id] === "online");

  assert.equal((await gus.api.request("GET", "/api/users?q=a")).status, 403);
  const found = await named(`q=robert&room=${room.id}`, gus.api);
  assert.deepEqual(found.map(({ id }) => id), [bob!.id]);
});

test("a room's members come in pages that together are all of them", async () => {
  const [ann, ...others] = await house.people(5);
  const room = await house.room(ann!, ...others);
  const path = `/api/rooms/${room.id}/members`;
  const { members: all } = await ann!.api.get<MembersPage>(path);
  const seen: number[] = [];
  let next: number | null = 0;
  let pages = 0;
  do {
    const page: MembersPage = await ann!.api.get(`${path}?limit=2&after=${next}`);
    seen.push(...page.members.map(({ id }) => id));
    next = page.next;
    pages++;
  } while (next !== null);
  assert.equal(pages, 3);
  assert.deepEqual(seen, all.map(({ id }) => id).sort((a, b) => a - b));
  const last = await ann!.api.get<MembersPage>(`${path}?limit=5`);
  assert.deepEqual([last.members.length, last.next], [5, null]);
});

test("whoever is asked for is told of as here or not", async () => {
  const [ann, bob, carl] = await house.people(3);
  const room = await house.room(ann!, bob!, carl!);
  await house.connect(bob!);
  const told = await ann!.api.get<UsersAnswer>(`/api/users?ids=${bob!.id},${carl!.id}`);
  assert.deepEqual(told.presence, { [bob!.id]: "online" });
  const page = await ann!.api.get<MembersPage>(`/api/rooms/${room.id}/members?limit=3`);
  assert.deepEqual(page.presence, { [bob!.id]: "online" });
});

test("a guest sees whoever shares a room with it; a stranger answers as nobody; it opens nothing", async () => {
  const [ann, bob] = await house.people(2);
  const gus = await guest();
  await house.room(ann!, gus);
  const profile = (id: number) => gus.api.request<User>("GET", `/api/users/${id}`);
  assert.equal((await profile(ann!.id)).body.username, ann!.username);
  assert.equal((await profile(gus.id)).status, 200);
  const [stranger, nobody] = [await profile(bob!.id), await profile(999_999)];
  assert.deepEqual([stranger.status, stranger.text], [404, nobody.text]);
  const opened = await gus.api.request("POST", "/api/rooms", { kind: "direct", users: [ann!.id] });
  assert.equal(opened.status, 403);
  assert.equal((await gus.api.request("GET", "/api/rooms?scope=public")).status, 403);
});
