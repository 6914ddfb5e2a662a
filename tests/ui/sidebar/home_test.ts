import assert from "node:assert/strict";
import { catalogue } from "../../../lib/ui/catalogue/catalogue.ts";
import { homeRoom } from "../../../lib/ui/sidebar/home.ts";
import type { Notify } from "../../../lib/protocol/members.ts";
import type { MemberRoom } from "../../../lib/protocol/rooms.ts";
import { ANN, BOB, roomOf } from "../fake_client.ts";

const words = catalogue("en");

function named(id: number, name: string, unread = 0, more: Partial<MemberRoom> = {}): MemberRoom {
  const room = roomOf({ id, name, ...more });
  return { ...room, membership: { ...room.membership, unread } };
}

const home = (rooms: MemberRoom[], lastRoom: number | null = null) =>
  homeRoom({ rooms, users: [ANN, BOB], lastRoom }, ANN.id, "en", words);

function withNotify(room: MemberRoom, notify: Notify, mentions = 0): MemberRoom {
  return { ...room, membership: { ...room.membership, notify, mentions } };
}

Deno.test("the room that one was in last is opened, whatever is unread elsewhere", () => {
  assert.equal(home([named(1, "a"), named(2, "b", 5)], 1), 1);
});

Deno.test("a last room that was left or archived does not count", () => {
  assert.equal(home([named(1, "a"), named(2, "b", 5)], 9), 2);
  assert.equal(home([named(1, "a", 0, { archived: true }), named(2, "b")], 1), 2);
});

Deno.test("else it is the first in the list with something unread, else the first", () => {
  const direct = named(3, "", 4, { kind: "direct", name: null, users: [ANN.id, BOB.id] });
  assert.equal(home([direct, named(1, "zebra", 2), named(2, "ant")]), 1);
  assert.equal(home([direct, named(1, "zebra"), named(2, "ant")]), 3);
  assert.equal(home([named(1, "zebra"), named(2, "ant")]), 2);
});

Deno.test("a silenced room is not taken for one with something unread", () => {
  assert.equal(home([named(1, "a"), withNotify(named(2, "b", 5), "none", 5)]), 1);
  assert.equal(home([named(1, "a"), withNotify(named(2, "b", 5), "mentions")]), 1);
  assert.equal(home([named(1, "a"), withNotify(named(2, "b", 5), "mentions", 1)]), 2);
});

Deno.test("where there is no room to open, none is", () => {
  assert.equal(home([]), null);
  assert.equal(home([named(1, "a", 0, { archived: true })], 1), null);
});
