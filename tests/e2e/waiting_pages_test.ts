/** While a page waits for its turn its reader may change, or have no session any more. */
import assert from "node:assert/strict";
import type { Person } from "../support/chat_client.ts";
import { getPage, type TaggedPage } from "../support/tagged_page.ts";
import { GENERAL, houseTest, openHouse } from "./house.ts";

const house = openHouse();
const test = houseTest(house);

/** So many that most of them wait. */
const MANY = 150;

const get = (person: Person, path: string, tag: string | null = null): Promise<TaggedPage> =>
  getPage(house.url, person, path, tag);

/** Asks for many pages at once, and does something when the first of them is there. */
async function askAndDo(person: Person, act: () => Promise<unknown>): Promise<TaggedPage[]> {
  const asked = Array.from({ length: MANY }, (_, at) => get(person, `/rooms/${GENERAL}?at=${at}`));
  await Promise.race(asked);
  await act();
  return await Promise.all(asked);
}

test("a page that waited is not made for a session that has ended meanwhile", async () => {
  const ann = await house.person();
  const pages = await askAndDo(ann, () => ann.api.post("/api/logout", {}, 204));
  const made = pages.filter(({ status }) => status === 200).length;
  const refused = pages.filter(({ status }) => status === 302).length;
  assert.equal(made + refused, MANY);
  assert.ok(refused > MANY / 3, `${made} were made`);
});

test("a page that waited shows its reader as they are, and so does its tag", async () => {
  const ann = await house.person();
  const name = "Renamed Meanwhile";
  const { id, username } = ann;
  const me = `"me":{"id":${id},"username":"${username}","displayName":"${name}"`;
  const pages = await askAndDo(ann, () => ann.api.patch("/api/me", { displayName: name }));
  const renamed = pages.filter(({ body }) => body.includes(me)).length;
  assert.ok(renamed > MANY / 3, `${renamed} of them`);
  for (const { path, tag, body } of pages) {
    const again = await get(ann, path, tag);
    assert.ok((again.status === 304 ? body : again.body).includes(me), path); // too long to show
  }
});

test("others are answered again and again while a page of messages is made that are slow to show", async () => {
  const ann = await house.person();
  const room = await ann.api.post<{ id: number }>("/api/rooms", {
    kind: "private",
    name: house.name("Slow"),
  });
  const text = "[a]: http://b\n".repeat(560);
  for (let at = 0; at < 50; at++) {
    await ann.api.post(`/api/rooms/${room.id}/messages`, { text, clientId: crypto.randomUUID() });
  }
  let isMade = false;
  const page = get(ann, `/rooms/${room.id}`).then((made) => {
    isMade = true;
    return made;
  });
  let answered = 0;
  for (; !isMade; answered++) await (await fetch(`${house.url}/healthz`)).body?.cancel();
  assert.ok((await page).body.includes("http://b"));
  assert.ok(answered > 5, `${answered} were answered`);
});
