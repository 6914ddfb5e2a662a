import assert from "node:assert/strict";
import type { User } from "../../../../lib/protocol/people.ts";
import { dataBytes, fitting, roomBytes } from "../../../../lib/store/operations/parts/weight.ts";
import { dataBlock } from "../../../../lib/http/data_block.ts";
import { catalogue } from "../../../../lib/ui/catalogue/catalogue.ts";
import { roomTitle } from "../../../../lib/ui/names.ts";
import { roomOf } from "../../../ui/fake_client.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;
const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

Deno.test("data weighs what the page's data block takes", () => {
  for (const value of ["<", "🏔", { name: '"<b>"', topic: "a < b" }, [1, null]]) {
    assert.equal(dataBytes(value), bytes(dataBlock(value)));
  }
});

Deno.test("a room with a name weighs at least its data and its name as markup", () => {
  for (const name of ["a", '"'.repeat(80), "&<".repeat(40), "🏔".repeat(80)]) {
    const room = roomOf({ name });
    assert(roomBytes(room, new Map()) >= dataBytes(room) + bytes(escaped(name)));
  }
});

Deno.test("a direct room weighs at least what the list calls it, whatever its people are called", () => {
  const names = ["x", '"'.repeat(64), "&".repeat(20), "🏔".repeat(30), "<".repeat(59)];
  const users = Array.from({ length: 15 }, (_, at): User => ({
    id: at + 1,
    username: `user-${at}`,
    displayName: names[(at * 7) % names.length]!,
    role: "member",
    avatar: null,
    disabled: false,
    status: null,
  }));
  const known = new Map(users.map((user) => [user.id, user]));
  const called = new Map(users.map((user) => [user.id, `${user.displayName}, `]));
  for (let count = 1; count <= users.length; count++) {
    for (const self of [1, 3, 99]) {
      const people = users.slice(0, count).map(({ id }) => id);
      const room = roomOf({ kind: "direct", name: null, users: people });
      // Without the marks that keep a name's direction to itself: five people have 30 bytes of them.
      const title = roomTitle(room, known, self, catalogue("en")).replace(/[\u2066-\u2069]/g, "");
      assert(
        roomBytes(room, called) >= dataBytes(room) + bytes(escaped(title)),
        `${count}, ${self}`,
      );
    }
  }
});

Deno.test("a list is cut by number, or by weight, and not at all where neither forbids", () => {
  const one = () => 10;
  assert.deepEqual(fitting([1, 2, 3], { count: 2, bytes: 1_000 }, one), [1, 2]);
  assert.deepEqual(fitting([1, 2, 3], { count: 9, bytes: 25 }, one), [1, 2]);
  assert.deepEqual(fitting([1, 2, 3], { count: 3, bytes: 30 }, one), [1, 2, 3]);
  assert.deepEqual(fitting([1], { count: 3, bytes: 5 }, one), []);
});
