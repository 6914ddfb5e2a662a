/** The same drafts on all of one's devices, whatever happens to be written where, and when. */
import assert from "node:assert/strict";
import type { Api } from "../../lib/client/api.ts";
import { draftKey, draftTarget } from "../../lib/client/draft.ts";
import { Drafts } from "../../lib/client/drafts.ts";
import { DraftSync } from "../../lib/client/draft_sync.ts";
import type { Environment } from "../../lib/client/environment.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { createMemoryShelf } from "../../lib/client/shelf.ts";
import type { KeptDraft } from "../../lib/protocol/drafts.ts";
import type { Ticks } from "../../lib/protocol/time.ts";
import { FakeClock } from "../support/model_link.ts";
import { message } from "../support/model_message.ts";

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** Keeps drafts as the server does, and tells every connected device. */
function setUp() {
  const clock = new FakeClock();
  const kept = new Map<string, KeptDraft>();
  const online = new Set<DraftSync>();
  const asked: string[] = [];
  let refusal: RequestError | null = null;
  const tell = (place: Pick<KeptDraft, "room" | "thread">) => {
    const none = { ...place, text: "", replyTo: null, target: null, at: 0 };
    const draft = kept.get(`${place.room} ${place.thread}`) ?? none;
    for (const sync of online) sync.heard(draft);
  };
  const api = (async (method: string, path: string, body?: { text: string }) => {
    asked.push(`${method} ${path}${body === undefined ? "" : ` ${body.text}`}`);
    await Promise.resolve();
    if (path === "/api/drafts") return { drafts: [...kept.values()] };
    if (refusal !== null) throw refusal;
    const url = new URL(path, "http://server");
    const written = { thread: Number(url.searchParams.get("thread")) || null, ...body };
    const place = { room: Number(url.pathname.split("/")[3]), thread: written.thread };
    const replyTo = (written as { replyTo?: number | null }).replyTo ?? null;
    const target = replyTo === null ? null : draftTarget(message(replyTo)) as KeptDraft["target"];
    const at = clock.now;
    if (body === undefined) kept.delete(`${place.room} ${place.thread}`);
    else {kept.set(`${place.room} ${place.thread}`, {
        ...place,
        text: body.text,
        replyTo,
        target,
        at,
      });}
    tell(place);
  }) as Api;
  function device(shelf = createMemoryShelf()) {
    // The parts of an environment that drafts use.
    const environment = {
      now: () => clock.now,
      ticks: () => clock.now as Ticks,
      setTimeout: clock.setTimeout,
      clearTimeout: clock.clearTimeout,
      shelf,
    } as unknown as Environment;
    const drafts = new Drafts({
      userId: 1,
      environment,
      withheld() {},
      changed: (key) => sync.changed(key),
    });
    const sync = new DraftSync({ userId: 1, environment, api, drafts });
    drafts.load();
    return {
      shelf,
      text: (key: Parameters<Drafts["change"]>[0] = 1) => drafts.drafts.value.get(key)?.text,
      draft: () => drafts.drafts.value.get(1),
      write: (text: string, key: Parameters<Drafts["change"]>[0] = 1) =>
        drafts.change(key, { text }),
      change: drafts.change.bind(drafts),
      async connect(epoch = "one") {
        online.add(sync);
        await sync.ready({ epoch, ...(kept.size > 0 ? { drafts: true } : {}) });
        await settle();
      },
      leave() {
        online.delete(sync);
        sync.offline();
        drafts.flush();
      },
    };
  }
  return {
    kept,
    asked,
    device,
    refuse: (error: RequestError | null) => refusal = error,
    async pass(ms: number) {
      await clock.advance(ms);
      await settle();
    },
  };
}

async function pair() {
  const world = setUp();
  const [phone, desk] = [world.device(), world.device()];
  await phone.connect();
  await desk.connect();
  return { ...world, phone, desk };
}

Deno.test("what is written on one device is on the others a moment later, in few requests, with what it answers", async () => {
  const { phone, desk, asked, pass } = await pair();
  for (const text of ["I", "I would", "I would rather"]) phone.write(text);
  await pass(2_000);
  assert.equal(desk.text(), "I would rather");
  assert.deepEqual(asked, ["PUT /api/rooms/1/draft I would rather"]);
  phone.change(1, { replyTo: draftTarget(message(7)) });
  await pass(2_000);
  assert.equal(desk.draft()?.replyTo?.id, 7);
  phone.write("in the thread", draftKey(1, 7));
  await pass(2_000);
  assert.equal(desk.text("1/7"), "in the thread");
  assert.equal(asked.length, 3, "what comes from there is not sent back");
});

Deno.test("what was sent is gone everywhere at once, and does not come back", async () => {
  const { phone, desk, kept, pass } = await pair();
  phone.write("soon sent");
  await pass(2_000);
  phone.change(1, { text: "", replyTo: null });
  await pass(0);
  assert.deepEqual([desk.text(), kept.size], [undefined, 0]);
  // Also where it is sent before the server has answered for what was written.
  phone.write("sent at once");
  await pass(1_500);
  phone.change(1, { text: "" });
  await pass(5_000);
  assert.deepEqual([phone.text(), desk.text(), kept.size], [undefined, undefined, 0]);
});

Deno.test("nobody is interrupted while they write, and nothing is lost when they pause", async () => {
  const { phone, desk, pass } = await pair();
  phone.write("from the phone");
  await pass(1_000);
  desk.write("from the desk");
  await pass(3_000);
  assert.deepEqual([phone.text(), desk.text()], ["from the phone", "from the desk"]);
  await pass(20_000);
  const both = "from the desk\n\nfrom the phone";
  assert.deepEqual([phone.text(), desk.text()], [both, both]);
});

Deno.test("what was written without a connection stays, whatever is sent, cleared or left elsewhere when it is back", async () => {
  const does: [desk: string[], both: string][] = [
    [["ok", ""], "offline"],
    [["o", "ok", ""], "offline"],
    [["another"], "another\n\noffline"],
  ];
  for (const [texts, both] of does) {
    for (const early of [0, 2_000, 20_000]) {
      const { phone, desk, kept, pass } = await pair();
      phone.leave();
      phone.write("offline");
      await pass(10_000);
      for (const text of texts) {
        desk.write(text);
        await pass(500);
      }
      await pass(early);
      await phone.connect();
      await pass(30_000);
      const sorted = (text: string | undefined) => text?.split("\n\n").sort().join("\n\n");
      const seen = [phone.text(), desk.text(), kept.get("1 null")?.text].map(sorted);
      assert.deepEqual(seen, [both, both, both], `${texts} ${early}`);
    }
  }
});

Deno.test("what is sent while another device's text waits takes nothing of it away", async () => {
  const { phone, desk, kept, pass } = await pair();
  desk.write("o");
  await pass(1_600);
  phone.leave();
  phone.write("offline");
  await pass(6_000);
  desk.write("ok");
  await phone.connect();
  await pass(3_000);
  assert.equal(desk.text(), "ok");
  desk.write(""); // sent
  await pass(3_000);
  assert.equal(desk.text(), undefined, "the field is not filled under somebody's fingers");
  await pass(10_000);
  for (const text of [phone.text(), desk.text(), kept.get("1 null")?.text]) {
    assert.match(text!, /offline/);
  }
});

Deno.test("after an absence what was sent elsewhere is gone, and what was written here stays", async () => {
  const { phone, desk, kept, pass } = await pair();
  phone.write("sent on the desk");
  phone.write("a thread", draftKey(1, 3));
  await pass(2_000);
  phone.leave();
  desk.change(1, { text: "" });
  desk.change(draftKey(1, 3), { text: "" });
  await pass(10_000);
  phone.write("a thread, and more", draftKey(1, 3));
  await phone.connect();
  await pass(2_000);
  assert.deepEqual([phone.text(), phone.text("1/3")], [undefined, "a thread, and more"]);
  assert.deepEqual([...kept.values()].map(({ text }) => text), ["a thread, and more"]);
});

Deno.test("what was written at both ends while they were apart is lost at neither", async () => {
  const { phone, desk, pass } = await pair();
  phone.write("see you");
  await pass(10_000);
  phone.leave();
  phone.write("see you at six");
  await pass(10_000);
  desk.write("see you tomorrow");
  await pass(10_000);
  await phone.connect();
  await pass(2_000);
  for (const { text } of [phone, desk]) assert.equal(text(), "see you at six\n\nsee you tomorrow");
});

Deno.test("a browser that was closed knows what it had, and sends what it had not", async () => {
  const { phone, desk, device, kept, pass } = await pair();
  phone.write("kept");
  await pass(2_000);
  phone.leave();
  desk.change(1, { text: "" });
  await pass(0);
  const again = device(phone.shelf);
  assert.equal(again.text(), "kept");
  await again.connect();
  assert.equal(again.text(), undefined);
  again.leave();
  again.write("never sent");
  again.leave();
  const last = device(phone.shelf);
  await last.connect();
  await pass(2_000);
  assert.deepEqual([...kept.values()].map(({ text }) => text), ["never sent"]);
});

Deno.test("what the server does not take stays here, over connections, and is not tried for ever", async () => {
  const { phone, asked, refuse, kept, pass } = await pair();
  refuse(new RequestError("not_found", "no such room"));
  phone.write("for nobody");
  await pass(60_000);
  assert.equal(asked.length, 1);
  phone.leave();
  await phone.connect();
  await pass(2_000);
  assert.equal(phone.text(), "for nobody");
  refuse(new RequestError("unavailable", "later"));
  phone.write("for somebody");
  await pass(2_000);
  refuse(null);
  await pass(20_000);
  assert.deepEqual([...kept.values()].map(({ text }) => text), ["for somebody"]);
});

Deno.test("what a restored backup has is not newer than what is here", async () => {
  const { phone, kept, pass } = await pair();
  phone.write("old");
  await pass(2_000);
  const old = new Map(kept);
  await pass(10_000);
  phone.write("old and new");
  await pass(10_000);
  phone.leave();
  kept.clear();
  for (const [place, draft] of old) kept.set(place, draft);
  await phone.connect("two");
  await pass(2_000);
  assert.equal(phone.text(), "old and new");
  assert.deepEqual([...kept.values()].map(({ text }) => text), ["old and new"]);
});
