/** Threads: what roots say of their replies, who follows, what is new to whom, titles, lists. */
import assert from "node:assert/strict";
import type { ThreadAnchor } from "../../../lib/store/contract/threads.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import type { User } from "../../../lib/protocol/people.ts";
import type { Change } from "../../../lib/store/store.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf, snapshotOf } from "../../support/store_reads.ts";

type Named = Pick<Message, "id">;

const reply = (stage: Stage, user: User, to: Named, text = "yes", threadOnly = false) =>
  stage.store.sendMessage({
    userId: user.id,
    room: 1,
    clientId: stage.clientId(),
    text,
    replyTo: to.id,
    threadOnly,
    now: stage.now(),
  }).then(({ message }) => message);

const page = (
  { store }: Stage,
  user: User,
  { id }: Named,
  anchor: ThreadAnchor = { after: 0 },
  limit = 10,
) => store.thread({ userId: user.id, message: id, anchor, limit });

const rootOf = async (stage: Stage, user: User, message: Named) =>
  (await page(stage, user, message)).root;

const fresh = async (stage: Stage, user: User, room = 1) =>
  (await stage.memberRoom(user, room)).membership.threads;

const follow = ({ store }: Stage, user: User, { id }: Named, on = true) =>
  store.followThread({ userId: user.id, message: id, on });

const readTo = ({ store }: Stage, user: User, { id }: Named, seq: number) =>
  store.markThreadRead({ userId: user.id, message: id, seq });

const title = ({ store }: Stage, user: User, { id }: Named, text: string | null) =>
  store.titleThread({ userId: user.id, message: id, title: text });

const texts = (messages: readonly Message[]) => messages.map(({ text }) => text);

/** What somebody is told of threads. */
const told = (changes: readonly Change[], user: User) =>
  changes.flatMap((change) =>
    change.type === "thread" || change.type === "follow"
      ? change.states.filter(({ userId }) => userId === user.id).map(({ userId: _, ...state }) => ({
        root: change.root,
        ...state,
      }))
      : []
  );

export function threadTests(test: StoreTest): void {
  for (const group of [replyTests, markTests, deletionTests, titleTests, listTests]) group(test);
}

function replyTests(test: StoreTest): void {
  test("of a message that nobody has answered no mark is kept", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const { id: message, seq } = await stage.send(ann, 1, "alone");
    await stage.store.markThreadRead({ userId: ben.id, message, seq });
    const page = { userId: ben.id, message, anchor: { after: 0 }, limit: 1 };
    assert.equal((await stage.store.thread(page)).readSeq, 0);
  });

  test("a reply raises the head twice: itself, then its root, which counts it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    assert.deepEqual([root.thread, root.replies], [null, null]);
    stage.takeChanges();
    const first = await reply(stage, ben, root);
    assert.deepEqual([first.thread, first.seq, first.rev], [root.id, 2, 2]);
    const replies = { count: 1, lastSeq: 2, lastTs: first.ts, users: [ben.id] };
    const after = { ...root, rev: 3, replies };
    const messages = stage.takeChanges().filter(({ type }) => type === "message");
    const common = { type: "message", room: 1, access: 2 };
    assert.deepEqual(messages, [
      { ...common, rev: 2, message: first },
      { ...common, rev: 3, message: after },
    ]);
    assert.deepEqual(await rootOf(stage, ann, root), after);
    assert.equal((await stage.memberRoom(ann, 1)).head, 3);
    const { messages: changed } = await stage.store.changes({
      userId: ann.id,
      room: 1,
      since: 1,
      limit: 9,
    });
    assert.deepEqual(changed, [first, after]);
  });

  test("a reply to a reply belongs to the same thread, and so does one to a deleted message", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    const first = await reply(stage, ben, root);
    await stage.delete(ben, first);
    const second = await reply(stage, ann, first, "why not?");
    assert.deepEqual([second.thread, second.replyTo], [root.id, first.id]);
    await stage.delete(ann, root);
    const third = await reply(stage, ben, root, "still here");
    assert.equal(third.thread, root.id);
    const { root: left, messages } = await page(stage, ben, third);
    assert.deepEqual([left.id, left.text, left.replies?.count], [root.id, "", 2]);
    assert.deepEqual(texts(messages), ["", "why not?", "still here"]);
  });

  test("those who replied are named, the last one first, five at most", async (stage) => {
    const people = await stage.people("ann", "ben", "cid", "dan", "eve", "fay");
    const { ann, ben, cid, dan, eve, fay } = people;
    const root = await stage.send(ann, 1, "who comes?");
    for (const each of [ann, ben, cid, dan, eve, fay, ben]) await reply(stage, each, root);
    const { replies } = await rootOf(stage, ann, root);
    assert.deepEqual(replies?.users, [ben.id, fay.id, eve.id, dan.id, cid.id]);
    assert.equal(replies?.count, 7);
  });

  test("many replies in one commit are counted one by one", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const [one, two] = [await stage.send(ann, 1, "one"), await stage.send(ann, 1, "two")];
    stage.takeChanges();
    const sent = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((n) => reply(stage, n % 3 === 0 ? ben : cid, n % 2 === 0 ? one : two)),
    );
    const seqs = sent.map(({ seq }) => seq).sort((a, b) => a - b);
    assert.deepEqual(seqs, [3, 5, 7, 9, 11, 13]);
    const revs = stage.takeChanges().flatMap((change) =>
      change.type === "message" ? [[change.rev, change.message.rev] as const] : []
    ).sort(([one], [other]) => one - other); // of three nodes each announces its own
    assert.deepEqual(revs, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((rev) => [rev, rev]));
    for (const root of [one, two]) {
      const { replies } = await rootOf(stage, ann, root);
      const own = sent.filter(({ thread }) => thread === root.id).sort((a, b) => a.seq - b.seq);
      assert.equal(replies?.count, 3);
      assert.equal(replies?.lastSeq, own.at(-1)!.seq);
      assert.deepEqual([...replies!.users].sort(), [ben.id, cid.id]);
    }
    assert.equal((await stage.memberRoom(ann, 1)).head, 14);
  });

  test("a reply sent again is the same one, and counted once", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    const clientId = stage.clientId();
    const more = { replyTo: root.id };
    const { message } = await stage.resend(ben, 1, "yes", clientId, more);
    const again = await stage.resend(ben, 1, "yes", clientId, more);
    assert.deepEqual(again, { message, duplicate: true });
    assert.equal((await rootOf(stage, ann, root)).replies?.count, 1);
    await refused("conflict", stage.resend(ben, 1, "yes", clientId));
  });

  test("what is for a thread alone is nobody's unread message, and no mention in the room", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    const only = await reply(stage, ben, root, "@ann yes", true);
    assert.equal(only.threadOnly, true);
    const { unread, mentions, threads } = (await stage.memberRoom(ann, 1)).membership;
    assert.deepEqual([unread, mentions, threads], [0, 0, 1]);
    await stage.edit(ben, only, "@ann no");
    assert.equal((await stage.memberRoom(ann, 1)).membership.mentions, 0);
    const { messages } = await historyOf(stage.store, {
      userId: ann.id,
      room: 1,
      anchor: { around: "unread" },
      limit: 9,
    });
    assert.deepEqual(texts(messages), ["lunch?", "@ann no"]);
    await reply(stage, ben, root, "for all");
    assert.equal((await stage.memberRoom(ann, 1)).membership.unread, 1);
    // What stood before it does not keep an author's own mark back.
    await reply(stage, ann, root, "mine", true);
    await stage.store.markRead({ userId: ben.id, room: 1, seq: 1, now: stage.now() });
    await stage.send(ben, 1, "next");
    assert.equal((await stage.memberRoom(ben, 1)).membership.unread, 0);
  });
}

function markTests(test: StoreTest): void {
  test("a root's author, who replies and who is mentioned follow, and nobody else", async (stage) => {
    const { ann, ben, cid, dan } = await stage.people("ann", "ben", "cid", "dan");
    const root = await stage.send(ann, 1, "lunch?");
    await reply(stage, ben, root, "@cid too?");
    const following = async (user: User) => (await page(stage, user, root)).following;
    assert.deepEqual(
      [await following(ann), await following(ben), await following(cid), await following(dan)],
      [true, true, true, false],
    );
    assert.deepEqual(
      [await fresh(stage, ann), await fresh(stage, ben), await fresh(stage, cid)],
      [1, 0, 1],
    );
    assert.equal(await fresh(stage, dan), 0);
  });

  test("who says that they do not follow is not made to by a mention or a reply of theirs", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    await reply(stage, ben, root);
    await follow(stage, ann, root, false);
    assert.equal(await fresh(stage, ann), 0);
    await reply(stage, ben, root, "@ann?");
    await reply(stage, ann, root, "leave me");
    assert.equal((await page(stage, ann, root)).following, false);
    assert.equal(await fresh(stage, ann), 0);
    await follow(stage, ann, root);
    assert.equal(await fresh(stage, ann), 0, "what is there was read");
    await reply(stage, ben, root, "back?");
    assert.equal(await fresh(stage, ann), 1);
  });

  test("something new is told once, to each follower alone, until they have read it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    stage.takeChanges();
    const first = await reply(stage, ben, root);
    const second = await reply(stage, ben, root, "or no");
    const changes = stage.takeChanges();
    const state = { root: root.id, following: true, readSeq: root.seq, fresh: true };
    assert.deepEqual(told(changes, ann), [state]);
    assert.deepEqual(told(changes, ben), [{ ...state, readSeq: first.seq, fresh: false }]);
    await readTo(stage, ann, root, first.seq);
    assert.deepEqual(told(stage.takeChanges(), ann), [{ ...state, readSeq: first.seq }]);
    assert.equal(await fresh(stage, ann), 1, "the second is still new");
    await readTo(stage, ann, first, 9_999);
    const read = { ...state, readSeq: second.seq, fresh: false };
    assert.deepEqual(told(stage.takeChanges(), ann), [read]);
    assert.equal(await fresh(stage, ann), 0);
    await readTo(stage, ann, root, first.seq);
    assert.deepEqual(stage.takeChanges(), [], "a mark never goes back");
    await reply(stage, ben, root, "well?");
    assert.deepEqual(told(stage.takeChanges(), ann), [{ ...read, fresh: true }]);
  });

  test("whoever replies has read what stood before", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    await reply(stage, ben, root);
    stage.takeChanges();
    const own = await reply(stage, ann, root, "good");
    const state = { root: root.id, following: true, readSeq: own.seq, fresh: false };
    assert.deepEqual(told(stage.takeChanges(), ann), [state]);
    assert.deepEqual([await fresh(stage, ann), await fresh(stage, ben)], [0, 1]);
  });

  test("reading the room leaves the marks of its threads, and who does not follow reads with it", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const root = await stage.send(ann, 1, "lunch?");
    const only = await reply(stage, ben, root);
    for (const user of [ann, cid]) {
      await stage.store.markRead({ userId: user.id, room: 1, seq: 9, now: stage.now() });
    }
    assert.equal(await fresh(stage, ann), 1);
    assert.equal((await page(stage, ann, root)).readSeq, root.seq);
    assert.equal((await page(stage, cid, root)).readSeq, 3);
    await readTo(stage, cid, root, only.seq);
    assert.equal((await page(stage, cid, root)).following, false);
  });

  test("what a thread is to people can be asked for those who have to do with it", async (stage) => {
    const { ann, ben, cid, dan } = await stage.people("ann", "ben", "cid", "dan");
    const [root, plain] = [await stage.send(ann, 1, "lunch?"), await stage.send(ann, 1, "plain")];
    const answer = await reply(stage, ben, root);
    await follow(stage, cid, root, false);
    const ask = { room: 1, roots: [root.id, plain.id], userIds: [ann.id, ben.id, cid.id, dan.id] };
    assert.deepEqual(await stage.store.threadStates(ask), [{
      root: root.id,
      states: [
        { userId: ann.id, following: true, readSeq: root.seq, fresh: true },
        { userId: ben.id, following: true, readSeq: answer.seq, fresh: false },
        { userId: cid.id, following: false, readSeq: 0, fresh: false },
      ],
    }]);
    assert.deepEqual(await stage.store.threadStates({ ...ask, room: 2 }), []);
    assert.deepEqual(await stage.store.threadStates({ ...ask, userIds: [] }), []);
  });

  test("that somebody has read what was new is told by an event that is not lost", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    const [one, two] = [await reply(stage, ben, root), await reply(stage, ben, root)];
    const types = async (seq: number) => {
      stage.takeChanges();
      await readTo(stage, ann, root, seq);
      return stage.takeChanges().map(({ type }) => type);
    };
    assert.deepEqual(await types(one.seq), ["thread"], "there is more");
    assert.deepEqual(await types(two.seq), ["follow"]);
    assert.deepEqual(await types(two.seq), []);
  });

  test("a connection begins with what is new in threads of its rooms", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const [one, two] = [await stage.send(ann, 1, "one"), await stage.send(ann, 1, "two")];
    await reply(stage, ben, one);
    await reply(stage, ben, two);
    const { threads, rooms } = await snapshotOf(stage.store, ann.id);
    assert.deepEqual(threads, [
      { room: 1, root: two.id, readSeq: two.seq },
      { room: 1, root: one.id, readSeq: one.seq },
    ]);
    assert.equal(rooms.find(({ id }) => id === 1)?.membership.threads, 2);
    await stage.store.markThreadRead({ userId: ann.id, message: one.id, seq: 99 });
    const { threads: left } = await snapshotOf(stage.store, ann.id);
    assert.deepEqual(left.map(({ root }) => root), [two.id]);
  });

  test("who has left hears nothing, and comes back to a room that they have read", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ben, 1, "lunch?");
    await reply(stage, ann, root);
    await stage.remove(1, ann, ben);
    stage.takeChanges();
    await reply(stage, ann, root, "anybody?");
    assert.deepEqual(told(stage.takeChanges(), ben), []);
    await refused("not_found", page(stage, ben, root));
    const { threads } = await stage.store.listThreads({
      userId: ben.id,
      unread: false,
      before: null,
      limit: 9,
    });
    assert.deepEqual(threads, []);
    await stage.add(1, ann, ben);
    assert.equal(await fresh(stage, ben), 0);
    await reply(stage, ann, root, "welcome");
    assert.equal(await fresh(stage, ben), 1);
  });
}

function deletionTests(test: StoreTest): void {
  test("a deleted reply is no longer counted, and its root changes behind it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    const first = await reply(stage, ben, root);
    const second = await reply(stage, ben, root, "sorry, no");
    stage.takeChanges();
    const gone = await stage.delete(ben, second);
    assert.deepEqual([gone.rev, gone.thread], [6, root.id]);
    const revs = stage.takeChanges().flatMap((change) =>
      change.type === "message" ? [[change.rev, change.message.id]] : []
    );
    assert.deepEqual(revs, [[6, second.id], [7, root.id]]);
    const { replies } = await rootOf(stage, ann, root);
    assert.deepEqual(replies, { count: 1, lastSeq: 2, lastTs: first.ts, users: [ben.id] });
    await stage.delete(ben, second);
    assert.equal((await rootOf(stage, ann, root)).replies?.count, 1, "deleted once");
    await stage.delete(ben, first);
    assert.equal((await rootOf(stage, ann, root)).replies, null);
  });

  test("what was all that was new is not new any more when it is deleted, and again when it comes back", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    const first = await reply(stage, ben, root);
    stage.takeChanges();
    await stage.delete(ben, first);
    const state = { root: root.id, following: true, readSeq: root.seq, fresh: false };
    assert.deepEqual(told(stage.takeChanges(), ann), [state]);
    assert.equal(await fresh(stage, ann), 0);
    await stage.store.restoreMessage({ userId: ben.id, message: first.id, now: stage.now() });
    assert.deepEqual(told(stage.takeChanges(), ann), [{ ...state, fresh: true }]);
    assert.equal(await fresh(stage, ann), 1);
    const { replies } = await rootOf(stage, ann, root);
    assert.deepEqual([replies?.count, replies?.lastSeq], [1, first.seq]);
  });

  test("a person's erased replies are counted no more", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    await reply(stage, ben, root);
    await reply(stage, ann, root, "good");
    await stage.store.eraseUser({
      actorId: ann.id,
      userId: ben.id,
      texts: "take",
      username: "free",
      displayName: "x",
      now: stage.now(),
    });
    while (await stage.store.eraseMore({ now: stage.now() }));
    const { replies } = await rootOf(stage, ann, root);
    assert.deepEqual([replies?.count, replies?.users], [1, [ann.id]]);
  });
}

function titleTests(test: StoreTest): void {
  test("who writes in a thread gives it a title, which raises the head once", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const root = await stage.send(ben, 1, "lunch?");
    const first = await reply(stage, cid, root);
    stage.takeChanges();
    const titled = await title(stage, cid, first, "Lunch");
    assert.deepEqual([titled.id, titled.rev, titled.replies?.title], [root.id, 4, "Lunch"]);
    assert.deepEqual(stage.takeChanges(), [
      { type: "message", room: 1, rev: 4, access: 3, message: titled },
    ]);
    await title(stage, ben, root, "Lunch");
    assert.deepEqual(stage.takeChanges(), []);
    assert.equal((await title(stage, ann, root, "Dinner")).replies?.title, "Dinner", "staff");
    assert.equal((await title(stage, ben, root, null)).replies?.title, undefined);
  });

  test("who has not written there may not, and who cannot read it finds nothing", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const root = await stage.send(ann, 1, "lunch?");
    await refused("forbidden", title(stage, ben, root, "Lunch"));
    const own = await reply(stage, ben, root);
    await stage.delete(ben, own);
    await refused("forbidden", title(stage, ben, root, "Lunch"));
    const room = await stage.room("private", "us", ann);
    const hidden = await stage.send(ann, room.id, "psst");
    await refused("not_found", title(stage, cid, hidden, "Lunch"));
    await refused("not_found", follow(stage, cid, hidden));
    await refused("not_found", readTo(stage, cid, hidden, 1));
    await refused("not_found", page(stage, cid, { id: 999 }));
    await stage.delete(ann, hidden);
    await refused("forbidden", title(stage, ann, hidden, "gone"));
  });

  test("a title outlives the last reply, and its place in the list is the root's", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "lunch?");
    const first = await reply(stage, ben, root);
    await title(stage, ann, root, "Lunch");
    await stage.delete(ben, first);
    const { replies } = await rootOf(stage, ann, root);
    const none = { count: 0, lastSeq: root.seq, lastTs: root.ts, users: [], title: "Lunch" };
    assert.deepEqual(replies, none);
    const { topics } = await stage.store.listTopics({
      userId: ann.id,
      room: 1,
      before: null,
      limit: 9,
    });
    assert.deepEqual(topics.map(({ root: { id }, last }) => [id, last]), [[root.id, null]]);
  });
}

function listTests(test: StoreTest): void {
  test("a thread is read by page, around what is new, and from its end", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const root = await stage.send(ann, 1, "count");
    const all: Message[] = [];
    for (const text of ["1", "2", "3", "4", "5"]) {
      all.push(await reply(stage, ben, root, text));
      await stage.send(ben, 1, "between");
    }
    await readTo(stage, ann, root, all[2]!.seq);
    const at = async (anchor: ThreadAnchor, limit: number) => {
      const { messages, hasBefore, hasAfter } = await page(stage, ann, root, anchor, limit);
      return [texts(messages).join(""), hasBefore, hasAfter];
    };
    assert.deepEqual(await at({ after: 0 }, 2), ["12", false, true]);
    assert.deepEqual(await at({ after: all[1]!.seq }, 9), ["345", true, false]);
    assert.deepEqual(await at({ before: all[2]!.seq }, 9), ["12", false, true]);
    assert.deepEqual(await at({}, 2), ["45", true, false]);
    assert.deepEqual(await at({ around: "unread" }, 2), ["34", true, true]);
    assert.deepEqual(await at({ around: all[0]!.seq }, 2), ["1", false, true]);
    await readTo(stage, ann, root, 999);
    assert.deepEqual(await at({ around: "unread" }, 2), ["45", true, false]);
    const { head, readSeq } = await page(stage, ann, root);
    assert.deepEqual([head, readSeq], [16, all[4]!.seq]);
  });

  test("a room's topics come by their last reply, with what is new in each", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const roots: Message[] = [];
    for (const name of ["one", "two", "three"]) {
      const root = await stage.send(ann, 1, name);
      await title(stage, ann, root, name.toUpperCase());
      roots.push(root);
    }
    await stage.send(ann, 1, "no topic");
    await reply(stage, ben, roots[0]!, "a");
    await reply(stage, ben, roots[0]!, "b");
    const topics = async (user: User, before: number | null = null, limit = 9) => {
      const list = await stage.store.listTopics({ userId: user.id, room: 1, before, limit });
      const rows = list.topics.map(({ root, unread, following, last }) =>
        `${root.replies?.title} ${unread} ${following} ${last?.text}`
      );
      return { rows, next: list.next };
    };
    assert.deepEqual((await topics(ann)).rows, [
      "ONE 2 true b",
      "THREE 0 false undefined",
      "TWO 0 false undefined",
    ]);
    assert.equal((await topics(cid)).rows[0], "ONE 2 false b");
    await stage.store.markRead({ userId: cid.id, room: 1, seq: 99, now: stage.now() });
    assert.equal((await topics(cid)).rows[0], "ONE 0 false b");
    const first = await topics(ann, null, 2);
    assert.equal(first.rows.length, 2);
    assert.deepEqual(await topics(ann, first.next, 2), {
      rows: ["TWO 0 false undefined"],
      next: null,
    });
    const room = await stage.room("private", "us", ann);
    await refused(
      "not_found",
      stage.store.listTopics({ userId: ben.id, room: room.id, before: null, limit: 9 }),
    );
  });

  test("one's threads come by their last reply over all rooms, or only those with something new", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "us", ann, ben);
    const one = await stage.send(ann, 1, "one");
    const two = await stage.send(ann, room.id, "two");
    const three = await stage.send(ben, 1, "three");
    await reply(stage, ben, one, "to one");
    await stage.send(ben, room.id, "to two", { replyTo: two.id });
    await reply(stage, ann, three, "to three");
    const list = async (unread: boolean, before: string | null = null, limit = 9) => {
      const found = await stage.store.listThreads({ userId: ann.id, unread, before, limit });
      return { rows: found.threads.map((each) => `${each.root.text} ${each.unread}`), ...found };
    };
    assert.deepEqual((await list(false)).rows, ["three 0", "two 1", "one 1"]);
    assert.deepEqual((await list(true)).rows, ["two 1", "one 1"]);
    const first = await list(false, null, 2);
    assert.deepEqual(first.rows, ["three 0", "two 1"]);
    const rest = await list(false, first.next, 2);
    assert.deepEqual([rest.rows, rest.next], [["one 1"], null]);
    await follow(stage, ann, one, false);
    assert.deepEqual((await list(false)).rows, ["three 0", "two 1"]);
    await stage.remove(room.id, ann, ann);
    assert.deepEqual((await list(false)).rows, ["three 0"]);
  });
}
