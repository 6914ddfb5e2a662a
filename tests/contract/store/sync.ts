/** Catching up: what changed, and the view that a connection begins with. */
import assert from "node:assert/strict";
import { RESET_AFTER } from "../../../lib/protocol/limits.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import { refused, type Stage, type StoreTest } from "./stage.ts";
import { historyOf, snapshotOf } from "../../support/store_reads.ts";

async function changedRoom(stage: Stage) {
  const people = await stage.people("ann", "ben");
  const { ann, ben } = people;
  const one = await stage.send(ann, 1, "one");
  const two = await stage.send(ben, 1, "two");
  await stage.send(ann, 1, "three");
  await stage.edit(ann, one, "one!");
  await stage.react(ann, two, "👍");
  await stage.send(ben, 1, "six");
  return people;
}

export function syncTests(test: StoreTest): void {
  test("changes give each changed message once, in its latest state, by rev", async (stage) => {
    const { ann } = await changedRoom(stage);
    const since = async (since: number, limit = 100) => {
      const changes = await stage.store.changes({ userId: ann.id, room: 1, since, limit });
      assert.equal(changes.head, 6);
      assert.equal(changes.reset, false);
      return [changes.messages.map(({ rev, seq }) => [rev, seq]), changes.more];
    };
    assert.deepEqual(await since(0), [[[3, 3], [4, 1], [5, 2], [6, 6]], false]);
    assert.deepEqual(await since(3), [[[4, 1], [5, 2], [6, 6]], false]);
    assert.deepEqual(await since(3, 2), [[[4, 1], [5, 2]], true]);
    assert.deepEqual(await since(3, 3), [[[4, 1], [5, 2], [6, 6]], false]);
    assert.deepEqual(await since(6), [[], false]);
  });

  test("who is ahead of the server, or too far behind, starts anew", async (stage) => {
    const { ann } = await changedRoom(stage);
    const ahead = await stage.store.changes({ userId: ann.id, room: 1, since: 7, limit: 10 });
    assert.deepEqual(ahead, { messages: [], head: 6, more: false, reset: true });
    // As if the client had been away for very long: revisions are counted, not stored one by one.
    const behind = { userId: ann.id, room: 1, since: 6 - RESET_AFTER - 1, limit: 10 };
    assert.equal((await stage.store.changes(behind)).reset, true);
    const justNot = { ...behind, since: 6 - RESET_AFTER };
    assert.equal((await stage.store.changes(justNot)).reset, false);
  });

  test("whoever follows changes ends with what a fresh page shows", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const known = new Map<number, Message>();
    let rev = 0;
    const catchUp = async () => {
      for (let more = true; more;) {
        const changes = await stage.store.changes({
          userId: ann.id,
          room: 1,
          since: rev,
          limit: 3,
        });
        for (const message of changes.messages) known.set(message.id, message);
        rev = changes.messages.at(-1)?.rev ?? rev;
        more = changes.more;
      }
    };
    for (let round = 0; round < 6; round++) {
      const sent = await Promise.all(["a", "b", "c"].map((text) => stage.send(ben, 1, text)));
      if (round % 2 === 0) await catchUp();
      await Promise.all([
        stage.edit(ben, sent[0]!, `edited @ann ${round}`),
        stage.delete(ben, sent[1]!),
        stage.react(ann, sent[2]!, "👍"),
        stage.send(ann, 1, "between"),
      ]);
    }
    await catchUp();
    const page = await historyOf(stage.store, { userId: ann.id, room: 1, anchor: {}, limit: 100 });
    assert.equal(rev, page.head);
    assert.deepEqual([...known.values()].sort((a, b) => a.seq - b.seq), page.messages);
  });

  test("a node asks for a room's changes on behalf of all its members", async (stage) => {
    const { ann } = await changedRoom(stage);
    const asked = { room: 1, since: 3, limit: 2 };
    const changes = await stage.store.roomChanges(asked);
    assert.deepEqual(changes, await stage.store.changes({ ...asked, userId: ann.id }));
    assert.equal((await stage.store.roomChanges({ ...asked, since: 7 })).reset, true);
    await refused("not_found", stage.store.roomChanges({ ...asked, room: 999 }));
  });

  test("a snapshot holds the user, their rooms and the people in them", async (stage) => {
    const { ann, ben, cid, dot } = await stage.people("ann", "ben", "cid", "dot");
    await stage.remove(1, cid, cid);
    await stage.remove(1, dot, dot);
    const now = stage.now();
    const direct = await stage.store.openDirect({ userId: ann.id, users: [cid.id], now });
    await stage.send(ben, 1, "hello @ann");
    const snapshot = await snapshotOf(stage.store, ann.id);
    assert.equal(snapshot.user.username, "ann");
    assert.equal(snapshot.surplus, false);
    assert.deepEqual(snapshot.hidden, { rooms: 0, unread: false });
    assert.deepEqual(snapshot.rooms.map((room) => room.id), [1, direct.room.id]);
    assert.equal(snapshot.rooms[0]!.membership.mentions, 1);
    assert.deepEqual(snapshot.users.map((user) => user.username), ["ann", "ben", "cid"]);
    const alone = await snapshotOf(stage.store, dot.id);
    assert.deepEqual([alone.rooms, alone.users], [[], []]);
  });

  test("a room's access rises with each change of who may read or write there", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "club", ann);
    const change = { userId: ann.id, room: room.id };
    const expected: [what: string, access: number, act: () => Promise<unknown>][] = [
      ["its maker joined", 1, () => Promise.resolve()],
      ["a message", 1, () => stage.send(ann, room.id, "hello")],
      ["somebody came", 2, () => stage.add(room.id, ann, ben)],
      ["they came again", 2, () => stage.add(room.id, ann, ben)],
      ["a new topic", 2, () => stage.store.updateRoom({ ...change, topic: "new" })],
      ["archived", 3, () => stage.store.updateRoom({ ...change, archived: true })],
      ["back again", 4, () => stage.store.updateRoom({ ...change, archived: false })],
      ["other wishes", 4, () => stage.store.updateMembership({ ...change, notify: "none" })],
      ["somebody went", 5, () => stage.remove(room.id, ann, ben)],
    ];
    for (const [what, access, act] of expected) {
      await act();
      const { rooms, accesses } = await snapshotOf(stage.store, ann.id);
      assert.equal(accesses.length, rooms.length);
      assert.equal(accesses[rooms.findIndex(({ id }) => id === room.id)], access, what);
      stage.takeChanges();
      if (rooms.some(({ archived }) => archived)) continue;
      await stage.send(ann, room.id, what);
      assert.deepEqual(stage.takeChanges().map((each) => "access" in each && each.access), [
        access,
      ]);
    }
  });

  test("the people of small rooms are in the snapshot, of one such room as of many", async (stage) => {
    const { ann, out } = await stage.people("ann", "out");
    await stage.room("private", "somebody else's", out);
    await stage.remove(1, ann, ann);
    const listed = async () => (await snapshotOf(stage.store, ann.id)).users.map(({ id }) => id);
    assert.deepEqual(await listed(), []);
    await stage.room("private", "of my own", ann);
    const expected = [ann.id];
    assert.deepEqual(await listed(), expected);
    for (let at = 0; at < 18; at++) {
      const other = await stage.signup(`user${at}`);
      await stage.room("private", `room ${at}`, ann, other);
      expected.push(other.id);
      assert.deepEqual(await listed(), expected);
    }
  });

  test("the people of a large room are not in the snapshot", async (stage) => {
    const people = await Promise.all(
      Array.from({ length: 101 }, (_, index) => stage.signup(`user${index}`)),
    );
    const first = people[0]!;
    assert.deepEqual((await snapshotOf(stage.store, first.id)).users, []);
    await stage.remove(1, people[100]!, people[100]!);
    assert.equal((await snapshotOf(stage.store, first.id)).users.length, 100);
  });

  test("the room that somebody was in last is kept, for them alone", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await stage.room("private", "Plans", ann);
    const last = async (userId: number) => (await snapshotOf(stage.store, userId)).lastRoom;
    assert.equal(await last(ann.id), null);
    await stage.store.rememberRoom({ userId: ann.id, room: room.id });
    await stage.store.rememberRoom({ userId: ann.id, room: room.id });
    assert.equal(await last(ann.id), room.id);
    assert.equal(await last(ben.id), null);
    await refused("not_found", stage.store.rememberRoom({ userId: ben.id, room: room.id }));
    assert.equal(await last(ben.id), null);
  });
}
