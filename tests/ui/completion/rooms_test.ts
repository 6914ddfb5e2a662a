import assert from "node:assert/strict";
import { roomsFor, unfinishedRoom } from "../../../lib/ui/completion/rooms.tsx";
import { roomOf } from "../fake_client.ts";

Deno.test("a room's name is written after a sign that begins a word, and may have spaces", () => {
  const cases: [string, string | null][] = [
    ["see #", ""],
    ["see #des", "des"],
    ["(#Дизайн", "Дизайн"],
    ["#design te", "design te"],
    ["#design ", null],
    ["C#des", null],
    ["https://a.example/#des", null],
    ["## head", null],
    ["# head", null],
    ["#one\ntwo", null],
  ];
  for (const [before, query] of cases) assert.equal(unfinishedRoom(before), query, before);
});

Deno.test("rooms that are called so come first; archived ones and conversations are left out", () => {
  const rooms = [
    roomOf({ id: 1, name: "web design" }),
    roomOf({ id: 2, name: "Design" }),
    roomOf({ id: 3, name: "design team" }),
    roomOf({ id: 4, name: "design, old", archived: true }),
    roomOf({ id: 5, kind: "direct", name: null }),
  ];
  const found = (query: string) => roomsFor(query, rooms).map(({ id }) => id);
  assert.deepEqual(found("des"), [2, 3, 1]);
  assert.deepEqual(found("design t"), [3]);
  assert.deepEqual(found("design is"), []);
  assert.deepEqual(found(""), [2, 3, 1]);
});
