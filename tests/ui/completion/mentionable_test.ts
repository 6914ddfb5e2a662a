/** Whom an unfinished mention may mean. */
import assert from "node:assert/strict";
import { mentionable, type MentionFacts } from "../../../lib/ui/completion/mentionable.ts";
import { matching, merged } from "../../../lib/ui/people_search.ts";
import { messageOf, roomOf, userOf } from "../fake_client.ts";

const ME = userOf(1, "ann", "Ann Lee");
const BOB = userOf(2, "bob", "Bob García");
const BOBBY = userOf(3, "bobby", "Robert Moss");
const GARRY = userOf(4, "garry", "Garry Bo");
const STRANGER = userOf(9, "gargamel", "José García");

function offered(prefix: string, over: Partial<MentionFacts> = {}): string[] {
  const people = mentionable({
    prefix,
    self: ME.id,
    room: roomOf({ memberCount: 5_000 }),
    users: new Map([ME, BOB, BOBBY, GARRY].map((user) => [user.id, user])),
    messages: [],
    answer: { query: null, people: [] },
    ...over,
  });
  return people.map((user) => user.username);
}

Deno.test("people are offered by any word of their names, without accents", () => {
  assert.deepEqual(offered("garci"), ["bob"]);
  assert.deepEqual(offered("MOSS"), ["bobby"]);
  assert.deepEqual(offered("xyz"), []);
  assert.deepEqual(offered("_"), []);
});

Deno.test("whose username it is comes first, then who spoke last, oneself at the end", () => {
  const messages = [
    messageOf(1, "x", { userId: GARRY.id }),
    messageOf(2, "y", { userId: BOBBY.id }),
    messageOf(3, "z", { userId: ME.id }),
  ];
  assert.deepEqual(offered("", { messages }), ["bobby", "garry", "bob", "ann"]);
  assert.deepEqual(offered("bo", { messages }), ["bobby", "garry", "bob"]);
  assert.deepEqual(offered("bob", { messages }), ["bob", "bobby"]);
});

Deno.test("a member whom nobody here has seen comes with the server's answer", () => {
  const answer = { query: "gar", people: [STRANGER, GARRY, BOB] };
  assert.deepEqual(offered("gar", { answer }), ["garry", "gargamel", "bob"]);
});

Deno.test("whoever stands first stays first when the answer comes, unless they are no member", () => {
  assert.deepEqual(offered("gar"), ["garry", "bob"]);
  const some = { query: "gar", people: [STRANGER, GARRY] };
  assert.deepEqual(offered("gar", { answer: some }), ["garry", "gargamel", "bob"]);
  const others = { query: "gar", people: [STRANGER] };
  assert.equal(offered("gar", { answer: others })[0], "gargamel");
});

Deno.test("an answer to older letters is narrowed by the newer", () => {
  const answer = { query: "g", people: [STRANGER, GARRY] };
  assert.deepEqual(offered("garga", { answer }), ["gargamel"]);
});

Deno.test("in a direct room its people alone are offered, and nobody who is disabled", () => {
  const room = roomOf({ kind: "direct", name: null, users: [1, 2] });
  assert.deepEqual(offered("", { room }), ["bob", "ann"]);
  const users = new Map([[2, { ...BOB, disabled: true }], [3, BOBBY]]);
  assert.deepEqual(offered("bo", { users }), ["bobby"]);
});

Deno.test("lists are matched by the server's rule and merged without repeating anybody", () => {
  assert.deepEqual(matching([ME, BOB, STRANGER], "garcia"), [BOB, STRANGER]);
  assert.deepEqual(matching([ME, BOB], ""), [ME, BOB]);
  assert.deepEqual(matching([ME, BOB], "%"), []);
  assert.deepEqual(merged([BOB, ME], [ME, GARRY], [BOB]), [BOB, ME, GARRY]);
});
