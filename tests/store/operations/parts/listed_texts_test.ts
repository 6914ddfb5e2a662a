import assert from "node:assert/strict";
import {
  memberRoomText,
  type SharedRoom,
} from "../../../../lib/store/operations/parts/listed_texts.ts";
import { toMemberRoom, toRoom } from "../../../../lib/store/operations/parts/rows.ts";

const room = {
  id: 3,
  kind: "public" as const,
  name: 'a "joinedAt":1 room',
  topic: "",
  head: 7,
  created_by: 1,
  created_at: 5,
  archived: 0,
  member_count: 2,
  direct_key: null,
  access: 0,
  picture: null,
};

const own = {
  head: 7,
  member_role: "member" as const,
  read_seq: 7,
  notify: "all" as const,
  joined_at: 6,
  hidden: 0,
  favourite: 0,
  unread: 0,
  mentions: 0,
  threads: 0,
};

function shared(): SharedRoom {
  const { head: _head, ...rest } = toRoom(room);
  const text = JSON.stringify(rest).slice(0, -1);
  return { row: room, room: toRoom(room), text, bytes: 0, usual: null, version: null };
}

Deno.test("each member's room says what is theirs, whoever's was made before", () => {
  const members = [
    own,
    { ...own, joined_at: 9 },
    { ...own, head: 8 },
    { ...own, read_seq: 6 },
    { ...own, unread: 1 },
    { ...own, mentions: 1 },
    { ...own, threads: 1 },
    { ...own, member_role: "owner" as const },
    { ...own, notify: "none" as const },
    { ...own, favourite: 1 },
    { ...own, hidden: 1 },
  ];
  for (const before of members) {
    for (const row of members) {
      const kept = shared();
      memberRoomText(kept, before);
      const found = JSON.parse(memberRoomText(kept, row));
      assert.deepEqual(found, toMemberRoom({ ...room, ...row }));
    }
  }
});
