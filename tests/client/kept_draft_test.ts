/** A draft as it lies on the shelf. */
import assert from "node:assert/strict";
import { type Draft, draftTarget, EMPTY_DRAFT } from "../../lib/client/draft.ts";
import { isEmpty, isSame, isUnsent, parseDraft, written } from "../../lib/client/kept_draft.ts";
import type { Timestamp } from "../../lib/protocol/time.ts";
import { message } from "../support/model_message.ts";

const AT = 1_000 as Timestamp;
const TARGET = draftTarget(message(4));
const draft = (more: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, ...more });

Deno.test("what was written to the shelf is read again as it was", () => {
  const all = draft({ text: "a", replyTo: TARGET, edit: { target: TARGET, text: "b" } });
  for (const one of [EMPTY_DRAFT, draft({ text: "hello" }), all]) {
    const value = written(one, AT)!;
    assert.deepEqual(parseDraft(value), { draft: one, at: AT, unseen: false });
    assert.equal(isSame(one, value), true);
  }
});

Deno.test("what this program did not write is no draft, and what it cannot send is cleaned", () => {
  for (const value of ["", "{", "null", "[]", '"text"', '{"text":1,"at":1}', '{"text":"a"}']) {
    assert.equal(parseDraft(value), null, value);
  }
  // An older version knew neither replies nor edits.
  assert.deepEqual(parseDraft('{"text":"a\\ud800","at":1000}'), {
    unseen: false,
    draft: draft({ text: "a" }),
    at: AT,
  });
});

Deno.test("a text is kept up to twice of what can be sent", () => {
  const fits = "a".repeat(32_000);
  assert.notEqual(written(draft({ text: fits }), AT), null);
  assert.equal(written(draft({ text: fits + "a" }), AT), null);
  assert.equal(written(draft({ edit: { target: TARGET, text: fits + "a" } }), AT), null);
});

Deno.test("a draft is another where its text, its target or its edit is", () => {
  const kept = written(draft({ text: "a", replyTo: TARGET }), AT);
  assert.equal(isSame(draft({ text: "a", replyTo: TARGET }), kept), true);
  assert.equal(isSame(draft({ text: "b", replyTo: TARGET }), kept), false);
  assert.equal(isSame(draft({ text: "a" }), kept), false);
  const edit = { target: TARGET, text: "c" };
  assert.equal(isSame(draft({ text: "a", replyTo: TARGET, edit }), kept), false);
  assert.equal(isSame(EMPTY_DRAFT, null), false);
});

Deno.test("spaces, a reply without words and an edit that changes nothing are not missed", () => {
  const unchanged = { target: TARGET, text: TARGET.text };
  const states = ([
    {},
    { text: " \n" },
    { replyTo: TARGET },
    { edit: unchanged },
    { edit: { ...unchanged, text: "better" } },
    { text: "a" },
  ] as Partial<Draft>[]).map((more) => [isEmpty(draft(more)), isUnsent(draft(more))]);
  assert.deepEqual(states, [
    [true, false],
    [false, false],
    [false, false],
    [false, false],
    [false, true],
    [false, true],
  ]);
});
