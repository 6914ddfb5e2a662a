/** Custom emoji over the running program: what is sent, who hears of it, and the pictures. */
import assert from "node:assert/strict";
import sharp from "sharp";
import type { CustomEmoji, EmojiList } from "../../lib/protocol/custom_emoji.ts";
import { CUSTOM_EMOJI } from "../../lib/protocol/limits.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { User } from "../../lib/protocol/people.ts";
import { uploadFile } from "../support/file_client.ts";
import type { Person } from "../support/chat_client.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

type Bytes = Uint8Array<ArrayBuffer>;

/** With a place in its EXIF. */
const photo = async (width: number, height: number): Promise<Bytes> =>
  new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: "#d02040" } })
      .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "55/1 45/1 21/1" } })
      .jpeg().toBuffer(),
  );

/** Three frames. */
const moving = async (): Promise<Bytes> => {
  const frames = ["#f00", "#0f0", "#00f"].map((background) =>
    sharp({ create: { width: 200, height: 200, channels: 3, background } }).png().toBuffer()
  );
  const joined = sharp(await Promise.all(frames), { join: { animated: true } });
  return new Uint8Array(await joined.gif().toBuffer());
};

function form(name: string, picture: Bytes, file = "picture.png"): FormData {
  const form = new FormData();
  form.append("name", name);
  form.append("file", new Blob([picture]), file);
  return form;
}

async function post(person: Person, body: FormData): Promise<Response> {
  return await fetch(`${house.url}/api/emoji`, {
    method: "POST",
    headers: { authorization: `Bearer ${person.token}` },
    body,
  });
}

async function added(person: Person, name: string, picture?: Bytes): Promise<CustomEmoji> {
  const answer = await post(person, form(name, picture ?? await photo(20, 20)));
  assert.equal(answer.status, 201, await answer.clone().text());
  return await answer.json();
}

const get = (person: Person | null, path: string) =>
  fetch(house.url + path, {
    headers: person === null ? {} : { authorization: `Bearer ${person.token}` },
    redirect: "manual",
  });

async function statusOf(person: Person | null, path: string): Promise<number> {
  const { status, body } = await get(person, path);
  await body?.cancel();
  return status;
}

test("a picture becomes an emoji that all hear of at once, and that is there for who comes later", async () => {
  const { ann, bob, onBob } = await house.pair();
  const parrot = await added(ann, "Party_Parrot", await moving());
  assert.equal(parrot.name, "party_parrot");
  assert.equal(parrot.userId, ann.id);
  const heard = await onBob.event("emoji", ({ name }) => name === "party_parrot");
  assert.deepEqual(heard.emoji, parrot);
  const list = await bob.api.get<EmojiList>("/api/emoji");
  assert.deepEqual(list.emoji.find(({ name }) => name === "party_parrot"), parrot);
  const later = await house.connect(bob);
  assert.equal(later.ready.emoji, list.revision);
  assert.ok(list.revision >= heard.revision);
  const picture = await get(bob, parrot.url);
  assert.equal(picture.headers.get("content-type"), "image/webp");
  assert.match(picture.headers.get("cache-control")!, /private.*immutable/);
  assert.match(picture.headers.get("content-security-policy")!, /sandbox/);
  const { width, pages } = await sharp(await picture.bytes(), { animated: true }).metadata();
  assert.deepEqual([width, pages], [128, 3], "it goes on moving");
});

test("a large photo is made small, whole and without the place where it was taken", async () => {
  const ann = await house.person();
  const { url } = await added(ann, "the_photo", await photo(3_000, 1_500));
  const bytes = await (await get(ann, url)).bytes();
  const { width, height, exif } = await sharp(bytes).metadata();
  assert.deepEqual([width, height, exif], [128, 64, undefined]);
  assert.ok(bytes.length < 262_144);
});

test("who is not signed in sees no picture; another version and another name are not there", async () => {
  const ann = await house.person();
  const { url } = await added(ann, "own_cat");
  assert.equal(await statusOf(ann, url), 200);
  assert.equal(await statusOf(null, url), 401);
  for (const path of ["/emoji/own_cat/0123456789abcdef", url.replace("own_cat", "own_dog")]) {
    assert.equal(await statusOf(ann, path), 404, path);
  }
});

test("what is no picture is refused, and so is a name that cannot be one", async () => {
  const ann = await house.person();
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>');
  const field = async (answer: Response) => [answer.status, (await answer.json()).errors[0].path];
  const cases: [string, Bytes, unknown[]][] = [
    ["drawn", svg, [422, "file"]],
    ["texts", new TextEncoder().encode("no picture"), [422, "file"]],
    ["empty", new Uint8Array(0), [422, "file"]],
    ["../etc", await photo(9, 9), [422, "name"]],
    ["a b", await photo(9, 9), [422, "name"]],
    ["x".repeat(300), await photo(9, 9), [422, "name"]],
    ["", await photo(9, 9), [422, "name"]],
    ["thumbsup", await photo(9, 9), [409, "name"]],
  ];
  for (const [name, picture, expected] of cases) {
    assert.deepEqual(await field(await post(ann, form(name, picture))), expected, name);
  }
  const most = CUSTOM_EMOJI.taken;
  // Far more, and a little more: a form has some room beside its file.
  for (const length of [5_000_000, most + 1]) {
    const large = await post(ann, form("large", new Uint8Array(length)));
    const { code, limit, scope } = await large.json();
    assert.deepEqual([large.status, code, limit, scope], [413, "too_large", most, "file"]);
  }
  assert.equal((await (await post(ann, form("large", new Uint8Array(most)))).json()).status, 422);
  const { id: upload } = await uploadFile(ann.api, new Uint8Array(most + 1));
  const made = await ann.api.request("POST", "/api/emoji", { name: "large", file: upload });
  const { status, body: { limit } } = made as { status: number; body: { limit: number } };
  assert.deepEqual([status, limit], [413, most]);
  const guest = await house.person();
  await house.owner.api.patch(`/api/users/${guest.id}`, { role: "guest" });
  const answer = await post(guest, form("guests", await photo(9, 9)));
  assert.equal(answer.status, 403);
  await answer.body?.cancel();
});

test("it is a reaction and a status by its name, until it is removed: then its name is left", async () => {
  const { ann, bob, onBob } = await house.pair();
  const { url } = await added(ann, "wombat");
  const { id } = await ann.api.post<Message>(`/api/rooms/${GENERAL}/messages`, {
    text: ":wombat:",
  });
  const path = `/api/messages/${id}/reactions/${encodeURIComponent(":Wombat:")}`;
  await bob.api.put(path, undefined);
  const { message } = await onBob.event(
    "message",
    ({ message }) => message.id === id && Object.keys(message.reactions).length > 0,
  );
  assert.deepEqual(message.reactions, { ":wombat:": [bob.id] });
  assert.equal((await bob.api.refused("PUT", path.replace("Wombat", "none"))).status, 422);
  const me = await bob.api.patch<User>("/api/me", { status: { emoji: ":wombat:", text: "Hi" } });
  assert.equal(me.status?.emoji, ":wombat:");

  assert.equal((await bob.api.refused("DELETE", "/api/emoji/wombat")).status, 403);
  await ann.api.delete("/api/emoji/wombat");
  const gone = await onBob.event("emoji", ({ emoji, name }) => emoji === null && name === "wombat");
  assert.equal(gone.emoji, null);
  assert.equal(await statusOf(ann, url), 404);
  await bob.api.delete(path);
  const less = await onBob.event("message", ({ rev }) => rev > message.rev);
  assert.deepEqual([less.message.id, less.message.reactions], [id, {}]);
  assert.equal((await bob.api.get<User>(`/api/users/${bob.id}`)).status?.emoji, ":wombat:");
});

test("the list is not sent again to who has it, and a page that was left open learns of a change", async () => {
  const ann = await house.person();
  await added(ann, "first_one");
  const first = await get(ann, "/api/emoji");
  const headers = {
    authorization: `Bearer ${ann.token}`,
    "if-none-match": first.headers.get("etag")!,
  };
  await first.body?.cancel();
  const ask = () => fetch(`${house.url}/api/emoji`, { headers });
  assert.equal((await ask()).status, 304); // it has no body
  await added(ann, "second_one");
  const changed = await ask();
  assert.equal(changed.status, 200);
  await changed.body?.cancel();
});

test("an uploaded file becomes one and is no upload any more; another's upload is not there", async () => {
  const { ann, bob } = await house.pair();
  const form = new FormData();
  form.append("file", new Blob([await photo(300, 300)], { type: "image/jpeg" }), "us.jpg");
  const answer = await fetch(`${house.url}/api/files`, {
    method: "POST",
    headers: { authorization: `Bearer ${ann.token}` },
    body: form,
  });
  assert.equal(answer.status, 201);
  const { id } = await answer.json();
  const body = { name: "all_of_us", file: id };
  assert.equal((await bob.api.refused("POST", "/api/emoji", body)).status, 404);
  const emoji = await ann.api.post<CustomEmoji>("/api/emoji", body);
  assert.equal(emoji.name, "all_of_us");
  assert.equal(await statusOf(bob, emoji.url), 200);
  assert.equal((await ann.api.refused("DELETE", `/api/files/${id}`)).status, 404);
  assert.equal(
    (await ann.api.refused("POST", "/api/emoji", { ...body, name: "more" })).status,
    404,
  );
});

/** Files of pictures, of all tests of this file. */
async function keptBlobs(): Promise<number> {
  let count = 0;
  const folders = [`${house.program.dataDir}/files`];
  for (const folder of folders) {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) folders.push(`${folder}/${name}`);
      else count++;
    }
  }
  return count;
}

test("bytes are on the disk while there is the emoji: not after it, nor of one that was refused", async () => {
  const ann = await house.person();
  const bob = await house.person();
  const before = await keptBlobs();
  await added(ann, "echidna");
  assert.equal(await keptBlobs(), before + 1);
  const answers = await Promise.all(
    [1, 2, 3].map(async () => await post(bob, form("numbat", await photo(30, 30)))),
  );
  for (const answer of answers) await answer.body?.cancel();
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
  await ann.api.delete("/api/emoji/echidna");
  await bob.api.delete("/api/emoji/Numbat");
  assert.equal(await keptBlobs(), before);
});
