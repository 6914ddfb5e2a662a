import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  ownPart,
  roomOfMark,
  SHOWN_MARK_COLUMNS,
  type ShownMarkRow,
} from "../../../../lib/store/operations/parts/shown_marks.ts";

Deno.test("a membership is read in three numbers as it is in the table, whatever it says", () => {
  using db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE members (room_id, role, read_seq, notify, joined_at, favourite)");
  const insert = db.prepare("INSERT INTO members VALUES (?, ?, ?, ?, ?, ?)");
  const expected = [1, 2 ** 31 + 1, 2 ** 48 - 1].flatMap((room) =>
    (["owner", "member"] as const).flatMap((member_role) =>
      (["all", "mentions", "none"] as const).flatMap((notify) =>
        [0, 1].map((favourite) => {
          const mark = { read_seq: room + favourite, joined_at: 1_700_000_000_000 + room };
          insert.run(room, member_role, mark.read_seq, notify, mark.joined_at, favourite);
          return { room, own: { ...mark, member_role, notify, favourite, hidden: 0 } };
        })
      )
    )
  );
  const counted = { head: 9, unread: 3, mentions: 2, threads: 1 };
  const rows = db.prepare(`SELECT ${SHOWN_MARK_COLUMNS} FROM members AS m ORDER BY rowid`).all();
  const found = (rows as unknown as ShownMarkRow[]).map((row) => ({
    room: roomOfMark(row),
    own: ownPart(row, counted),
  }));
  assert.deepEqual(found, expected.map(({ room, own }) => ({ room, own: { ...counted, ...own } })));
});
