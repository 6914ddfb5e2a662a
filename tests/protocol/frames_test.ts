import assert from "node:assert/strict";
import { parse as validate } from "../../lib/chat/chat.ts";
import { ConfabError } from "../../lib/errors.ts";
import { inputOf, readEnvelope, readFrame } from "../../lib/hub/sockets/frames.ts";
import { FRAMES } from "../../lib/protocol/frames.ts";
import { displayName, emoji, roomName, text, topic, username } from "../../lib/protocol/fields.ts";
import { mentionCandidates, mentionKeys } from "../../lib/protocol/mentions.ts";

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

/** Whether the server takes a frame with this text. */
function takes(text: string): boolean {
  const frame = readFrame(readEnvelope(text));
  try {
    validate(FRAMES[frame.type], inputOf(frame));
    return true;
  } catch (error) {
    assert.ok(error instanceof ConfabError && error.code === "invalid", String(error));
    return false;
  }
}

const takesFrame = (frame: unknown) => takes(JSON.stringify(frame));

const send = { type: "send", clientId: "0123456789abcdef", room: 1, text: "hello" };

Deno.test("a send is taken with its fields and refused with one more or one wrong", () => {
  assert.ok(takesFrame(send));
  assert.ok(takesFrame({ ...send, ref: "1", replyTo: null, files: [1] }));
  const wrong = [
    { extra: 1 },
    { clientId: "short" },
    { clientId: "0123456789abcde!" },
    { room: "1" },
    { room: 0 },
    { room: 1.5 },
    { text: "   " },
    { text: 7 },
    { text: "x".repeat(8_001) },
    { replyTo: -1 },
    { files: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
    { ref: "x".repeat(65) },
    { ref: 7 },
    { ref: null },
  ];
  for (const change of wrong) {
    assert.equal(takesFrame({ ...send, ...change }), false, JSON.stringify(change));
  }
});

Deno.test("keys named __proto__ are refused, in the frame and in the rooms of a sync", () => {
  assert.equal(
    takes(JSON.stringify(send).replace("{", '{"__proto__":{"role":"owner"},')),
    false,
  );
  assert.equal(takes('{"type":"sync","rooms":{"__proto__":1}}'), false);
  assert.ok(takes('{"type":"sync","rooms":{"1":1}}'));
});

Deno.test("a sync names at most 500 rooms", () => {
  const rooms = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i + 1), 0]));
  assert.ok(takesFrame({ type: "sync", rooms: rooms(500) }));
  assert.equal(takesFrame({ type: "sync", rooms: rooms(501) }), false);
});

Deno.test("text is trimmed, and half a surrogate pair or a NUL is refused", () => {
  assert.equal(text.parse("  hi \n"), "hi");
  assert.equal(accepts(text, "a\ud800b"), false);
  assert.equal(accepts(text, "a\0b"), false);
});

Deno.test("one emoji of any make is one emoji; words and two of them are not", () => {
  for (const one of ["👍", "❤️", "👨‍👩‍👧‍👦", "🇷🇺", "👋🏽", "1️⃣"]) assert.ok(accepts(emoji, one), one);
  for (const other of ["", "a", "👍👍", "1", "👍a", "<b>"]) {
    assert.equal(accepts(emoji, other), false, other);
  }
});

Deno.test("an emoji may come with or without its variation selector; what only looks like one may not", () => {
  for (const one of ["❤", "👍\ufe0f", "🏳️‍🌈", "🏳‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☝🏽", "🕵🏽‍♂️", "🕵🏽‍♂", "1⃣", "#️⃣"]) {
    assert.ok(accepts(emoji, one), one);
  }
  const others = ["a⃣", "a️⃣", "⃣", "🇷", "🇽🇽", "❤︎", "❤️️", "️", "👍‍", "👍‍👍", "👍́", "1️", "☝🏽🏽"];
  for (const other of others) assert.equal(accepts(emoji, other), false, other);
});

Deno.test("a name does not turn the direction of what is written around it: what does is dropped", () => {
  const controls = [..."\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"];
  for (const control of controls) {
    for (const schema of [displayName, roomName, topic]) {
      assert.equal(
        schema.parse(`ann${control}gpj`),
        "anngpj",
        control.codePointAt(0)!.toString(16),
      );
      assert.equal(accepts(schema, control), false, "nothing of it shows");
    }
  }
  for (const good of ["דנה", "سارة", "Ann (אן)", "a\u200fb"]) {
    assert.ok(accepts(displayName, good), good);
  }
});

Deno.test("a name and a message show at least one character", () => {
  const blanks = [
    "\u200b",
    "\u2800",
    "\u3164",
    "\u115f",
    "\uffa0",
    "\u00ad\u200d",
    "\u0301",
    "\ufe0f",
  ];
  for (const blank of blanks) {
    for (const schema of [displayName, roomName, topic, text]) {
      assert.equal(accepts(schema, blank), false, blank.codePointAt(0)!.toString(16));
    }
  }
  for (const good of ["a", "7", "!", "👍", "é", "字", "€", "1️⃣"]) {
    assert.ok(accepts(displayName, good) && accepts(text, good), good);
  }
  assert.ok(accepts(topic, ""), "a topic can be taken away");
});

Deno.test("a username has a letter or a digit", () => {
  for (const bad of ["___", ".-.", "_\u0301_", "\u3164\u3164\u3164", "\u115f_-"]) {
    assert.equal(accepts(username, bad), false, bad);
  }
  for (const good of ["_a_", "007", "-李-"]) assert.ok(accepts(username, good), good);
});

Deno.test("usernames are of any script, in one normal form", () => {
  assert.equal(username.parse("ａｎｎ"), "ann");
  for (const good of ["ann", "Анна_1", "j.r-r", "李小龙"]) assert.ok(accepts(username, good), good);
  for (const bad of ["ab", "a b c", "a@b.c", "x".repeat(33), "a\u202eb c", "a/b"]) {
    assert.equal(accepts(username, bad), false, bad);
  }
});

Deno.test("mentions are found at the start of words, with the sentence's full stop left out", () => {
  const names = (value: string) => mentionCandidates(value).map(({ name }) => name);
  assert.deepEqual(names("@ann and (@bob), me@example.org"), ["ann", "bob"]);
  assert.deepEqual(mentionKeys("Ann."), ["ann.", "ann"]);
  assert.deepEqual(names("hi @Анна!"), ["Анна"]);
});
