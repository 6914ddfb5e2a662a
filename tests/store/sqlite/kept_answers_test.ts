/** What was answered a moment ago is answered again here: as the database would, and to nobody else. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { laneOf } from "../../../lib/metrics/counts.ts";
import { KeptAnswers } from "../../../lib/store/sqlite/kept_answers.ts";
import { refused } from "../../contract/store/stage.ts";
import { accountInput, messageInput, tested, withStore } from "./support.ts";

const NOW = 1_700_000_000_000;
const NEWEST = { room: 1, anchor: {}, limit: 50 };

tested(
  "as long as nothing is committed no Worker is asked again, and each reader has their own",
  () => {
    const counts = { lanes: new Map() };
    const asked = () => laneOf(counts, "reader", "read").operations.count;
    return withStore(async ({ store }) => {
      const ann = await store.createAccount(accountInput("ann"));
      const ben = await store.createAccount(accountInput("ben"));
      const read = async (userId: number) => ({
        snapshot: await store.snapshot({ userId }),
        list: await store.listRooms({ userId }),
        page: await store.history({ userId, ...NEWEST }),
      });
      const both = [await read(ann.user.id), await read(ben.user.id)];
      assert.deepEqual(both.map(({ snapshot }) => snapshot.user.username), ["ann", "ben"]);
      const before = asked();
      assert.deepEqual([await read(ann.user.id), await read(ben.user.id)], both);
      assert.equal(asked(), before);

      await store.sendMessage(messageInput(ben.user.id, "hello"));
      const later = await read(ann.user.id);
      assert.deepEqual([both[0]!.snapshot.heads, later.snapshot.heads], [[0], [1]]);
      assert.match(later.list.rooms, /"head":1/);
      assert.match(later.page, /hello/);
      assert.equal(asked(), before + 3);
    }, { counts });
  },
);

tested(
  "who was removed from a room, by whichever program, is refused what they were shown before",
  () =>
    withStore(async ({ store, path }) => {
      const ann = await store.createAccount(accountInput("ann"));
      const ben = await store.createAccount(accountInput("ben"));
      const userId = ann.user.id;
      const club = { kind: "private", name: "club", topic: "" } as const;
      const { id: room } = await store.createRoom({ ...club, userId, now: NOW });
      await store.addMember({ actorId: userId, room, userId: ben.user.id, now: NOW });
      const read = (userId: number) => store.history({ ...NEWEST, userId, room });
      const page = await read(ben.user.id);
      assert.equal(await read(ben.user.id), page);
      const other = new DatabaseSync(path);
      other.prepare("DELETE FROM members WHERE room_id = ? AND user_id = ?").run(room, ben.user.id);
      other.close();
      await refused("not_found", read(ben.user.id));
      assert.equal(await read(userId), page);
    }),
);

tested(
  "a connection is given what its page was given, and keeps nothing where there was no page",
  () => {
    const counts = { lanes: new Map() };
    const asked = () => laneOf(counts, "reader", "read").operations.count;
    return withStore(async ({ store }) => {
      const { user: { id: userId } } = await store.createAccount(accountInput("ann"));
      const first = await store.snapshot({ userId, once: true });
      const before = asked();
      assert.notEqual(await store.snapshot({ userId, once: true }), first);
      assert.equal(asked(), before + 1);
      const ofPage = await store.snapshot({ userId });
      assert.equal(asked(), before + 2);
      assert.equal(await store.snapshot({ userId, once: true }), ofPage);
      assert.equal(await store.snapshot({ userId }), ofPage);
      assert.equal(asked(), before + 2);
    }, { counts });
  },
);

Deno.test("what was read while something was committed is not given again", async () => {
  let version = 1;
  const kept = new KeptAnswers(() => Promise.resolve(version));
  const give = (answer: string, meanwhile = () => {}) =>
    kept.give("question", () => {
      meanwhile();
      return Promise.resolve(answer);
    }, () => 1);
  const commit = () => {
    version += 1;
  };
  assert.equal(await give("old", commit), "old");
  assert.equal(await give("new"), "new");
  assert.equal(await give("newer"), "new");
});

Deno.test("where nobody can say whether something was committed, nothing is kept", async () => {
  const kept = new KeptAnswers(() => Promise.resolve(null));
  for (const answer of ["one", "two"]) {
    assert.equal(await kept.give("question", () => Promise.resolve(answer), () => 1), answer);
  }
  assert.equal(kept.bytes, 0);
});

Deno.test("it holds so many bytes, of what was asked for last, and a text of many once", async () => {
  const kept = new KeptAnswers(() => Promise.resolve(1), 20_000);
  for (let i = 0; i < 20; i++) {
    const text = "x".repeat(2_000);
    await kept.give(`history ${i}`, () => Promise.resolve(text), () => 10);
  }
  assert.ok(kept.bytes > 2_000 && kept.bytes < 4_000, `${kept.bytes}`);
  const give = (question: string, bytes: number) =>
    kept.give(question, () => Promise.resolve({ question, bytes }), () => bytes);
  for (let i = 0; i < 50; i++) {
    assert.equal((await give("often", 900)).bytes, 900);
    await give(`once ${i}`, 900);
    assert.ok(kept.bytes <= 20_000, `${kept.bytes}`);
  }
  assert.equal((await give("often", 1)).bytes, 900);
  assert.equal((await give("once 0", 1)).bytes, 1);
  await give("large", 10_001);
  assert.equal((await give("large", 1)).bytes, 1);
});

Deno.test("an answer that is too large to be kept drives out nobody's, however often it is asked for", async () => {
  const kept = new KeptAnswers(() => Promise.resolve(1), 20_000);
  const give = (question: string, answer: string) =>
    kept.give(question, () => Promise.resolve(answer), () => 10);
  await give("history of others", "old");
  for (let i = 0; i < 3; i++) await give("history of a hundred long messages", "x".repeat(10_001));
  assert.equal(await give("history of others", "new"), "old");
});
