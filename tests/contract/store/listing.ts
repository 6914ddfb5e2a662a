/** The list of rooms, which has an end: what is hidden, what brings it back, groups that are left. */
import assert from "node:assert/strict";
import type { User } from "../../../lib/protocol/people.ts";
import { HIDDEN_COUNT, KEPT, LISTED } from "../../../lib/protocol/limits.ts";
import { joinedIn, refused, type Stage, type StoreTest } from "./stage.ts";
import { snapshotOf } from "../../support/store_reads.ts";

export function listingTests(test: StoreTest): void {
  test("a direct room shows to the others with its first message, as it was before it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await direct(stage, ann, ben);
    assert.deepEqual(await listed(stage, ben), [1]);
    assert.deepEqual((await snapshotOf(stage.store, ben.id)).hidden, {
      rooms: 0,
      unread: false,
    });
    assert.deepEqual(await listed(stage, ann), [1, room]);
    stage.takeChanges();

    const message = await stage.send(ann, room, "hello @ben");
    const [joined, said, ...others] = stage.takeChanges();
    assert.deepEqual(others, []);
    assert(joined?.type === "joined");
    assert.equal(joined.userId, ben.id);
    assert.equal(joined.room.head, message.seq - 1);
    assert.equal(joined.room.membership.unread, 0);
    assert.deepEqual(joined.people?.map(({ username }) => username).sort(), ["ann", "ben"]);
    assert.equal(said?.type, "message");
    assert.deepEqual(await listed(stage, ben), [1, room]);
    const { membership } = await stage.memberRoom(ben, room);
    assert.deepEqual([membership.unread, membership.mentions], [1, 1]);
    await stage.send(ann, room, "again");
    assert.deepEqual(stage.takeChanges().map(({ type }) => type), ["message"]);
  });

  test("a direct room in which nothing was said is its members' all the same", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await direct(stage, ann, ben);
    assert.equal((await stage.memberRoom(ben, room)).membership.hidden, true);
    assert.deepEqual(await hidden(stage, ben), []);
    await stage.send(ben, room, "I was here first");
    assert.deepEqual(joinedIn(stage.takeChanges()).at(-1), [ben.id, room]);
  });

  test("a direct room is hidden until something happens in it", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await direct(stage, ann, ben);
    const message = await stage.send(ann, room, "hello");
    stage.takeChanges();
    const hide = (user: User, hidden = true) =>
      stage.store.updateMembership({ userId: user.id, room, hidden });
    for (
      const [returns, happens] of [
        () => stage.send(ann, room, "are you there?"),
        () => stage.edit(ann, message, "hello!"),
        () => stage.react(ann, message, "👋"),
        () => hide(ben, false),
      ].entries()
    ) {
      assert.equal((await hide(ben)).hidden, true);
      assert.deepEqual(stage.takeChanges(), [
        { type: "left", userId: ben.id, room, access: 3 + returns, hidden: true },
      ]);
      await hide(ben);
      assert.deepEqual(stage.takeChanges(), []);
      assert.deepEqual(await listed(stage, ben), [1]);
      assert.deepEqual(await hidden(stage, ben), [room]);
      assert.deepEqual(await listed(stage, ann), [1, room]);
      await happens();
      assert.deepEqual(joinedIn(stage.takeChanges()), [[ben.id, room]]);
      assert.deepEqual(await listed(stage, ben), [1, room]);
      assert.equal((await stage.memberRoom(ben, room)).membership.hidden, undefined);
    }
  });

  test("many messages at once bring a hidden room back once, before the first", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const room = await direct(stage, ann, ben);
    stage.takeChanges();
    await Promise.all(Array.from({ length: 20 }, (_, at) => stage.send(ann, room, `m-${at}`)));
    const changes = stage.takeChanges();
    assert.deepEqual(joinedIn(changes), [[ben.id, room]]);
    assert.equal(changes[0]?.type, "joined");
    assert.equal(changes.length, 21);
    await stage.store.updateMembership({ userId: ben.id, room, hidden: true });
    stage.takeChanges();
    await Promise.all(Array.from({ length: 20 }, (_, at) => stage.send(ann, room, `n-${at}`)));
    const again = stage.takeChanges();
    assert(again[0]?.type === "joined");
    assert.equal(again[0].room.head, 20);
  });

  test("only direct rooms are hidden, and only by those who are in them", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const plans = await stage.room("private", "Plans", ann);
    const hide = (user: User, room: number) =>
      stage.store.updateMembership({ userId: user.id, room, hidden: true });
    await refused("forbidden", hide(ann, plans.id));
    await refused("not_found", hide(ben, plans.id));
    await refused("not_found", hide(cid, await direct(stage, ann, ben)));
  });

  test("a group is left; those who stay keep it, and its old people make another", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const group = await direct(stage, ann, ben, cid);
    await stage.send(ann, group, "the three of us");
    assert.equal((await stage.memberRoom(ben, group)).group, true);
    const pair = await direct(stage, ann, ben);
    stage.takeChanges();
    await stage.remove(group, cid, cid);
    assert.deepEqual(stage.takeChanges(), [
      { type: "left", userId: cid.id, room: group, access: 5 },
      { type: "room", room: group },
    ]);
    await refused("not_found", stage.store.getRoom({ userId: cid.id, room: group }));
    const left = await stage.memberRoom(ann, group);
    assert.deepEqual([left.users, left.memberCount, left.group], [[ann.id, ben.id], 2, true]);
    assert.equal(await direct(stage, ann, ben), pair);
    const anew = await direct(stage, ann, ben, cid);
    assert.notEqual(anew, group);
    await refused("not_found", stage.store.getRoom({ userId: cid.id, room: group }));
    await stage.send(ann, group, "just us now");
    await stage.remove(group, ben, ben);
    await stage.remove(group, ann, ann);
    await refused("forbidden", stage.remove(pair, ann, ann));
    await refused("forbidden", stage.remove(anew, ann, ben));
  });

  test("a list that grew too long is cut, and what is idle is hidden first", async (stage) => {
    const { ann, ben } = await stage.people("ann", "ben");
    const fresh = await direct(stage, ben, ann, await stage.signup("dot"));
    const last = await direct(stage, ann, await stage.signup("last"));
    await stage.store.rememberRoom({ userId: ann.id, room: last });
    const first = await stage.room("private", "first", ann);
    const names = Array.from({ length: LISTED.rooms + 1 }, (_, at) => `room ${at}`);
    await Promise.all(names.map((name) => stage.room("private", name, ann)));
    await stage.send(ben, fresh, "do not lose this");
    const cut = await snapshotOf(stage.store, ann.id);
    assert.equal(cut.surplus, true);
    assert(cut.rooms.length <= LISTED.rooms);

    const surplus = await stage.store.surplusRooms({ userId: ann.id });
    const moved = surplus.at(-1)!;
    await stage.send(ann, moved.room, "something happened meanwhile");
    stage.takeChanges();
    await stage.store.hideRooms({ userId: ann.id, rooms: surplus });
    assert.deepEqual(stage.takeChanges(), []);
    const { rooms, surplus: still, hidden } = await snapshotOf(stage.store, ann.id);
    const ids = rooms.map(({ id }) => id);
    assert.equal(still, false);
    assert(ids.length <= KEPT.rooms + 1, `${ids.length} rooms`);
    assert(ids.includes(fresh), "the unread one");
    assert(ids.includes(last), "the one that was opened last");
    assert(ids.includes(moved.room), "the one that moved meanwhile");
    assert(!ids.includes(first.id), "the idlest one");
    assert.deepEqual(hidden, { rooms: surplus.length - 1, unread: false });

    await stage.send(ann, first.id, "back");
    assert.deepEqual(joinedIn(stage.takeChanges()), [[ann.id, first.id]]);
  });

  test("nobody's many rooms push everybody else's out of a list", async (stage) => {
    const { owner, ann, ben, mallory } = await stage.people("owner", "ann", "ben", "mallory");
    const make = async (count: number, name: string, maker: User) => {
      const indices = Array.from({ length: count }, (_, index) => index);
      const rooms = await Promise.all(
        indices.map((index) => stage.room("private", `${name} ${index}`, maker)),
      );
      if (maker.id !== ann.id) await Promise.all(rooms.map(({ id }) => stage.add(id, maker, ann)));
      return rooms.map(({ id }) => id);
    };
    const kept = [
      1,
      ...await make(30, "team", owner),
      ...await make(20, "friends", ben),
      ...await make(30, "own", ann),
    ];
    const pushed = await make(LISTED.rooms, "come here", mallory);
    await Promise.all(pushed.map((id) => stage.send(mallory, id, "read this")));
    const surplus = await stage.store.surplusRooms({ userId: ann.id });
    assert.deepEqual(surplus.filter(({ room }) => kept.includes(room)), []);
    await stage.store.hideRooms({ userId: ann.id, rooms: surplus });
    const { rooms } = await snapshotOf(stage.store, ann.id);
    assert(rooms.length > kept.length + 20, "what is left of the list is anybody's");
  });

  test("a list is bounded by bytes, too, and so are its people", async (stage) => {
    const { ann } = await stage.people("ann");
    for (let at = 0; at < 150; at++) {
      await stage.store.createRoom({
        userId: ann.id,
        kind: "private",
        name: "<".repeat(80),
        topic: "<".repeat(250),
        now: stage.now(),
      });
    }
    // As the page writes it, where a "<" takes six bytes.
    const weight = (value: unknown) => JSON.stringify(value).replaceAll("<", "123456").length;
    const { rooms, surplus } = await snapshotOf(stage.store, ann.id);
    assert.equal(surplus, true);
    assert(weight(rooms) < LISTED.bytes + 1_000, `${weight(rooms)} bytes`);
    const found = await stage.store.surplusRooms({ userId: ann.id });
    await stage.store.hideRooms({ userId: ann.id, rooms: found });
    const tidied = await snapshotOf(stage.store, ann.id);
    assert.equal(tidied.surplus, false);
    assert(weight(tidied.rooms) < LISTED.bytes);
    assert(weight(tidied.users) <= LISTED.userBytes + 1_000);
  });

  test("what is hidden is found page by page, and by name", async (stage) => {
    const { ann } = await stage.people("ann");
    const made: number[] = [];
    for (let at = 0; at < 25; at++) {
      const other = await stage.signup(`other${at}`);
      const room = await direct(stage, ann, other);
      await stage.send(ann, room, "hello");
      await stage.store.updateMembership({ userId: ann.id, room, hidden: true });
      made.push(room);
    }
    const found: number[] = [];
    let before: number | null = null;
    do {
      const page = await stage.store.listHiddenRooms({ userId: ann.id, before, q: "", limit: 10 });
      assert(page.rooms.every(({ membership }) => membership.hidden));
      found.push(...page.rooms.map(({ id }) => id));
      before = page.next;
    } while (before !== null);
    assert.deepEqual(found, made.toReversed());
    const named = await stage.store.listHiddenRooms({
      userId: ann.id,
      before: null,
      q: "OTHER7",
      limit: 10,
    });
    assert.deepEqual([named.rooms.map(({ id }) => id), named.next], [[made[7]], null]);
    const other = await stage.store.credentials({ username: "other7" });
    await stage.store.updateMe({ userId: other!.user.id, displayName: "José García" });
    const byWord = await stage.store.listHiddenRooms({
      userId: ann.id,
      before: null,
      q: "garcia jos",
      limit: 10,
    });
    assert.deepEqual(byWord.rooms.map(({ id }) => id), [made[7]]);
    const none = await stage.store.listHiddenRooms({
      userId: ann.id,
      before: null,
      q: "%",
      limit: 10,
    });
    assert.deepEqual(none, { rooms: [], next: null });
    assert.equal((await snapshotOf(stage.store, ann.id)).hidden.rooms, 25);
    assert(HIDDEN_COUNT > 25);
  });

  test("who joins a room that was hidden from them has it in their list again", async (stage) => {
    const { ann } = await stage.people("ann");
    const { id: room, head } = await stage.room("public", "garden", ann);
    await stage.store.hideRooms({ userId: ann.id, rooms: [{ room, head }] });
    assert.deepEqual(await listed(stage, ann), [1]);
    stage.takeChanges();
    await stage.add(room, ann, ann);
    assert.deepEqual(joinedIn(stage.takeChanges()), [[ann.id, room]]);
    assert.deepEqual(await listed(stage, ann), [1, room]);
  });

  test("who may not make a room just now may open one that there is", async (stage) => {
    const { ann, ben, cid } = await stage.people("ann", "ben", "cid");
    const room = await direct(stage, ann, ben);
    const now = stage.now();
    const open = (users: number[]) =>
      stage.store.openDirect({ userId: ann.id, users, mayMake: false, now });
    assert.equal((await open([ben.id])).room.id, room);
    await refused("rate_limited", open([cid.id]));
  });
}

async function direct(stage: Stage, from: User, ...others: User[]): Promise<number> {
  const users = others.map(({ id }) => id);
  const { room } = await stage.store.openDirect({ userId: from.id, users, now: stage.now() });
  return room.id;
}

async function listed(stage: Stage, { id: userId }: User): Promise<number[]> {
  return (await snapshotOf(stage.store, userId)).rooms.map(({ id }) => id);
}

async function hidden(stage: Stage, { id: userId }: User): Promise<number[]> {
  const page = await stage.store.listHiddenRooms({ userId, before: null, q: "", limit: 100 });
  return page.rooms.map(({ id }) => id);
}
