/** Pages of history: the right messages, and exact words on whether there are more. */
import assert from "node:assert/strict";
import type { HistoryAnchor } from "../../../lib/store/contract/history.ts";
import type { Stage, StoreTest } from "./stage.ts";
import { historyOf } from "../../support/store_reads.ts";

/** A room whose messages have the seqs 1, 2, 4, 5, 7, 8: an edit took 3, a reaction 6. */
async function sparseRoom(stage: Stage) {
  const { ann } = await stage.people("ann");
  await stage.send(ann, 1, "one");
  const two = await stage.send(ann, 1, "two");
  await stage.edit(ann, two, "two!");
  await stage.send(ann, 1, "four");
  await stage.send(ann, 1, "five");
  await stage.react(ann, two, "👍");
  await stage.send(ann, 1, "seven");
  await stage.send(ann, 1, "eight");
  return async (anchor: HistoryAnchor, limit: number) => {
    const page = await historyOf(stage.store, { userId: ann.id, room: 1, anchor, limit });
    assert.equal(page.head, 8);
    return [page.messages.map((message) => message.seq), page.hasBefore, page.hasAfter];
  };
}

export function historyTests(test: StoreTest): void {
  test("without an anchor the newest page is given, ascending", async (stage) => {
    const page = await sparseRoom(stage);
    assert.deepEqual(await page({}, 2), [[7, 8], true, false]);
    assert.deepEqual(await page({}, 6), [[1, 2, 4, 5, 7, 8], false, false]);
    assert.deepEqual(await page({}, 100), [[1, 2, 4, 5, 7, 8], false, false]);
  });

  test("before gives what is older, nearest first cut", async (stage) => {
    const page = await sparseRoom(stage);
    assert.deepEqual(await page({ before: 7 }, 2), [[4, 5], true, true]);
    assert.deepEqual(await page({ before: 3 }, 2), [[1, 2], false, true]);
    assert.deepEqual(await page({ before: 1 }, 2), [[], false, true]);
    assert.deepEqual(await page({ before: 8 }, 9), [[1, 2, 4, 5, 7], false, true]);
    assert.deepEqual(await page({ before: 9 }, 2), [[7, 8], true, false]);
    assert.deepEqual(await page({ before: 1000 }, 2), [[7, 8], true, false]);
  });

  test("after gives what is newer", async (stage) => {
    const page = await sparseRoom(stage);
    assert.deepEqual(await page({ after: 2 }, 2), [[4, 5], true, true]);
    assert.deepEqual(await page({ after: 0 }, 2), [[1, 2], false, true]);
    assert.deepEqual(await page({ after: 5 }, 2), [[7, 8], true, false]);
    assert.deepEqual(await page({ after: 8 }, 2), [[], true, false]);
  });

  test("around gives a page with the message in it", async (stage) => {
    const page = await sparseRoom(stage);
    assert.deepEqual(await page({ around: 5 }, 4), [[2, 4, 5, 7], true, true]);
    assert.deepEqual(await page({ around: 5 }, 1), [[5], true, true]);
    assert.deepEqual(await page({ around: 1 }, 2), [[1], false, true]);
    assert.deepEqual(await page({ around: 8 }, 2), [[7, 8], true, false]);
    assert.deepEqual(await page({ around: 3 }, 2), [[2, 4], true, true]);
    assert.deepEqual(await page({ around: 9_999 }, 2), [[8], true, false]);
  });

  test("an empty room has an empty page", async (stage) => {
    const { ann } = await stage.people("ann");
    const page = await historyOf(stage.store, { userId: ann.id, room: 1, anchor: {}, limit: 50 });
    assert.deepEqual(page, { messages: [], head: 0, hasBefore: false, hasAfter: false });
  });

  test("pages read backwards give every message once", async (stage) => {
    const { ann } = await stage.people("ann");
    await Promise.all(Array.from({ length: 50 }, (_, index) => stage.send(ann, 1, `m${index}`)));
    const seen: number[] = [];
    let anchor: HistoryAnchor = {};
    for (let more = true; more;) {
      const page = await historyOf(stage.store, { userId: ann.id, room: 1, anchor, limit: 7 });
      seen.unshift(...page.messages.map((message) => message.seq));
      anchor = { before: page.messages[0]!.seq };
      more = page.hasBefore;
    }
    assert.deepEqual(seen, Array.from({ length: 50 }, (_, index) => index + 1));
  });
}
