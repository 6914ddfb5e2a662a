/** What one has written and not sent: kept for the same user, shared by tabs, gone when sent. */
import assert from "node:assert/strict";
import { draftTarget, EMPTY_DRAFT } from "../../lib/client/draft.ts";
import { createMemoryStorage } from "../../lib/client/outbox_storage.ts";
import { forgetUser, type KeepingBrowser } from "../../lib/client/forget.ts";
import type { Shelf } from "../../lib/client/shelf.ts";
import { eventually } from "../support/eventually.ts";
import { FakeClock, settle } from "../support/model_link.ts";
import { ModelServer, Refused } from "../support/model_server.ts";
import { sane, texts, world } from "./outbox_fixture.ts";

const DAY = 86_400_000;

/** One browser's shelf, as each of its tabs sees it: a tab hears of what the others do. */
function sharedShelf() {
  const things = new Map<string, string>();
  const listeners = new Set<{ tab: symbol; heard: Parameters<Shelf["onChange"]>[0] }>();
  function tell(from: symbol, key: string, value: string | null): void {
    const before = things.get(key) ?? null;
    if (value === null) things.delete(key);
    else things.set(key, value);
    if (value === before) return;
    for (const { tab, heard } of listeners) if (tab !== from) heard(key, value, before);
  }
  const tab = (): Shelf => {
    const me = Symbol();
    return {
      all: (prefix) => [...things].filter(([key]) => key.startsWith(prefix)),
      put: (key, value) => tell(me, key, value),
      delete: (key) => tell(me, key, null),
      onChange(listener) {
        const mine = { tab: me, heard: listener };
        listeners.add(mine);
        return () => listeners.delete(mine);
      },
    };
  };
  return { tab, things };
}

function setUp() {
  const shelf = sharedShelf();
  const server = new ModelServer([1, 2], [1, 2]);
  const clock = new FakeClock();
  const storage = createMemoryStorage();
  const tab = (user = 1) => {
    const opened = world({ shelf: shelf.tab(), clock, storage, name: `tab${user}` }, server, user);
    opened.client.start();
    return { ...opened, draft: (room = 1) => opened.client.state.drafts.value.get(room) };
  };
  return { shelf, server, clock, tab };
}

function said(server: ModelServer, user: number, text: string) {
  server.send(user, `said-${text}`.padEnd(16, "_"), 1, text);
  return server.rooms.get(1)!.messages.at(-1)!;
}

Deno.test("text, reply target and edit outlive the tab, from the first key on", sane, () => {
  const { server, tab } = setUp();
  const [question, own] = [said(server, 2, "question"), said(server, 1, "own")];
  const first = tab();
  first.client.actions.changeDraft(1, { text: "h", replyTo: draftTarget(question) });
  first.client.actions.changeDraft(2, { edit: { target: draftTarget(own), text: "own, better" } });
  // No flush, no farewell: the tab has crashed.
  const second = tab();
  assert.deepEqual(second.draft(1), { text: "h", replyTo: draftTarget(question), edit: null });
  assert.equal(second.draft(2)!.edit!.text, "own, better");
  assert.equal(second.draft(2)!.edit!.target.text, "own");
  assert.deepEqual([...second.client.state.draftRooms.value].sort(), [1, 2]);
  first.client.stop();
  second.client.stop();
});

Deno.test(
  "many keys are few writes, and what waits is written when the page is hidden",
  sane,
  async () => {
    const { shelf, clock, tab } = setUp();
    const { link, client } = tab();
    const stored = () => JSON.parse(shelf.things.get("confab.draft.1.1")!).text;
    for (const text of ["h", "he", "hel"]) client.actions.changeDraft(1, { text });
    assert.equal(stored(), "h");
    await clock.advance(300);
    assert.equal(stored(), "hel");
    client.actions.changeDraft(1, { text: "hell" });
    client.actions.changeDraft(1, { text: "hello" });
    link.show(false);
    assert.equal(stored(), "hello");
    client.stop();
    assert.equal(clock.pending, 0);
  },
);

Deno.test(
  "what is sent leaves the draft for the outbox without a moment in neither",
  sane,
  async () => {
    const { shelf, server, tab } = setUp();
    const { link, client, draft } = tab();
    await link.drain();
    client.actions.changeDraft(1, { text: "hello" });
    assert.equal(client.actions.send("hello"), true);
    client.actions.changeDraft(1, { text: "" });
    // Synchronously: no storage has answered yet.
    const kept = [...shelf.things].map((
      [key, value],
    ) => [key.split(".")[1], JSON.parse(value).text]);
    assert.deepEqual(kept, [["sending", "hello"]]);
    assert.equal(draft(), undefined);
    await link.drain();
    assert.deepEqual([texts(server), [...shelf.things]], [["hello"], []]);
    client.stop();
  },
);

Deno.test("what no room takes is not taken, and stays with whoever wrote it", sane, () => {
  const { tab } = setUp();
  const { client } = tab();
  client.actions.closeRoom();
  assert.equal(client.actions.send("hello"), false);
  client.stop();
});

Deno.test("another account in the same browser sees nothing of it", sane, () => {
  const { tab } = setUp();
  const ann = tab(1);
  ann.client.actions.changeDraft(1, { text: "private" });
  ann.client.stop();
  const bob = tab(2);
  assert.equal(bob.client.state.drafts.value.size, 0);
  bob.client.actions.changeDraft(1, { text: "other" });
  bob.client.stop();
  const again = tab(1);
  assert.equal(again.draft()!.text, "private");
  again.client.stop();
});

Deno.test(
  "a session that was ended elsewhere leaves the drafts, a logout takes this user's",
  sane,
  async () => {
    const { shelf, tab } = setUp();
    const bob = tab(2);
    bob.client.actions.changeDraft(1, { text: "bob's" });
    bob.client.stop();
    const ended = tab();
    await ended.link.drain();
    ended.client.actions.changeDraft(1, { text: "kept" });
    ended.link.cut(0, 4401);
    assert.equal(ended.client.state.connection.value.state, "signedOut");
    ended.client.stop();
    const back = tab();
    await back.link.drain();
    assert.equal(back.draft()!.text, "kept");
    // As `forgetUser` does on the page where its reader logs out.
    shelf.tab().delete("confab.draft.1.1");
    assert.equal(back.draft(), undefined);
    assert.deepEqual([...shelf.things.keys()], ["confab.draft.2.1"]);
    back.client.stop();
  },
);

Deno.test("two tabs share a draft; sending it in one takes it from the other", sane, () => {
  const { tab } = setUp();
  const [first, second] = [tab(), tab()];
  first.client.actions.changeDraft(1, { text: "hello" });
  assert.equal(second.draft()!.text, "hello");
  first.client.actions.send("hello");
  first.client.actions.changeDraft(1, { text: "" });
  assert.equal(second.draft(), undefined);
  first.client.stop();
  second.client.stop();
});

Deno.test(
  "who writes is not interrupted by another tab, and keeps a text that the other has not seen",
  sane,
  async () => {
    const { shelf, clock, tab } = setUp();
    const [first, second] = [tab(), tab()];
    first.client.actions.changeDraft(1, { text: "mine" });
    second.client.actions.changeDraft(1, { text: "theirs" });
    assert.equal(first.draft()!.text, "mine");
    assert.equal(JSON.parse(shelf.things.get("confab.draft.1.1")!).text, "theirs");
    // Sent there: what is written here is something else, and stays.
    second.client.actions.changeDraft(1, { text: "" });
    assert.equal(first.draft()!.text, "mine");
    await clock.advance(6_000);
    second.client.actions.changeDraft(1, { text: "later" });
    assert.equal(first.draft()!.text, "mine");
    first.client.stop();
    second.client.stop();
  },
);

Deno.test(
  "clearing a text in one tab takes nothing from a tab with another one",
  sane,
  async () => {
    const { shelf, clock, tab } = setUp();
    const [first, second] = [tab(), tab()];
    const write = (who: typeof first, text: string) => who.client.actions.changeDraft(1, { text });
    const kept = () => {
      const value = shelf.things.get("confab.draft.1.1");
      return value === undefined ? undefined : JSON.parse(value).text;
    };
    write(first, "one");
    write(second, "two");
    await clock.advance(1_000);
    for (const last of [first, second]) {
      write(first, "one!");
      write(second, "two!");
      write(last, last === first ? "one?" : "two?");
      await clock.advance(10_000);
      write(first, "");
      assert.deepEqual([first.draft()?.text, second.draft()?.text.slice(0, 3)], [undefined, "two"]);
      assert.equal(
        kept()?.slice(0, 3),
        "two",
        "what was cleared is gone, what is elsewhere is kept",
      );
      write(first, "three");
      await clock.advance(10_000);
      assert.equal(second.draft()?.text.slice(0, 3), "two");
    }
    first.client.stop();
    second.client.stop();
  },
);

Deno.test(
  "a text that another tab wrote over unseen outlives its own tab, sent or not",
  sane,
  async () => {
    for (const isSent of [true, false]) {
      const { shelf, clock, tab } = setUp();
      const [first, second] = [tab(), tab()];
      const write = (who: typeof first, text: string) =>
        who.client.actions.changeDraft(1, { text });
      write(first, "one");
      await clock.advance(2_000);
      write(second, "one TWO");
      assert.equal(first.draft()!.text, "one", "who wrote just now is not interrupted");
      await clock.advance(2_000);
      write(first, "one and more");
      if (isSent) write(first, "");
      await clock.advance(1_000);
      second.client.stop();
      const kept = JSON.parse(shelf.things.get("confab.draft.1.1")!).text;
      assert.equal(kept, isSent ? "one TWO" : "one and more\n\none TWO");
      const reloaded = tab();
      assert.equal(reloaded.draft()!.text, kept);
      if (isSent) assert.equal(first.draft(), undefined, "nothing comes into a field just cleared");
      first.client.stop();
      reloaded.client.stop();
    }
  },
);

Deno.test(
  "a logout on another page leaves nothing, of what a tab had written over it neither",
  sane,
  async () => {
    const { shelf, clock, tab } = setUp();
    const [first, second, third] = [tab(), tab(), tab()];
    first.client.actions.changeDraft(1, { text: "one" });
    await clock.advance(2_000);
    second.client.actions.changeDraft(1, { text: "one TWO" });
    await clock.advance(2_000);
    first.client.actions.changeDraft(1, { text: "one and more" });
    await clock.advance(1_000);
    const own = [...shelf.things.keys()].filter((key) => key.startsWith("confab.draft.1."));
    assert.deepEqual(own, ["confab.draft.1.1"]);
    const page = shelf.tab();
    const localStorage = {
      get length() {
        return shelf.things.size;
      },
      key: (at: number) => `confab-here:${[...shelf.things.keys()][at]}`,
      setItem: (key: string, value: string) => page.put(key.slice("confab-here:".length), value),
      removeItem: (key: string) => page.delete(key.slice("confab-here:".length)),
    } as Storage;
    // It has no database and no channels.
    await forgetUser({ ...globalThis, localStorage } as KeepingBrowser, "here", 1);
    for (const tab of [first, second, third]) assert.equal(tab.draft(), undefined);
    for (const tab of [first, second, third]) tab.client.stop();
    assert.deepEqual([...shelf.things.keys()].filter((key) => own.includes(key)), []);
  },
);

Deno.test(
  "a text that another tab has seen and changed does not come back beside it",
  sane,
  async () => {
    const { shelf, clock, tab } = setUp();
    const [first, second] = [tab(), tab()];
    first.client.actions.changeDraft(1, { text: "helo" });
    for (const text of ["hel", "hell", "hello"]) {
      second.client.actions.changeDraft(1, { text });
      await clock.advance(500);
    }
    assert.equal(first.draft()!.text, "helo");
    first.client.stop();
    assert.equal(JSON.parse(shelf.things.get("confab.draft.1.1")!).text, "hello");
    second.client.stop();
  },
);

Deno.test(
  "a tab that has taken over another's text goes on taking over what is written there",
  sane,
  async () => {
    const { clock, tab } = setUp();
    const [first, second] = [tab(), tab()];
    for (const text of ["a", "ab", "abc"]) {
      first.client.actions.changeDraft(1, { text });
      await clock.advance(6_000);
      assert.equal(second.draft()?.text, text);
    }
    second.client.actions.changeDraft(1, { text: "abcd" });
    assert.equal(first.draft()?.text, "abcd");
    first.client.stop();
    second.client.stop();
  },
);

Deno.test(
  "drafts that nobody came back for expire, whoever wrote them; broken ones are dropped",
  sane,
  () => {
    const { shelf, clock, tab } = setUp();
    const now = clock.now;
    const draft = (days: number) =>
      JSON.stringify({ ...EMPTY_DRAFT, text: "x", at: now - days * DAY });
    shelf.things.set("confab.draft.1.1", draft(89));
    shelf.things.set("confab.draft.1.2", draft(91));
    shelf.things.set("confab.draft.2.1", draft(91));
    shelf.things.set("confab.draft.2.2", draft(1));
    shelf.things.set("confab.draft.1.77", "{");
    const { client } = tab();
    assert.deepEqual([...client.state.drafts.value.keys()], [1]);
    assert.deepEqual([...shelf.things.keys()], ["confab.draft.1.1", "confab.draft.2.2"]);
    client.stop();
  },
);

Deno.test("a kept draft is cleaned of what no message may hold", sane, () => {
  const { shelf, clock, tab } = setUp();
  const draft = { ...EMPTY_DRAFT, text: "a\0b\ud800", at: clock.now };
  shelf.things.set("confab.draft.1.1", JSON.stringify(draft));
  const { client, draft: kept } = tab();
  assert.equal(kept()!.text, "ab");
  client.stop();
});

Deno.test(
  "a shelf that is full or forbidden is told once and stops nobody from writing",
  sane,
  () => {
    const refuse = () => {
      throw new DOMException("no", "QuotaExceededError");
    };
    const shelf: Shelf = { all: refuse, put: refuse, delete: refuse, onChange: () => () => {} };
    const { client } = world({ shelf });
    client.start();
    client.actions.changeDraft(1, { text: "hello" });
    client.actions.changeDraft(1, { text: "" });
    assert.equal(client.state.drafts.value.size, 0);
    client.actions.changeDraft(1, { text: "hello" });
    assert.deepEqual(client.state.withheld.value, ["storage"]);
    assert.equal(client.state.drafts.value.get(1)!.text, "hello");
    client.stop();
  },
);

Deno.test("a text too long to be kept is told, and what was kept before stays", sane, () => {
  const { shelf, tab } = setUp();
  const { client } = tab();
  client.actions.changeDraft(1, { text: "short" });
  client.actions.changeDraft(1, { text: "x".repeat(100_000) });
  client.stop();
  assert.deepEqual(client.state.withheld.value, ["storage"]);
  assert.equal(JSON.parse(shelf.things.get("confab.draft.1.1")!).text, "short");
});

Deno.test(
  "what becomes of the message that a draft aims at is known, also while no tab was open",
  sane,
  async () => {
    const { server, tab } = setUp();
    const [question, own] = [said(server, 2, "question"), said(server, 1, "own")];
    const first = tab();
    await first.link.drain();
    first.client.actions.changeDraft(1, {
      replyTo: draftTarget(question),
      edit: { target: draftTarget(own), text: "better" },
    });
    const target = (of: typeof first, id: number) => of.client.state.draftTargets.value.get(id);
    server.edit(1, own.id, "changed on the phone");
    await first.link.drain();
    assert.equal(target(first, own.id)!.text, "changed on the phone");
    first.client.stop();
    server.remove(2, question.id);
    server.remove(1, own.id);
    const second = tab();
    await second.link.drain();
    assert.notEqual(target(second, own.id)!.deletedAt, null);
    assert.notEqual(target(second, question.id)!.deletedAt, null);
    second.client.stop();
  },
);

Deno.test(
  "a message that a restored database gave the target's number to is not the target",
  sane,
  async () => {
    const { server, tab } = setUp();
    const copy = server.backUp();
    const question = said(server, 2, "question");
    const { link, client } = tab();
    await link.drain();
    client.actions.changeDraft(1, { text: "an answer", replyTo: draftTarget(question) });
    link.cut();
    server.restore(copy);
    const other = said(server, 2, "something else");
    assert.deepEqual([other.id, other.seq], [question.id, question.seq]);
    await link.clock.advance(500);
    await link.drain();
    assert.equal(client.state.connection.value.state, "online");
    assert.equal(client.state.draftTargets.value.get(question.id), null);
    client.stop();
  },
);

Deno.test(
  "a message that could not be sent becomes the draft again, before what stands there",
  sane,
  async () => {
    const { shelf, server, tab } = setUp();
    const { link, client, draft } = tab();
    await link.drain();
    server.refusals = [new Refused("forbidden")];
    client.actions.send("refused");
    await link.drain();
    const [failed] = client.state.pending.value;
    assert.equal(failed!.state, "failed");
    client.actions.changeDraft(1, { text: "further" });
    // A second press changes nothing.
    for (const _press of [1, 2]) client.actions.takeBack(failed!.clientId);
    await eventually(() => assert.equal(draft()!.text, "refused\n\nfurther"));
    assert.deepEqual(client.state.pending.value, []);
    assert.equal(JSON.parse(shelf.things.get("confab.draft.1.1")!).text, "refused\n\nfurther");
    client.stop();
  },
);

Deno.test(
  "a text that waits for the connection can be taken back, and one that may have arrived cannot",
  sane,
  async () => {
    const { server, tab } = setUp();
    const { link, client, draft } = tab();
    await link.drain();
    const waiting = (text: string) =>
      client.state.pending.value.find((one) => one.text === text)?.clientId ?? "";
    client.actions.send("on its way");
    await settle();
    link.cut();
    client.actions.send("waits");
    await settle();
    assert.equal(client.actions.mayTakeBack(waiting("on its way")), false);
    assert.equal(client.actions.mayTakeBack(waiting("waits")), true);
    for (const text of ["on its way", "waits"]) client.actions.takeBack(waiting(text));
    await eventually(() => assert.equal(draft()?.text, "waits"));
    assert.deepEqual(client.state.pending.value.map(({ text }) => text), ["on its way"]);
    // Another tab knows nothing of whether it has gone.
    const other = tab();
    await settle();
    assert.equal(other.client.actions.mayTakeBack(waiting("on its way")), false);
    await link.clock.advance(500);
    await link.drain();
    await other.link.drain();
    assert.deepEqual(texts(server), ["on its way"]);
    client.stop();
    other.client.stop();
  },
);

Deno.test("who is removed from the open room keeps what was written there", sane, async () => {
  const { server, tab } = setUp();
  const { link, client, draft } = tab();
  await link.drain();
  client.actions.changeDraft(1, { text: "unsent" });
  server.leave(1, 1);
  await link.drain();
  assert.equal(client.state.openRoom.value, null);
  assert.equal(client.state.lostRoom.value, 1);
  assert.equal(draft()!.text, "unsent");
  void client.actions.openRoom(2);
  await link.drain();
  assert.equal(client.state.lostRoom.value, null);
  client.stop();
});

Deno.test(
  "what was typed before the page woke joins what was kept, and is not doubled",
  sane,
  () => {
    const { shelf, clock, tab } = setUp();
    const kept = (text: string) => JSON.stringify({ ...EMPTY_DRAFT, text, at: clock.now });
    shelf.things.set("confab.draft.1.1", kept("kept"));
    shelf.things.set("confab.draft.1.2", kept("restored by the browser"));
    const { client } = world({ shelf: shelf.tab(), clock });
    client.actions.prefillDraft(1, "typed early\0");
    client.actions.prefillDraft(2, "restored by the browser");
    assert.equal(client.state.drafts.value.size, 0);
    client.start();
    assert.equal(client.state.drafts.value.get(1)!.text, "kept\ntyped early");
    assert.equal(client.state.drafts.value.get(2)!.text, "restored by the browser");
    client.stop();
    const later = tab();
    assert.equal(later.draft()!.text, "kept\ntyped early");
    later.client.stop();
  },
);

Deno.test("a thread's draft is its own, outlives the tab, and does not mark the room", sane, () => {
  const { tab } = setUp();
  const first = tab();
  first.client.actions.changeDraft("1/7", { text: "in the thread" });
  assert.equal(first.draft(1), undefined);
  const second = tab();
  assert.equal(second.client.state.drafts.value.get("1/7")?.text, "in the thread");
  assert.deepEqual([...second.client.state.draftRooms.value], []);
  first.client.stop();
  second.client.stop();
});
