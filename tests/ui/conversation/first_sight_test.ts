import assert from "node:assert/strict";
import type { Landing } from "../../../lib/client/model.ts";
import type { Message } from "../../../lib/protocol/messages.ts";
import { firstSight } from "../../../lib/ui/conversation/first_sight.ts";
import { messageOf } from "../fake_client.ts";
import { pictureOf } from "../files/sample_files.ts";

/** The messages, the last of which have a picture each; the line stands before that place. */
function rows(texts: number, pictures: number, newAt = -1) {
  return Array.from({ length: texts + pictures }, (_, at) => ({
    message: at < texts ? messageOf(at + 1, "a line") : withPicture(at + 1),
    startsDay: false,
    startsRun: true,
    startsNew: at === newAt,
  }));
}

function withPicture(seq: number): Message {
  return messageOf(seq, "", { files: [pictureOf(seq, { width: 1600, height: 1200 })] });
}

const END: Landing = { kind: "newest" };

function sight(of: ReturnType<typeof rows>, landing: Landing): number[] {
  const { from, to } = firstSight(of, landing);
  return of.slice(from, to).map(({ message }) => message.seq);
}

Deno.test("who has read the room sees its end: a few pictures, or many lines", () => {
  assert.deepEqual(sight(rows(0, 50), { kind: "newest" }), [47, 48, 49, 50]);
  const lines = sight(rows(50, 0), { kind: "newest" });
  assert.equal(lines.at(-1), 50);
  assert(lines.length > 15 && lines.length < 40, `${lines.length} lines`);
});

Deno.test("who was away sees where the new ones begin", () => {
  assert.deepEqual(sight(rows(20, 30, 20), { kind: "unread" }), [21, 22, 23, 24]);
});

Deno.test("where what is new does not fill the window, what stands before it is seen", () => {
  assert.deepEqual(sight(rows(0, 50, 49), { kind: "unread" }), [47, 48, 49, 50]);
  assert.deepEqual(sight(rows(2, 1, 2), { kind: "unread" }), [1, 2, 3]);
});

Deno.test("who follows a link sees its message in the middle, or the end where that is gone", () => {
  assert.deepEqual(sight(rows(0, 50), { kind: "message", seq: 30 }), [28, 29, 30, 31, 32]);
  assert.deepEqual(sight(rows(60, 1), { kind: "message", seq: 90 }), sight(rows(60, 1), END));
  assert.deepEqual(sight(rows(0, 50), { kind: "message", seq: 90 }), [47, 48, 49, 50]);
});

Deno.test("a link to a message near an end shows that end", () => {
  assert.deepEqual(sight(rows(0, 50), { kind: "message", seq: 1 }), [1, 2, 3, 4]);
  assert.deepEqual(sight(rows(0, 50), { kind: "message", seq: 50 }), [47, 48, 49, 50]);
  assert.deepEqual(sight(rows(0, 50), { kind: "message", seq: 49 }), [47, 48, 49, 50]);
});

Deno.test("an empty room shows nothing", () => {
  assert.deepEqual(sight(rows(0, 0), { kind: "newest" }), []);
});
