/** Previews of links in the running program: found after the message, for everybody, once. */
import assert from "node:assert/strict";
import type { Message } from "../../lib/protocol/messages.ts";
import { eventually } from "../support/eventually.ts";
import type { Person } from "../support/chat_client.ts";
import { freePort } from "../support/servers.ts";
import { houseTest, openHouse } from "./house.ts";

/** A site on this machine, which the host has allowed; beside it one that nobody allowed. */
const [ALLOWED, FORBIDDEN] = [`127.0.0.1:${freePort()}`, `127.0.0.1:${freePort()}`];
const PICTURE = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

/** A mebibyte which took a parser with a tree half a minute. */
const DEEP = `<title>Deep</title>${"<i>".repeat(4_900)}`.padEnd(1_048_576, "</B>");

class Site {
  readonly asked: string[] = [];
  /** Until then, one of its pages says nothing. */
  readonly speech = Promise.withResolvers<void>();
  #server: Deno.HttpServer | null = null;

  start(host: string): void {
    const port = Number(host.split(":")[1]);
    this.#server = Deno.serve(
      { port, hostname: "127.0.0.1", onListen() {} },
      (request) => this.#answer(new URL(request.url)),
    );
  }

  async stop(): Promise<void> {
    this.speech.resolve();
    await this.#server?.shutdown();
  }

  times(path: string): number {
    return this.asked.filter((each) => each === path).length;
  }

  async #answer({ pathname }: URL): Promise<Response> {
    this.asked.push(pathname);
    switch (pathname) {
      case "/silent":
        await this.speech.promise;
        return new Response("at last", { status: 404 });
      case "/deep":
        return new Response(DEEP, { headers: { "content-type": "text/html" } });
      case "/pic.png":
        return new Response(PICTURE, { headers: { "content-type": "image/png" } });
      case "/away":
        return Response.redirect(`http://${FORBIDDEN}/secret`);
      case "/gone":
        return new Response("no", { status: 404 });
      case "/bomb":
        return new Response(
          `<title>Bomb</title><meta property=og:image content="http://${FORBIDDEN}/pic.png">`,
          { headers: { "content-type": "text/html" } },
        );
      default:
        return new Response(
          `<head><title>Plain</title><meta property="og:title" content="Page ${pathname} &lt;b&gt;">
           <meta property="og:image" content="/pic.png"><meta name="description" content="Words">`,
          { headers: { "content-type": "text/html; charset=utf-8" } },
        );
    }
  }
}

const allowed = new Site();
const forbidden = new Site();
Deno.test.beforeAll(() => {
  allowed.start(ALLOWED);
  forbidden.start(FORBIDDEN);
});
Deno.test.afterAll(async () => {
  await allowed.stop();
  await forbidden.stop();
});
const house = openHouse({
  CONFAB_LINK_PREVIEWS: "",
  CONFAB_LINK_HOSTS: ALLOWED,
  CONFAB_ORIGIN: `https://chat.example.org`,
});
const test = houseTest(house);

const send = ({ api }: Person, room: number, text: string) =>
  api.post<Message>(`/api/rooms/${room}/messages`, { text });

const page = (path: string) => `http://${ALLOWED}${path}`;

test("a link gets a preview a moment later, for everybody, with one raise of the counter", async () => {
  const { ann, bob, room, onBob } = await house.pair();
  const sent = await send(ann, room, `look: ${page("/one")}`);
  assert.deepEqual(sent.links, []);
  const { message, rev } = await onBob.event("message", ({ message }) => message.links.length > 0);
  assert.equal(rev, sent.rev + 1);
  const [link] = message.links;
  assert.deepEqual([link!.title, link!.description, link!.site], [
    "Page /one <b>",
    "Words",
    "127.0.0.1",
  ]);
  assert.match(link!.image!, /^\/previews\/[0-9a-f]{32}\/1$/);
  const picture = await fetch(house.url + link!.image!, {
    headers: { authorization: `Bearer ${bob.token}` },
  });
  assert.equal(picture.status, 200);
  assert.equal(picture.headers.get("content-type"), "image/webp");
  assert.match(picture.headers.get("cache-control")!, /immutable/);
  await picture.body?.cancel();
  const strange = await fetch(house.url + link!.image!);
  assert.equal(strange.status, 401);
  await strange.body?.cancel();
  // Said once more, it is not asked for again.
  await send(bob, room, page("/one"));
  await onBob.event(
    "message",
    ({ message }) => message.userId === bob.id && message.links.length > 0,
  );
  assert.equal(allowed.times("/one"), 1);
});

test("links to who says nothing leave places for others' links", async () => {
  const { ann, bob, room, onBob } = await house.pair();
  for (let count = 0; count < 5; count++) await send(ann, room, page(`/silent?${count}`));
  await eventually(() => assert.equal(allowed.times("/silent"), 2));
  const { id } = await send(bob, room, page("/six"));
  await onBob.event("message", ({ message }) => message.id === id && message.links.length > 0);
  assert.equal(allowed.times("/silent"), 2, "the third waits, while two are looked at");
  allowed.speech.resolve();
  await eventually(() => assert.equal(allowed.times("/silent"), 5));
});

test("while a page that nests without end is read, others are answered", async () => {
  const { ann, room, onBob } = await house.pair();
  const { id } = await send(ann, room, page("/deep"));
  let [longest, isOver] = [0, false];
  const isShown = ({ message }: { message: Message }) =>
    message.id === id && message.links.length > 0;
  const shown = onBob.event("message", isShown).finally(() => isOver = true);
  while (!isOver) {
    const began = performance.now();
    await ann.api.get("/api/rooms");
    longest = Math.max(longest, performance.now() - began);
  }
  await shown;
  assert.ok(longest < 5_000, `an answer took ${longest} ms`);
});

test("nothing is asked of hosts that are not public, nor of this chat itself", async () => {
  const { ann, room } = await house.pair();
  const texts = [
    `http://${FORBIDDEN}/`,
    page("/away"),
    page("/gone"),
    `http://[::ffff:127.0.0.1]:${FORBIDDEN.split(":")[1]}/`,
    "https://chat.example.org/rooms/1",
  ];
  const sent: Message[] = [];
  for (const text of texts) sent.push(await send(ann, room, text));
  const last = await send(ann, room, page("/bomb"));
  await eventually(async () => {
    const { messages } = await ann.api.get<{ messages: Message[] }>(
      `/api/rooms/${room}/messages?around=${last.seq}`,
    );
    const bomb = messages.find(({ id }) => id === last.id)!;
    assert.deepEqual(bomb.links.map(({ title, image }) => [title, image]), [["Bomb", null]]);
    assert.equal(messages.filter(({ links }) => links.length > 0).length, 1);
  });
  await eventually(() => assert.equal(allowed.times("/gone"), 1));
  assert.deepEqual(forbidden.asked, []);
});

test("its author removes a preview, and it stays away; an edit brings another", async () => {
  const { ann, bob, room, onBob } = await house.pair();
  const { id } = await send(ann, room, page("/two"));
  await onBob.event("message", ({ message }) => message.id === id && message.links.length > 0);
  const path = `/api/messages/${id}/links?url=${encodeURIComponent(page("/two"))}`;
  assert.equal((await bob.api.refused("DELETE", path)).code, "forbidden");
  const removed = await ann.api.request<Message>("DELETE", path);
  assert.deepEqual(removed.body.links, []);
  await ann.api.patch(`/api/messages/${id}`, { text: `${page("/two")} ${page("/three")}` });
  const { message } = await onBob.event(
    "message",
    ({ message }) => message.id === id && message.links[0]?.title.includes("/three") === true,
  );
  assert.equal(message.links.length, 1);
});

test("staff say that no previews are made", async () => {
  const { ann, room } = await house.pair();
  const set = (linkPreviews: "on" | "off") =>
    house.owner.api.patch("/api/workspace/settings", { linkPreviews });
  await set("off");
  await send(ann, room, page("/four"));
  await set("on");
  const { id } = await send(ann, room, page("/five"));
  await eventually(async () => {
    const [found] =
      (await ann.api.get<{ messages: Message[] }>(`/api/messages?ids=${id}`)).messages;
    assert.equal(found?.links.length, 1);
  });
  assert.equal(allowed.times("/four"), 0);
});
