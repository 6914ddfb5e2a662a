import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { type Draft, type DraftKey, draftTarget, EMPTY_DRAFT } from "../../../lib/client/draft.ts";
import type { PendingMessage } from "../../../lib/client/conversation_model.ts";
import { RequestError } from "../../../lib/client/request_error.ts";
import { catalogue } from "../../../lib/ui/catalogue/catalogue.ts";
import { Writing } from "../../../lib/ui/conversation/writing.ts";
import type { View } from "../../../lib/ui/view.ts";
import { attachment } from "../attachments/attachment.ts";
import { ANN, fakeClient, messageOf } from "../fake_client.ts";

const ROOM = 1;
const theirs = messageOf(1, "hers?");
const own = messageOf(2, "mine", { userId: ANN.id });

interface Sent {
  text: string;
  replyTo: number | null;
  room?: number;
}

/** Ann writes in a room with a message of Bob's and one of her own. */
function writingOf(draft: Partial<Draft> = {}, edit: () => Promise<unknown> = async () => {}) {
  const client = fakeClient([theirs, own]);
  const drafts = signal(new Map<DraftKey, Draft>([[ROOM, { ...EMPTY_DRAFT, ...draft }]]));
  const draftTargets = signal(new Map());
  const sent: Sent[] = [];
  const actions = {
    changeDraft(key: DraftKey, change: Partial<Draft>) {
      const before = drafts.value.get(key) ?? EMPTY_DRAFT;
      drafts.value = new Map(drafts.value).set(key, { ...before, ...change });
    },
    send(text: string, replyTo: number | null = null, room?: number) {
      sent.push(room === ROOM ? { text, replyTo } : { text, replyTo, room: room! });
      return true;
    },
    typing() {},
    edit,
  };
  const state = { ...client.state, drafts, draftTargets };
  // No more of a view than writing asks for.
  const view = { state, actions, words: catalogue("en"), toast: signal(null) } as unknown as View;
  return { view, writing: new Writing(view, ROOM), sent, drafts, draftTargets };
}

const editOf = (text: string): Partial<Draft> => ({ edit: { target: draftTarget(own), text } });

Deno.test("a text is sent without what stands around it, with its reply, and leaves nothing behind", async () => {
  const { writing, sent } = writingOf({ text: " hello \n", replyTo: draftTarget(theirs) });
  await writing.submit();
  assert.deepEqual(sent, [{ text: "hello", replyTo: theirs.id }]);
  assert.deepEqual(writing.draft, EMPTY_DRAFT);
});

Deno.test("an edit may take all of the text away from a message that has files, and from no other", async () => {
  const edited: unknown[] = [];
  const edit = (...args: unknown[]) => Promise.resolve(edited.push(args));
  const { writing, draftTargets } = writingOf(editOf(" "), edit);
  assert.equal(writing.isReady, false);
  draftTargets.value = new Map([[own.id, { ...own, files: [] }]]);
  assert.equal(writing.isReady, false);
  draftTargets.value = new Map([[own.id, { ...own, files: [{ id: 1 }] }]]);
  assert.equal(writing.isReady, true);
  await writing.submit();
  assert.deepEqual(edited, [[own.id, ""]]);
  // Gone by now: nothing is left that could be sent as new.
  const gone = writingOf(editOf(""));
  gone.draftTargets.value = new Map([[own.id, null]]);
  assert.equal(gone.writing.isReady, false);
});

Deno.test("nothing is sent where nothing would be seen", async () => {
  const { writing, sent } = writingOf({ text: " \n " });
  assert.equal(writing.isReady, false);
  await writing.submit();
  assert.deepEqual(sent, []);
});

Deno.test("an edit ends when it is saved, and what was written on meanwhile is a further one", async () => {
  const saved = Promise.withResolvers<void>();
  const { writing, sent } = writingOf(editOf("mine, better"), () => saved.promise);
  const submitting = writing.submit();
  assert.equal(writing.isReady, false, "one at a time");
  writing.write("mine, better still");
  saved.resolve();
  await submitting;
  assert.equal(writing.draft.edit?.target.text, "mine, better");
  assert.equal(writing.text, "mine, better still");
  await writing.submit();
  assert.equal(writing.draft.edit, null);
  assert.deepEqual(sent, []);
});

Deno.test("an edit that fails stays, with the reason", async () => {
  const { writing } = writingOf(editOf("mine, better"), () => {
    throw new RequestError("forbidden", "No.");
  });
  await writing.submit();
  assert.deepEqual(writing.error.value, { code: "forbidden" });
  assert.equal(writing.text, "mine, better");
  writing.write("mine");
  assert.equal(writing.error.value, null);
});

Deno.test("the text of an edit whose message was deleted goes as a new message", async () => {
  const { writing, sent, draftTargets } = writingOf(editOf("mine, better"));
  draftTargets.value = new Map([[own.id, null]]);
  assert.equal(writing.isEditLost, true);
  await writing.submit();
  assert.deepEqual(sent, [{ text: "mine, better", replyTo: null }]);
  assert.equal(writing.draft.edit, null);
});

Deno.test("the last own message is changed where nothing else was begun", () => {
  const { writing } = writingOf();
  assert.equal(writing.editLast(), true);
  assert.equal(writing.draft.edit?.target.id, own.id);
  assert.equal(writing.cancel(), true);
  assert.equal(writing.cancel(), false);
  writing.write("begun");
  assert.equal(writing.editLast(), false);
});

Deno.test("while the last own message is on its way, the one before it is not changed in its place", () => {
  const { view, writing } = writingOf();
  const waiting: PendingMessage = {
    clientId: "c-1",
    room: ROOM,
    text: "the last",
    replyTo: null,
    attachments: [],
    createdAt: 1,
    state: "pending",
    error: null,
  };
  const pending = signal<readonly PendingMessage[]>([waiting]);
  Object.assign(view.state, { pending });
  assert.equal(writing.editLast(), false);
  const open = { id: theirs.id, messages: [theirs, own] };
  assert.equal(new Writing(view, ROOM, { ...open, pending: [waiting] }).editLast(), false);
  assert.equal(
    new Writing(view, ROOM, { ...open, pending: [] }).editLast(),
    true,
    "a thread's own",
  );
  pending.value = [{ ...waiting, state: "failed" }];
  assert.equal(writing.editLast(), true, "one that failed has buttons of its own");
});

Deno.test("what is written in a thread is a draft of its own and answers its first message", async () => {
  const { view, writing, sent } = writingOf({ text: "in the room" });
  const thread = new Writing(view, ROOM, { id: theirs.id, messages: [theirs], pending: [] });
  assert.equal(thread.text, "");
  thread.write("in the thread");
  assert.equal(writing.text, "in the room");
  await thread.submit();
  assert.deepEqual(sent, [{ text: "in the thread", replyTo: theirs.id }]);
  assert.equal(thread.text, "");
  assert.equal(thread.editLast(), false, "none of the thread's messages is one's own");
  thread.thread = { id: theirs.id, messages: [theirs, own], pending: [] };
  assert.equal(thread.editLast(), true);
  assert.equal(thread.draft.edit?.target.id, own.id);
  assert.equal(writing.draft.edit, null);
});

Deno.test("files go without a text, and none goes while one has failed", async () => {
  const { view, writing, sent } = writingOf();
  const attachments = signal(new Map([[ROOM, [attachment({ state: "uploading" })]]]));
  writing.view = { ...view, state: { ...view.state, attachments } };
  assert.equal(writing.isReady, true);
  assert.equal(writing.isBegun, true);
  await writing.submit();
  assert.deepEqual(sent, [{ text: "", replyTo: null }]);
  attachments.value = new Map([[ROOM, [attachment({ state: "failed" })]]]);
  writing.write("hello");
  assert.equal(writing.isReady, false);
});

Deno.test("an edit takes no files along, and does not wait for them", () => {
  const { view, writing } = writingOf(editOf("mine, better"));
  const attachments = signal(new Map([[ROOM, [attachment({ state: "failed" })]]]));
  writing.view = { ...view, state: { ...view.state, attachments } };
  assert.equal(writing.mayAttach, false);
  assert.equal(writing.isReady, true);
  writing.write("");
  assert.equal(writing.isReady, false, "files make no empty edit ready");
});

Deno.test("where a host keeps no files none can be attached", () => {
  const { view, writing } = writingOf();
  const limits = signal({ ...view.state.limits.value, fileSize: 0 });
  writing.view = { ...view, state: { ...view.state, limits } };
  assert.equal(writing.mayAttach, false);
});
