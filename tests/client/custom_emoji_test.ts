/** The list of custom emoji, as the engine keeps it the one of now. */
import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import type { Api } from "../../lib/client/api.ts";
import { createCustomEmoji } from "../../lib/client/custom_emoji.ts";
import type { EmojiNews, KnownEmoji } from "../../lib/client/emoji_model.ts";
import type { CustomEmoji, EmojiList } from "../../lib/protocol/custom_emoji.ts";

const one = (name: string): CustomEmoji => ({
  name,
  url: `/emoji/${name}/1`,
  userId: 1,
  createdAt: 1,
});

const list = (revision: number, ...names: string[]): EmojiList => ({
  revision,
  emoji: names.map(one),
});

/** The answers to requests come when the test says so. */
function begin(...known: string[]) {
  const emoji = signal<KnownEmoji>(new Map(known.map((name) => [name, one(name)])));
  const emojiNews = signal<EmojiNews | null>(null);
  const asked: { answer(list: EmojiList): void; fail(): void }[] = [];
  const api =
    (() =>
      new Promise<EmojiList>((resolve, reject) =>
        asked.push({ answer: resolve, fail: () => reject(new Error("away")) })
      )) as unknown as Api; // it answers with whatever the caller expects
  const stop = createCustomEmoji({ emoji, emojiNews }, api).keep();
  const ready = (revision: number, epoch = "one") => emojiNews.value = { epoch, revision };
  const event = (revision: number, name: string, added = true) =>
    emojiNews.value = { type: "emoji", revision, name, emoji: added ? one(name) : null };
  return { emoji, asked, ready, event, stop, names: () => [...emoji.value.keys()].sort() };
}

const answered = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("where there never was one nothing is asked for, and the first comes with its event", () => {
  const { asked, ready, event, names } = begin();
  ready(0);
  event(1, "parrot");
  assert.deepEqual([asked.length, names()], [0, ["parrot"]]);
});

Deno.test("the list is read once, then followed by events, and not read again after a reconnection", async () => {
  const { asked, ready, event, names } = begin("of the page");
  ready(4);
  assert.equal(asked.length, 1);
  asked[0]!.answer(list(4, "a", "b"));
  await answered();
  assert.deepEqual(names(), ["a", "b"]);
  event(5, "c");
  event(6, "a", false);
  ready(6);
  assert.deepEqual([asked.length, names()], [1, ["b", "c"]]);
});

Deno.test("a change that was missed is noticed: by the next event, and by the next connection", async () => {
  const { asked, ready, event, names } = begin();
  ready(0);
  event(2, "b");
  assert.deepEqual([asked.length, names()], [1, ["b"]], "what is known is shown at once");
  asked[0]!.answer(list(2, "a", "b"));
  await answered();
  ready(3);
  assert.equal(asked.length, 2);
  asked[1]!.fail();
  await answered();
  assert.deepEqual(names(), ["a", "b"], "without an answer it stays as it is");
  ready(3);
  asked[2]!.answer(list(3, "b"));
  await answered();
  assert.deepEqual(names(), ["b"]);
});

Deno.test("an answer from before a change does not undo it", async () => {
  const { asked, ready, event, names } = begin();
  ready(3);
  event(4, "new");
  assert.equal(asked.length, 2);
  asked[0]!.answer(list(3, "a"));
  await answered();
  assert.deepEqual(names(), ["new"]);
  asked[1]!.answer(list(4, "a", "new"));
  await answered();
  assert.deepEqual(names(), ["a", "new"]);
});

Deno.test("after another history of the database the list is read anew, be its revision the same", async () => {
  const { asked, ready, stop, names } = begin();
  ready(1);
  asked[0]!.answer(list(1, "a"));
  await answered();
  ready(1, "two");
  assert.equal(asked.length, 2);
  asked[1]!.answer(list(1, "b"));
  await answered();
  assert.deepEqual(names(), ["b"]);
  stop();
  ready(9);
  assert.equal(asked.length, 2, "it has ended");
});
