import assert from "node:assert/strict";
import type { MemberRoom } from "../../../lib/protocol/rooms.ts";
import { HiddenRoomsSearch, PAGES_A_SEARCH } from "../../../lib/ui/dialogs/hidden_rooms.ts";
import { roomOf } from "../fake_client.ts";

type Page = { rooms: MemberRoom[]; next: number | null };

/** Each request waits until the test answers it, in any order. */
function byHand() {
  const asked: { query: string; before: number | null; answer(page: Page): void }[] = [];
  const ask = (query: string, before: number | null) =>
    new Promise<Page>((answer) => asked.push({ query, before, answer }));
  return { ask, asked };
}

const page = (ids: number[], next: number | null): Page => ({
  rooms: ids.map((id) => roomOf({ id })),
  next,
});

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
  await hidden.goOn();
  assert.deepEqual(ids(hidden.more.value), [], "it asks the reader before it looks on for long");
  assert.equal(asked.length, 3 + PAGES_A_SEARCH);
  await hidden.goOn();
  assert.deepEqual(ids(hidden.more.value), [8]);
});

Deno.test("other words begin anew, and the last page is the last", async () => {
  const { ask } = pages({ 100: [1], 99: [2] });
  const hidden = new HiddenRoomsSearch(ask);
  await hidden.begin("a");
  await hidden.goOn();
  assert.deepEqual(ids(hidden.more.value), [2]);
  assert.deepEqual(ids(await hidden.begin("ab")), [1]);
  assert.deepEqual(hidden.more.value, []);
  assert.equal(hidden.next.value, 99);
  const last = new HiddenRoomsSearch(() => Promise.resolve({ rooms: [], next: null }));
  assert.deepEqual(await last.begin(""), []);
  assert.equal(last.next.value, null);
});

Deno.test("an older search that answers last does not decide where the newer goes on", async () => {
  const { ask, asked } = byHand();
  const hidden = new HiddenRoomsSearch(ask);
  const older = hidden.begin("a");
  const newer = hidden.begin("ab");
  asked[1]!.answer(page([1], 5));
  await newer;
  asked[0]!.answer(page([2], 50));
  await older;
  assert.equal(hidden.next.value, 5);
  void hidden.goOn();
  assert.deepEqual([asked[2]!.query, asked[2]!.before], ["ab", 5]);
});

Deno.test("what an older search goes on to find is not shown under newer words", async () => {
  const { ask, asked } = byHand();
  const hidden = new HiddenRoomsSearch(ask);
  const first = hidden.begin("a");
  asked[0]!.answer(page([1], 50));
  await first;
  const further = hidden.goOn();
  asked[1]!.answer(page([2], 40));
  await further;
  const late = hidden.goOn();
  const newer = hidden.begin("b");
  asked[3]!.answer(page([3], 5));
  await newer;
  asked[2]!.answer(page([4], 30));
  await late;
  assert.deepEqual(ids(hidden.more.value), []);
  assert.equal(hidden.next.value, 5);
});

Deno.test("until newer words are answered, there is nowhere to go on from", async () => {
  const { ask, asked } = byHand();
  const hidden = new HiddenRoomsSearch(ask);
  const first = hidden.begin("a");
  asked[0]!.answer(page([1], 50));
  await first;
  void hidden.begin("ab");
  assert.equal(hidden.next.value, null);
  await hidden.goOn();
  assert.equal(asked.length, 2);
});
