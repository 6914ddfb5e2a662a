import assert from "node:assert/strict";
import type { Notice } from "../../../lib/chat/notice.ts";
import { Journal } from "../../../lib/hub/sending/journal.ts";

const notice = (room: number): Notice => ({ type: "room", room });

Deno.test("a reader gets what came since it began, nothing from before", () => {
  const journal = new Journal();
  journal.add([notice(1)]);
  const first = journal.open();
  journal.add([notice(2)]);
  const second = journal.open();
  journal.add([notice(3)]);
  assert.deepEqual(journal.since(first), [notice(2), notice(3)]);
  assert.deepEqual(journal.since(second), [notice(3)]);
});

Deno.test("what no reader needs is forgotten, also while readers overlap without end", () => {
  const journal = new Journal();
  let reader = journal.open();
  for (let room = 1; room <= 1_000; room++) {
    journal.add([notice(room)]);
    const next = journal.open();
    journal.close(reader);
    reader = next;
  }
  assert.equal(journal.size, 0);
  journal.add([notice(7)]);
  assert.deepEqual(journal.since(reader), [notice(7)]);
  journal.close(reader);
  assert.equal(journal.size, 0);
});
