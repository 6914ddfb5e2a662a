import assert from "node:assert/strict";
import { LastChanges } from "../../lib/chat/last_changes.ts";
import { EntityTags } from "../../lib/http/entity_tags.ts";

const HALL = 10;

function tagsOf(mostBytes?: number) {
  const changes = new LastChanges();
  const bound = mostBytes === undefined ? {} : { mostBytes };
  const tags = new EntityTags({ changes, start: "boot", ...bound });
  /** Somebody asks for a page, with what they know of it. */
  const ask = (key: string, known: string | null, userId = 1, moment = tags.now) =>
    tags.ask({ key, userId, known, moment });
  return { changes, tags, ask };
}

Deno.test("a tag holds until something changes, and does again for what is read then", () => {
  const { changes, ask } = tagsOf();
  const tag = ask("ann /", null).give([HALL])!;
  assert.equal(ask("ann /", tag).unchanged, tag);
  changes.happened([{ type: "moved", room: HALL, rev: 1, access: 0 }]);
  const again = ask("ann /", tag);
  assert.equal(again.unchanged, null);
  const newer = again.give([HALL])!;
  assert.equal(ask("ann /", newer).unchanged, newer);
  assert.equal(ask("ann /", tag).unchanged, null);
});

Deno.test("what changes while an answer is read makes its tag void", () => {
  const { changes, ask } = tagsOf();
  const asked = ask("ann /", null);
  changes.happened([{ type: "moved", room: HALL, rev: 1, access: 0 }]);
  const tag = asked.give([HALL]);
  assert.equal(ask("ann /", tag).unchanged, null);
});

Deno.test("what has changed since the caller was found makes a tag void, although it is asked for later", () => {
  const { changes, tags, ask } = tagsOf();
  const found = tags.now;
  changes.happened([{ type: "moved", room: HALL, rev: 1, access: 0 }]);
  const tag = ask("ann /", null, 1, found).give([HALL]);
  assert.equal(ask("ann /", tag).unchanged, null);
});

Deno.test("a tag is nobody else's, and no other address's", () => {
  const { ask } = tagsOf();
  const tag = ask("ann /rooms/1", null).give([HALL]);
  assert.equal(ask("bob /rooms/1", tag, 2).unchanged, null);
  assert.equal(ask("ann /rooms/2", tag).unchanged, null);
});

Deno.test("a tag of an earlier start is unknown", () => {
  const tag = tagsOf().ask("ann /", null).give([]);
  const later = new EntityTags({ changes: new LastChanges(), start: "another" });
  later.ask({ key: "ann /", userId: 1, known: null, moment: 0 }).give([]);
  assert.equal(later.ask({ key: "ann /", userId: 1, known: tag, moment: 0 }).unchanged, null);
});

Deno.test("the header may name several, strong or weak", () => {
  const { ask } = tagsOf();
  const tag = ask("ann /", null).give([])!;
  const strong = tag.replace("W/", "");
  for (const known of [`"x", ${tag}`, strong, `${strong},"y"`]) {
    assert.equal(ask("ann /", known).unchanged, tag, known);
  }
  for (const known of ["*", '"x"', "", tag.slice(0, -1)]) {
    assert.equal(ask("ann /", known).unchanged, null, known);
  }
});

Deno.test("what depends on more than is known, and what several nodes answer, has no tag", () => {
  assert.equal(tagsOf().ask("ann /", null).give(null), null);
  const shared = new EntityTags({ changes: null, start: "boot" });
  assert.equal(shared.ask({ key: "ann /", userId: 1, known: null, moment: 0 }).give([HALL]), null);
});

Deno.test("what is remembered stays within its bytes: the oldest goes", () => {
  const { ask } = tagsOf(3_000);
  const tags = Array.from({ length: 20 }, (_, at) => ask(`key ${at}`, null).give([HALL]));
  const known = tags.map((tag, at) => ask(`key ${at}`, tag).unchanged !== null);
  assert.equal(known[0], false);
  assert.equal(known[19], true);
  const count = known.filter(Boolean).length;
  assert.ok(count > 5 && count < 15, String(count));
});

Deno.test("who enters the room they were in last is known to be there, and nobody else", () => {
  const { tags } = tagsOf();
  const entered = [[1, 10], [1, 10], [2, 10], [1, 11], [1, 10]];
  assert.deepEqual(entered.map(([user, room]) => tags.enters(user!, room!)), [
    true,
    false,
    true,
    true,
    true,
  ]);
});

Deno.test("where somebody was last is known once they have been there, and of nobody else", () => {
  const { tags } = tagsOf();
  tags.enters(1, 10);
  tags.enters(1, 11);
  assert.deepEqual([tags.lastRoom(1), tags.lastRoom(2)], [11, null]);
});
