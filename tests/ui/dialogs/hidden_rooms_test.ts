import assert from "node:assert/strict";
import type { MemberRoom } from "../../../lib/protocol/rooms.ts";
import { HiddenRoomsSearch, PAGES_A_SEARCH } from "../../../lib/ui/dialogs/hidden_rooms.ts";
import { roomOf } from "../fake_client.ts";

/** Pages by what they are asked from: each room is on the page of its number, 100 pages in all. */
function pages(roomsAt: Record<number, number[]>) {
  const asked: (number | null)[] = [];
  const ask = (_query: string, before: number | null) => {
    asked.push(before);
    const page = before ?? 100;
    const rooms: MemberRoom[] = (roomsAt[page] ?? []).map((id) => roomOf({ id }));
    return Promise.resolve({ rooms, next: page === 1 ? null : page - 1 });
  };
  return { ask, asked };
}

const ids = (rooms: readonly MemberRoom[]) => rooms.map(({ id }) => id);

Deno.test("a page that holds nothing is passed over, some of them at a time", async () => {
  const { ask, asked } = pages({ 98: [7], 90: [8] });
  const hidden = new HiddenRoomsSearch(ask);
  assert.deepEqual(ids(await hidden.begin("")), [7]);
  assert.deepEqual(asked, [null, 99, 98]);
  await hidden.goOn("");
  assert.deepEqual(ids(hidden.more.value), [], "it asks the reader before it looks on for long");
  assert.equal(asked.length, 3 + PAGES_A_SEARCH);
  await hidden.goOn("");
  assert.deepEqual(ids(hidden.more.value), [8]);
});

Deno.test("other words begin anew, and the last page is the last", async () => {
  const { ask } = pages({ 100: [1], 99: [2] });
  const hidden = new HiddenRoomsSearch(ask);
  await hidden.begin("a");
  await hidden.goOn("a");
  assert.deepEqual(ids(hidden.more.value), [2]);
  assert.deepEqual(ids(await hidden.begin("ab")), [1]);
  assert.deepEqual(hidden.more.value, []);
  assert.equal(hidden.next.value, 99);
  const last = new HiddenRoomsSearch(() => Promise.resolve({ rooms: [], next: null }));
  assert.deepEqual(await last.begin(""), []);
  assert.equal(last.next.value, null);
});
