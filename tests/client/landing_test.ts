/** Where the reader is put in a room, and whether a page has to be asked for. */
import assert from "node:assert/strict";
import { dividerOf, isMissing, landingOf, pageFor } from "../../lib/client/landing.ts";
import { historyOf, type LoadedHistory } from "../../lib/client/timeline.ts";
import { memberRoom, message } from "../support/model_message.ts";

const ME = 1;
const reader = (readSeq: number, isAhead = false) => ({ me: ME, readSeq, isAhead });

/** The messages from one `seq` to another, of a room in which ten were written. */
function loaded(from: number, to: number): LoadedHistory {
  const messages = Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
  return historyOf({ messages, head: 10, hasBefore: from > 1, hasAfter: to < 10 });
}

Deno.test("a room opens at what is unread, at its end, or at the message of a link", () => {
  assert.deepEqual(landingOf(memberRoom(10, { unread: 3 })), { kind: "unread" });
  assert.deepEqual(landingOf(memberRoom(10)), { kind: "newest" });
  assert.deepEqual(landingOf(memberRoom(10, { unread: 3 }), 4), { kind: "message", seq: 4 });
});

Deno.test("a page is asked for where the place is not loaded, and only there", () => {
  for (const kind of ["message", "place"] as const) {
    const landing = kind === "place" ? { kind, seq: 4, top: 20 } : { kind, seq: 4 };
    assert.equal(pageFor(landing, undefined, reader(0)), "?around=4");
    assert.equal(pageFor(landing, loaded(5, 10), reader(0)), "?around=4");
    assert.equal(pageFor(landing, loaded(4, 10), reader(0)), null);
  }
  assert.equal(pageFor({ kind: "newest" }, undefined, reader(0)), "");
  assert.equal(pageFor({ kind: "newest" }, loaded(1, 6), reader(0)), "");
  assert.equal(pageFor({ kind: "newest" }, loaded(6, 10), reader(0)), null);
  assert.equal(pageFor({ kind: "return" }, undefined, reader(0)), null);
});

Deno.test("where unread messages begin is the server's to say, unless one has read on", () => {
  assert.equal(pageFor({ kind: "unread" }, undefined, reader(3)), "?around=unread");
  assert.equal(pageFor({ kind: "unread" }, undefined, reader(3, true)), "?around=4");
  // What comes before these may be unread as well.
  assert.equal(pageFor({ kind: "unread" }, loaded(6, 10), reader(3)), "?around=unread");
  assert.equal(pageFor({ kind: "unread" }, loaded(2, 10), reader(3)), null);
});

Deno.test("a message is missing where its page has come without it, not before", () => {
  assert.equal(isMissing({ kind: "message", seq: 4 }, undefined), false);
  assert.equal(isMissing({ kind: "message", seq: 4 }, loaded(4, 6)), false);
  assert.equal(isMissing({ kind: "message", seq: 4 }, loaded(5, 6)), true);
  assert.equal(isMissing({ kind: "place", seq: 4, top: 0 }, loaded(5, 6)), false);
});

Deno.test("the line stands before the first that is unread, or else at the read mark", () => {
  const room = (unread: number) => memberRoom(10, { readSeq: 3, unread });
  assert.equal(dividerOf(room(0), loaded(1, 10), ME), null);
  assert.equal(dividerOf(room(7), undefined, ME), 3);
  assert.equal(dividerOf(room(7), loaded(6, 10), ME), 3);
  // One's own are read.
  const own = historyOf({
    messages: [message(3), message(4, { userId: ME }), message(5)],
    head: 5,
    hasBefore: false,
    hasAfter: false,
  });
  assert.equal(dividerOf(room(1), own, ME), 4);
});
