/**
 * A server that has answered for a while keeps much; one that was started a moment ago on a copy of
 * its database keeps nothing. After random changes both say the same, to each reader, byte for byte.
 */
import assert from "node:assert/strict";
import { type Person } from "../support/chat_client.ts";
import { startProgram } from "../support/program.ts";
import { createRandom } from "../support/random.ts";
import { SECRET, seedPeople } from "../support/seeded_people.ts";

const ENV = { CONFAB_SECRET: SECRET };
const TEXTS = ["**hi**", "</script><#0>", "a\u2028b", '],\n["', "#general :x:", "@person-0003"];
const ROUNDS = 3;
const CHANGES = 15;

/** What one reader has from one address: kept with its tag, as a program may keep it. */
type Kept = Map<string, { tag: string; body: string }>;

async function read(url: string, { token, id }: Person, path: string, kept: Kept): Promise<string> {
  const key = `${id} ${path}`;
  const had = kept.get(key);
  const headers = { authorization: `Bearer ${token}`, ...(had && { "if-none-match": had.tag }) };
  const answer = await fetch(url + path, { headers, redirect: "manual" });
  const body = (await answer.text()).replaceAll(/"epoch":"[^"]*"|nonce="[^"]*"/g, "");
  if (answer.status === 304) return had!.body;
  const shown = `${answer.status} ${body}`;
  const tag = answer.headers.get("etag");
  if (tag === null) kept.delete(key);
  else kept.set(key, { tag, body: shown });
  return shown;
}

function change(random: ReturnType<typeof createRandom>, people: Person[], rooms: number[]) {
  const [owner] = people as [Person];
  const { api, id } = random.pick(people);
  const other = random.pick(people).id;
  const room = `/api/rooms/${random.pick(rooms)}`;
  const message = `/api/messages/${1 + random.below(12)}`;
  const text = `${random.pick(TEXTS)} ${random.below(99)}`;
  const changes: [method: string, path: string, body?: unknown, as?: Person][] = [
    ["POST", `${room}/messages`, { text }],
    ["POST", `${room}/messages`, { text, replyTo: 1 + random.below(12) }],
    ["PATCH", message, { text }],
    ["DELETE", message],
    ["POST", `${message}/restore`, {}],
    ["PUT", `${message}/reactions/👍`, {}],
    ["PUT", `${message}/save`],
    ["PUT", `${room}/read`, { seq: 1 + random.below(9) }],
    ["PUT", `${room}/draft`, { text }],
    ["PATCH", "/api/me", { displayName: text.replaceAll(/\s/g, " ") }],
    ["PATCH", "/api/me", { language: random.pick(["en", "ru", null]) }],
    ["PATCH", "/api/me", { status: { emoji: "🌴", text: `away ${random.below(9)}` } }],
    ["PATCH", `${room}/membership`, { notify: random.pick(["all", "none"]), favourite: true }],
    ["PATCH", room, { topic: text.replaceAll(/\s/g, " ") }, owner],
    ["PUT", `${room}/members/${other}`, undefined, owner],
    ["DELETE", `${room}/members/${other}`, undefined, owner],
    ["PATCH", `/api/users/${id}`, { role: random.pick(["guest", "member", "admin"]) }, owner],
    ["PATCH", "/api/workspace/settings", { name: `Place ${random.below(99)}` }, owner],
  ];
  const [method, path, body, as] = random.pick(changes);
  // Many are refused, which changes nothing either.
  return (as?.api ?? api).request(method, path, body);
}

Deno.test("who has run for a while says what a server says that has just been started", async () => {
  const random = createRandom(15);
  const [dataDir, copy] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  const peopleAt = await seedPeople(dataDir, 4);
  await using warm = await startProgram({ dataDir, env: ENV });
  const people = peopleAt(warm.url);
  const rooms = [1];
  for (const kind of ["private", "public"]) {
    const room = await people[0]!.api.post<{ id: number }>("/api/rooms", { kind, name: kind });
    rooms.push(room.id);
    await people[0]!.api.put(`/api/rooms/${room.id}/members/${people[1]!.id}`);
  }
  const paths = rooms.flatMap((room) => [`/rooms/${room}`, `/api/rooms/${room}/messages`]);
  const all = people.flatMap((person) =>
    ["/api/rooms", ...paths, "/"].map((path) => ({ person, path }))
  );
  const kept: Kept = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < CHANGES; i++) {
      await change(random, people, rooms);
      const { person, path } = random.pick(all);
      await read(warm.url, person, path, kept);
    }
    for (const name of ["chat.db", "chat.db-wal"]) {
      await Deno.copyFile(`${dataDir}/${name}`, `${copy}/${name}`);
    }
    await using cold = await startProgram({ dataDir: copy, env: ENV });
    for (const { person, path } of all) {
      const fresh = await read(cold.url, person, path, new Map());
      const [ours, theirs] = [await read(warm.url, person, path, kept), fresh];
      assert.ok(ours === theirs, `round ${round}: ${person.username} ${path}`); // too long to show
    }
  }
  for (const folder of [dataDir, copy]) await Deno.remove(folder, { recursive: true });
});
