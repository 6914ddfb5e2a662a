/** What a snapshot says of its rooms, by number and by text. */
import assert from "node:assert/strict";
import { ListedRooms } from "../../lib/hub/listed_rooms.ts";
import type { JsonList } from "../../lib/protocol/json_text.ts";
import type { MemberRoom } from "../../lib/protocol/rooms.ts";
import { room, snapshot, user } from "./hub_fixture.ts";

Deno.test("heads and read marks are those of the list, and null beyond it", () => {
  const read = room(7, 4);
  read.membership.readSeq = 3;
  const listed = new ListedRooms(snapshot(user(1), [room(2, 0), read]));
  assert.deepEqual([2, 7, 8].map((id) => listed.headOf(id)), [0, 4, null]);
  assert.deepEqual([2, 7, 8].map((id) => listed.readSeqOf(id)), [0, 3, null]);
});

Deno.test("a head is known without the rooms' text: who comes while others write parses nothing", () => {
  const { ids, heads } = snapshot(user(1), [room(2, 5)]);
  const rooms = "not to be parsed" as JsonList<MemberRoom>; // the cast: nobody is to look at it
  const listed = new ListedRooms({ ids, heads, rooms });
  assert.equal(listed.headOf(2), 5);
  assert.throws(() => listed.readSeqOf(2), SyntaxError);
});

Deno.test("what was told after the list counts from then on", () => {
  const listed = new ListedRooms(snapshot(user(1), [room(2, 8)]));
  listed.told({ type: "read", userId: 1, room: 2, seq: 5 });
  assert.deepEqual([listed.headOf(2), listed.readSeqOf(2)], [8, 5]);
  listed.told({ type: "unread", userId: 1, room: 2, seq: 1 });
  assert.equal(listed.readSeqOf(2), 1);
  listed.told({ type: "left", userId: 1, room: 2, access: 0 });
  assert.deepEqual([listed.headOf(2), listed.readSeqOf(2)], [null, null]);
  listed.told({ type: "joined", userId: 1, room: room(2, 7), access: 0 });
  assert.deepEqual([listed.headOf(2), listed.readSeqOf(2)], [7, room(2, 7).membership.readSeq]);
});
