/** People's and rooms' pictures over HTTP: sent in three ways, seen by whoever sees the one. */
import assert from "node:assert/strict";
import sharp from "sharp";
import { PICTURE } from "../../lib/protocol/limits.ts";
import type { Room } from "../../lib/protocol/rooms.ts";
import type { User } from "../../lib/protocol/people.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

const WIDE = { create: { width: 900, height: 300, channels: 3, background: "#2a7" } } as const;
type Person = Awaited<ReturnType<typeof house.person>>;

async function send(person: Person, path: string, body: BodyInit, type?: string) {
  const headers = { ...person.api.headers, ...(type ? { "content-type": type } : {}) };
  const response = await fetch(person.api.url + path, { method: "PUT", body, headers });
  return { status: response.status, body: await response.json() };
}

async function fetched(person: Person, path: string) {
  const response = await fetch(person.api.url + path, { headers: person.api.headers });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

async function avatarOf(asking: Person, { id }: Person): Promise<string | null> {
  return (await asking.api.get<User>(`/api/users/${id}`)).avatar;
}

test("a picture becomes small, square and anonymous, is seen by all who see the person, and kept for ever", async () => {
  const [ann, bob] = [await house.person("ann"), await house.person("bob")];
  const photo = await sharp(WIDE).withExif({ IFD3: { GPSMapDatum: "the place" } }).jpeg()
    .toBuffer();
  const put = await send(ann, "/api/me/avatar", new Uint8Array(photo), "image/jpeg");
  assert.equal(put.status, 200);
  const path = await avatarOf(bob, ann);
  assert.equal(put.body.avatar, path);
  assert.match(path!, new RegExp(`^/avatars/${ann.id}/[0-9a-f]{16}$`));
  const { response, bytes } = await fetched(bob, path!);
  const { headers } = response;
  assert.deepEqual([response.status, headers.get("content-type")], [200, "image/webp"]);
  assert.equal(headers.get("cache-control"), "private, max-age=31536000, immutable");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.match(headers.get("content-security-policy")!, /sandbox/);
  assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
  const { width, height, exif } = await sharp(bytes).metadata();
  assert.deepEqual([width, height, exif], [256, 256, undefined]);
  const stranger = await fetch(house.owner.api.url + path, { redirect: "manual" });
  await stranger.body?.cancel();
  assert.equal(stranger.status, 401);
  await ann.api.delete("/api/me/avatar");
  assert.equal(await avatarOf(bob, ann), null);
  assert.equal((await fetched(bob, path!)).response.status, 404);
});

test("a form and JSON do as well; what is no picture, or a bomb, is refused and changes nothing", async () => {
  const ann = await house.person("ann");
  const form = new FormData();
  form.set("file", new File([new Uint8Array(await sharp(WIDE).png().toBuffer())], "a.png"));
  assert.equal((await send(ann, "/api/me/avatar", form)).status, 200);
  const before = await avatarOf(ann, ann);
  const data = (await sharp(WIDE).negate().gif().toBuffer()).toString("base64");
  assert.equal((await ann.api.request("PUT", "/api/me/avatar", { data })).status, 200);
  const after = await avatarOf(ann, ann);
  assert.notEqual(after, before);
  const bomb = new Uint8Array(await sharp(WIDE).png().toBuffer());
  new DataView(bomb.buffer).setUint32(16, 50_000);
  new DataView(bomb.buffer).setUint32(20, 50_000);
  const svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
  for (const body of [svg, "no picture", bomb]) {
    const { status, body: problem } = await send(ann, "/api/me/avatar", body, "image/png");
    assert.deepEqual([status, problem.errors[0].path], [422, "file"]);
  }
  const large = new FormData();
  large.set("file", new File([new Uint8Array(PICTURE.taken + 1)], "a.png"));
  for (const body of [large, new Uint8Array(PICTURE.taken + 1)]) {
    const type = body === large ? undefined : "image/png";
    const { status, body: { code, limit, scope } } = await send(ann, "/api/me/avatar", body, type);
    assert.deepEqual([status, code, limit, scope], [413, "too_large", PICTURE.taken, "file"]);
  }
  assert.equal(await avatarOf(ann, ann), after);
});

test("a room's picture is set by who runs it, told to its members, and hidden with the room", async () => {
  const [ann, bob, cid] = [
    await house.person("ann"),
    await house.person("bob"),
    await house.person("cid"),
  ];
  const { id } = await ann.api.post<Room>("/api/rooms", { kind: "private", name: "Plans" });
  await ann.api.put(`/api/rooms/${id}/members/${bob.id}`);
  const at = `/api/rooms/${id}/picture`;
  const png = new Uint8Array(await sharp(WIDE).png().toBuffer());
  const set = await send(ann, at, png, "image/png");
  assert.equal(set.status, 200);
  const { picture } = await bob.api.get<Room>(`/api/rooms/${id}`);
  assert.equal(picture, set.body.picture);
  assert.equal((await fetched(bob, picture!)).response.status, 200);
  assert.equal((await fetched(cid, picture!)).response.status, 404);
  assert.equal((await send(bob, at, png, "image/png")).status, 403);
  assert.equal((await send(cid, at, png, "image/png")).status, 404);
  await ann.api.delete(`/api/rooms/${id}/members/${bob.id}`);
  assert.equal((await fetched(bob, picture!)).response.status, 404);
  await ann.api.delete(at);
  assert.equal((await ann.api.get<Room>(`/api/rooms/${id}`)).picture, undefined);
});

test("a guest sees the pictures of those in their rooms alone", async () => {
  const [ann, gus] = [await house.person("ann"), await house.person("gus")];
  await house.owner.api.patch(`/api/users/${gus.id}`, { role: "guest" });
  await house.owner.api.delete(`/api/rooms/${GENERAL}/members/${gus.id}`);
  const png = new Uint8Array(await sharp(WIDE).png().toBuffer());
  const { body: { avatar } } = await send(ann, "/api/me/avatar", png, "image/png");
  assert.equal((await fetched(gus, avatar)).response.status, 404);
  const room = await ann.api.post<Room>("/api/rooms", { kind: "private", name: "Plans" });
  await ann.api.put(`/api/rooms/${room.id}/members/${gus.id}`);
  assert.equal((await fetched(gus, avatar)).response.status, 200);
});
