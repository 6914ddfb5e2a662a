/**
 * Who has a page already is told so without reading anything, and only as long as they would get the
 * same: after each of many changes, what is said to be unchanged is compared with what one would get.
 */
import assert from "node:assert/strict";
import type { Person } from "../support/chat_client.ts";
import { getPage, type TaggedPage } from "../support/tagged_page.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse({ CONFAB_TRUST_PROXY: "1" });
const test = houseTest(house);

const get = (person: Person, path: string, tag: string | null = null): Promise<TaggedPage> =>
  getPage(house.url, person, path, tag);

test("a room's page, its messages and the rooms are not sent to whoever has them", async () => {
  const ann = await house.person();
  for (const path of [`/rooms/${GENERAL}`, `/api/rooms/${GENERAL}/messages`, "/api/rooms"]) {
    const first = await get(ann, path);
    const second = await get(ann, path, first.tag);
    assert.deepEqual([path, first.status, second.status, second.body], [path, 200, 304, ""]);
    assert.equal(second.tag, first.tag);
    for (const name of ["content-security-policy", "permissions-policy", "cache-control"]) {
      assert.equal(second.headers.get(name), first.headers.get(name), `${path} ${name}`);
    }
  }
});

test("another's tag gets nobody their page", async () => {
  const [ann, bob] = await house.people(2);
  const hers = await get(ann!, `/rooms/${GENERAL}`);
  const his = await get(bob!, `/rooms/${GENERAL}`, hers.tag);
  assert.equal(his.status, 200);
  assert.match(his.body, new RegExp(`"username":"${bob!.user.username}"`));
});

test("the page at / opens the room that one was in last, wherever that is known", async () => {
  const [ann, bob] = await house.people(2);
  const one = await house.room(ann!, bob!);
  const other = await house.room(ann!, bob!);
  const opened = async () => (await get(bob!, "/")).body.match(/"room":(\d+|null),/)?.[1];
  await get(bob!, `/rooms/${one.id}`);
  assert.equal(await opened(), `${one.id}`);
  // As the browser says where one went without a page.
  await bob!.api.request("PUT", "/api/me/room", { room: other.id });
  assert.equal(await opened(), `${other.id}`);
  await ann!.api.request("DELETE", `/api/rooms/${other.id}/members/${bob!.user.id}`);
  assert.notEqual(await opened(), `${other.id}`);
});

test("after each change that shows, a page is made anew", async () => {
  const [ann, bob] = await house.people(2);
  const room = await house.room(ann!, bob!);
  const other = await house.room(ann!, bob!);
  const message = await bob!.api.post<{ id: number }>(`/api/rooms/${room.id}/messages`, {
    text: "one",
  });
  const own = await ann!.api.post<{ id: number }>(`/api/rooms/${room.id}/messages`, {
    text: "two",
  });
  const member = `/api/rooms/${room.id}`;
  const gone = await bob!.api.post<{ id: number }>(`${member}/messages`, { text: "no" });
  await bob!.api.request("DELETE", `/api/messages/${gone.id}`);
  const changes: Record<string, () => Promise<unknown>> = {
    "a message": () => bob!.api.post(`${member}/messages`, { text: "three" }),
    "a message in another room": () =>
      bob!.api.post(`/api/rooms/${other.id}/messages`, { text: "there" }),
    "a reaction": () => bob!.api.put(`/api/messages/${own.id}/reactions/👍`, {}),
    "an edit": () => bob!.api.patch(`/api/messages/${message.id}`, { text: "one!" }),
    "a reply in a thread": () =>
      bob!.api.post(`${member}/messages`, {
        text: "so it is",
        replyTo: message.id,
        threadOnly: true,
      }),
    "a message taken back": () => bob!.api.post(`/api/messages/${gone.id}/restore`, {}, 200),
    "a saved message": () => ann!.api.put(`/api/messages/${message.id}/save`),
    "a read mark": () => ann!.api.put(`${member}/read`, { seq: 1 }),
    "muting": () => ann!.api.patch(`${member}/membership`, { notify: "none" }),
    "a room's name": () => ann!.api.patch(member, { name: house.name("garden") }),
    "an author's name": () => bob!.api.patch("/api/me", { displayName: "Robert" }),
    "a status": () => bob!.api.patch("/api/me", { status: { emoji: "🌴", text: "away" } }),
    "a theme": () => ann!.api.patch("/api/me", { theme: "dark" }),
    "a language": () => ann!.api.patch("/api/me", { language: "ru" }),
    "a new room": () => house.room(bob!, ann!),
    "the workspace's name": () =>
      house.owner.api.patch("/api/workspace/settings", { name: house.name("place") }),
    "a deletion": () => bob!.api.request("DELETE", `/api/messages/${message.id}`),
  };
  const paths = [`/rooms/${room.id}`, `${member}/messages`, "/api/rooms"];
  await get(ann!, paths[0]!);
  for (const [what, change] of Object.entries(changes)) {
    const before = await Promise.all(paths.map((path) => get(ann!, path)));
    const answer = await change() as { status?: number } | undefined;
    assert.ok(!(Number(answer?.status) >= 400), `${what}: ${JSON.stringify(answer)}`);
    let shown = 0;
    for (const [at, path] of paths.entries()) {
      const asked = await get(ann!, path, before[at]!.tag);
      const now = await get(ann!, path);
      if (now.body !== before[at]!.body) shown += 1;
      const right = asked.status === 304 ? before[at]!.body : asked.body;
      assert.ok(right === now.body, `${what}: ${path}, ${asked.status}`); // a page is too long to show
    }
    assert.ok(shown > 0, `${what} shows nowhere: the test is none`);
  }
});

test("who was removed, or whose session ended, has no page, whatever tag they bring", async () => {
  const [ann, bob] = await house.people(2);
  const room = await house.room(ann!, bob!);
  const paths = [`/rooms/${room.id}`, `/api/rooms/${room.id}/messages`];
  await get(bob!, paths[0]!);
  const before = await Promise.all(paths.map((path) => get(bob!, path)));
  await ann!.api.request("DELETE", `/api/rooms/${room.id}/members/${bob!.user.id}`);
  for (const [at, path] of paths.entries()) {
    assert.equal((await get(bob!, path, before[at]!.tag)).status, 404, path);
  }
  const general = await get(bob!, `/rooms/${GENERAL}`);
  await bob!.api.post("/api/logout", {}, 204);
  const after = await get(bob!, `/rooms/${GENERAL}`, general.tag);
  assert.deepEqual([after.status, after.headers.get("location")?.slice(0, 6)], [302, "/login"]);
});

test("coming back to a room whose page one has makes it the room that one was in last", async () => {
  const ann = await house.person();
  const room = await house.room(ann);
  const general = await get(ann, `/rooms/${GENERAL}`);
  await get(ann, `/rooms/${room.id}`);
  assert.equal((await get(ann, `/rooms/${GENERAL}`, general.tag)).status, 304);
  assert.match((await get(ann, "/")).body, new RegExp(`"room":${GENERAL},`));
  await ann.api.put("/api/me/room", { room: room.id });
  assert.match((await get(ann, "/")).body, new RegExp(`"room":${room.id},`));
  assert.equal((await get(ann, `/rooms/${GENERAL}`, general.tag)).status, 304);
  assert.match((await get(ann, "/")).body, new RegExp(`"room":${GENERAL},`));
});

test("browsers keep a page where they clear it at the logout, that is, over TLS", async () => {
  const ann = await house.person();
  const bare = await get(ann, `/rooms/${GENERAL}`);
  assert.equal(bare.headers.get("cache-control"), "no-store");
  const overTls = { "x-forwarded-proto": "https" };
  const page = await ann.api.request("GET", `/rooms/${GENERAL}`, undefined, overTls);
  assert.equal(page.headers.get("cache-control"), "private, no-cache");
  const messages = `/api/rooms/${GENERAL}/messages`;
  const data = await ann.api.request("GET", messages, undefined, overTls);
  assert.equal(data.headers.get("cache-control"), "no-store");
  const left = await ann.api.request("POST", "/api/logout", {}, overTls);
  assert.deepEqual([left.status, left.headers.get("clear-site-data")], [204, '"cache"']);
});

test("HEAD tells no other length than GET has, and who has a page hears by what it varies", async () => {
  const ann = await house.person();
  const plain = { "accept-encoding": "identity" };
  for (const path of [`/rooms/${GENERAL}`, `/api/rooms/${GENERAL}/messages`, "/api/rooms"]) {
    const whole = await ann.api.request("GET", path, undefined, plain);
    const head = await ann.api.request("HEAD", path, undefined, plain);
    const length = String(new TextEncoder().encode(whole.text).byteLength);
    assert.equal(head.status, 200);
    assert.ok([null, length].includes(head.headers.get("content-length")), path);
    const unchanged = await get(ann, path, head.headers.get("etag"));
    assert.equal(unchanged.status, 304);
    assert.match(unchanged.headers.get("vary") ?? "", /accept-encoding/i);
  }
});
