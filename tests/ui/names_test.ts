import assert from "node:assert/strict";
import { catalogue } from "../../lib/ui/catalogue/catalogue.ts";
import { initials, roomTitle, sortRooms, tintClass, TINTS, userName } from "../../lib/ui/names.ts";
import { placeOf, placePath } from "../../lib/ui/view.ts";
import { ANN, BOB, roomOf } from "./fake_client.ts";

const words = catalogue("en");
const users = new Map([[ANN.id, ANN], [BOB.id, BOB]]);

Deno.test("a direct room is called after the others in it", () => {
  const direct = roomOf({ kind: "direct", name: null });
  const title = (people: number[]) => roomTitle({ ...direct, users: people }, users, 1, words);
  assert.equal(title([1, 2]), "Bob Moss");
  assert.equal(title([1]), "Ann Lee (you)");
  assert.equal(roomTitle(direct, users, ANN.id, words), "Direct message");
  assert.equal(roomTitle(roomOf(), users, ANN.id, words), "general");
});

Deno.test("who could be taken for somebody else is called by both names", () => {
  const called = (user: Partial<typeof BOB>) =>
    userName(new Map([[BOB.id, { ...BOB, ...user }]]), BOB.id);
  assert.equal(called({}), "Bob Moss");
  assert.equal(called({ namesake: true }), "Bob Moss (@bob)");
  assert.equal(called({ displayName: "Ann (@ann)" }), "Ann (@ann) (@bob)");
  assert.equal(called({ displayName: "＠ann" }), "＠ann (@bob)");
  const direct = roomOf({ kind: "direct", name: null, users: [1, 2] });
  const both = new Map([[ANN.id, ANN], [BOB.id, { ...BOB, namesake: true as const }]]);
  assert.equal(roomTitle(direct, both, ANN.id, words), "Bob Moss (@bob)");
});

Deno.test("a group of many is called after the first of them, and by how many there are more", () => {
  const people = Array.from({ length: 15 }, (_, at) => ({
    ...BOB,
    id: at + 2,
    displayName: `Somebody Number ${at + 1}`,
  }));
  const known = new Map([[ANN.id, ANN], ...people.map((user) => [user.id, user] as const)]);
  const group = roomOf({ kind: "direct", name: null, users: [...known.keys()] });
  const title = roomTitle(group, known, ANN.id, words).replace(/[\u2066-\u2069]/g, "");
  assert.equal(
    title,
    "Somebody Number 1, Somebody Number 2, Somebody Number 3, Somebody Number 4, +11",
  );
});

Deno.test("initials are of the first and the last word, in any script", () => {
  assert.equal(initials("Ann Lee"), "AL");
  assert.equal(initials("Дмитрий Иванович Орлов"), "ДО");
  assert.equal(initials("bob"), "B");
  assert.equal(initials("ßeta"), "ß");
  assert.equal(initials(""), "?");
});

Deno.test("an initial is a whole character, however many code points it has; an emoji stands alone", () => {
  assert.equal(initials("👩‍💻 Dev"), "👩‍💻");
  assert.equal(initials("🇫🇷 Jean"), "🇫🇷");
  assert.equal(initials("Jean 🇫🇷"), "J");
  assert.equal(initials("e\u0301va n\u0303u"), "E\u0301N\u0303");
  assert.equal(initials("한국 사람"), "한사");
  assert.equal(initials("क्षितिज शर्मा"), "क्षिश");
  assert.equal(initials("i\u0307lker"), "I\u0307");
  assert(initials("a" + "\u0301".repeat(5000)).length <= 32);
});

Deno.test("neighbours by id have different colours", () => {
  const seen = new Set(Array.from({ length: TINTS }, (_, id) => tintClass(id)));
  assert.equal(seen.size, TINTS);
  assert.equal(tintClass(3), tintClass(3));
});

Deno.test("rooms stand by name as the language orders them, archived ones last", () => {
  const entries = ["b", "Room 10", "ёж", "а", "Room 2", "я"].map((title, at) => ({
    title,
    room: roomOf({ id: at, archived: title === "а" }),
  }));
  const titles = sortRooms(entries, "ru").map((entry) => entry.title);
  assert.deepEqual(titles.at(-1), "а");
  assert.ok(titles.indexOf("ёж") < titles.indexOf("я"));
  assert.ok(titles.indexOf("Room 2") < titles.indexOf("Room 10"));
});

Deno.test("a path and its place lead to each other, and strangers to none", () => {
  for (const path of ["/", "/rooms/7", "/rooms/7/42"]) {
    assert.equal(placePath(placeOf(path)!), path);
  }
  for (const path of ["/rooms", "/rooms/x", "/rooms/1/2/3", "/login", "//evil.example"]) {
    assert.equal(placeOf(path), null);
  }
});
