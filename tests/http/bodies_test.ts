import assert from "node:assert/strict";
import { Bodies, BODY_MS } from "../../lib/http/bodies.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const LIMIT = 65_536;

/** Bodies that have sent one byte and come to no end unless they are told to. */
function setUp() {
  const virtual = new VirtualLoop();
  const bodies = new Bodies(virtual.loop);
  function open(key: string, stranger = false, announced?: number) {
    let controller!: ReadableByteStreamController; // set by `start`, at once
    let cancelled = false;
    const body = new ReadableStream({
      type: "bytes",
      start: (given) => void (controller = given),
      cancel: () => void (cancelled = true),
    });
    const headers = new Headers();
    if (announced !== undefined) headers.set("content-length", String(announced));
    const request = new Request("http://chat.test/", { method: "POST", body, headers });
    const outcome = { code: "", text: "" };
    const read = bodies.read(request, { key, stranger }, LIMIT).then(
      (bytes) => void (outcome.text = new TextDecoder().decode(bytes)),
      (error) => void (outcome.code = error.code),
    );
    return {
      outcome,
      read,
      isCancelled: () => cancelled,
      send: (text: string) => controller.enqueue(new TextEncoder().encode(text)),
      end() {
        controller.close();
        controller.byobRequest?.respond(0);
      },
      fail: () => controller.error(new Error("the peer is gone")),
    };
  }
  return { virtual, bodies, open };
}

Deno.test("a body that comes in pieces is whole at its end", async () => {
  const { virtual, bodies, open } = setUp();
  const body = open("ann");
  const text = "x".repeat(30_000);
  for (const part of [text, "y", text]) {
    body.send(part);
    await virtual.pass(3_000);
  }
  body.end();
  await body.read;
  assert.equal(body.outcome.text, `${text}y${text}`);
  assert.equal(bodies.size, 0);
});

Deno.test("a body has ten seconds in all, however often a byte comes", async () => {
  const { virtual, open } = setUp();
  const body = open("ann");
  for (let second = 0; second < BODY_MS / 1_000 - 1; second++) {
    body.send("x");
    await virtual.pass(1_000);
  }
  assert.equal(body.outcome.code, "");
  await virtual.pass(1_200);
  assert.equal(body.outcome.code, "bad_request");
  assert.ok(body.isCancelled());
});

Deno.test("many at once are read, of those that linger each sender keeps a few", async () => {
  const { virtual, bodies, open } = setUp();
  const burst = Array.from({ length: 500 }, () => open("school"));
  for (const body of burst.slice(0, 450)) {
    body.send("{}");
    body.end();
  }
  await virtual.pass(100);
  assert.equal(burst.filter(({ outcome }) => outcome.text === "{}").length, 450);
  const other = open("elsewhere");
  await virtual.pass(1_000);
  assert.equal(bodies.size, 33, "32 and the one from elsewhere");
  assert.equal(burst.filter(({ outcome }) => outcome.code === "unavailable").length, 18);
  assert.equal(burst.at(-1)!.outcome.code, "", "the oldest went");
  assert.equal(other.outcome.code, "");
});

Deno.test("beyond the bounds the oldest goes: of one sender, of all together", async () => {
  const { virtual, bodies, open } = setUp();
  const own = Array.from({ length: 513 }, () => open("ann"));
  await virtual.pass(0);
  assert.equal(own[0]!.outcome.code, "unavailable");
  assert.equal(own.at(-1)!.outcome.code, "", "the newest may come to its end");
  const others = Array.from({ length: 600 }, (_, index) => open(`somebody ${index}`));
  await virtual.pass(0);
  assert.equal(bodies.size, 1_024);
  assert.equal(own[1]!.outcome.code, "unavailable");
  assert.equal(others.at(-1)!.outcome.code, "");
  await virtual.pass(600);
  assert.ok(bodies.size <= 256, `${bodies.size} linger`);
});

Deno.test("strangers, however many, do not take the place of who is signed in", async () => {
  const { virtual, bodies, open } = setUp();
  const strangers = Array.from({ length: 1_024 }, (_, index) => open(`network ${index}`, true));
  await virtual.pass(0);
  const ann = open("ann");
  const other = open("network of somebody honest", true);
  for (const body of [ann, other]) {
    body.send("{}");
    body.end();
    await body.read;
    assert.equal(body.outcome.text, "{}");
  }
  assert.equal(strangers[0]!.outcome.code, "unavailable");
  const slow = open("ann");
  for (let wave = 0; wave < 4; wave++) {
    await virtual.pass(200);
    for (let index = 0; index < 300; index++) open(`network ${wave} ${index}`, true);
  }
  await virtual.pass(600);
  assert.equal(slow.outcome.code, "", "it lingers, and so may it");
  assert.ok(bodies.size <= 129, `${bodies.size} linger`);
});

Deno.test("where all places are taken by people signed in, a stranger waits", async () => {
  const { virtual, open } = setUp();
  for (let index = 0; index < 1_024; index++) open(`user ${index}`);
  await virtual.pass(0);
  const stranger = open("network", true);
  await virtual.pass(0);
  assert.equal(stranger.outcome.code, "unavailable");
});

Deno.test("when memory is short all are ended, and the next one begins anew", async () => {
  const { virtual, bodies, open } = setUp();
  const before = [open("ann"), open("bob")];
  await virtual.pass(0);
  assert.equal(bodies.endAll(), 2);
  await virtual.pass(0);
  assert.deepEqual(before.map(({ outcome }) => outcome.code), ["unavailable", "unavailable"]);
  assert.equal(bodies.size, 0);
  const after = open("ann");
  after.send("x");
  after.end();
  await after.read;
  assert.equal(after.outcome.text, "x");
});

Deno.test("what is too long or breaks off leaves its place", async () => {
  const { virtual, bodies, open } = setUp();
  const [long, broken] = [open("ann"), open("ann")];
  long.send("x".repeat(LIMIT + 1));
  broken.fail();
  await virtual.pass(100);
  assert.deepEqual([long.outcome.code, broken.outcome.code], ["too_large", "bad_request"]);
  assert.equal(bodies.size, 0);
});

Deno.test("of large bodies only so many bytes are in memory, and small ones do not wait for that", async () => {
  const { bodies } = setUp();
  const MB = 1_048_576;
  const large = (key: string) => {
    let controller!: ReadableStreamDefaultController<Uint8Array>; // set by `start`, at once
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    const request = new Request("http://chat.test/", { method: "PUT", body });
    const read = bodies.read(request, { key, stranger: false }, 16 * MB)
      .then((bytes) => bytes.length, (error) => error.code);
    controller.enqueue(new Uint8Array(15 * MB));
    return { read, end: () => controller.close() };
  };
  const [first, second] = [large("ann"), large("ann")];
  assert.equal(await second.read, "unavailable");
  const others = ["bob", "cid", "dan"].map((key) => large(key));
  assert.equal(await large("eve").read, "unavailable");
  const small = new Request("http://chat.test/", { method: "POST", body: "{}" });
  assert.equal((await bodies.read(small, { key: "ann", stranger: false }, LIMIT)).length, 2);
  for (const each of [first, ...others]) {
    each.end();
    assert.equal(await each.read, 15 * MB);
  }
  const again = large("eve");
  again.end();
  assert.deepEqual([await again.read, bodies.size], [15 * MB, 0]);
});

Deno.test("a body that came with its headers is whole at once, and nobody looks after it", async () => {
  const looks: number[] = [];
  const { loop } = new VirtualLoop();
  const bodies = new Bodies({ now: loop.now, every: (ms) => (looks.push(ms), () => {}) });
  const read = (length: number) => {
    const headers = { "content-length": String(length) };
    const request = new Request("http://chat.test/", { method: "POST", body: "hello", headers });
    return bodies.read(request, { key: "ann", stranger: false }, 5);
  };
  assert.equal(new TextDecoder().decode(await read(5)), "hello");
  assert.deepEqual([bodies.size, looks], [0, []]);
  await assert.rejects(read(6), { code: "too_large" });
});

Deno.test("a short body that its client announced, and sends late, is whole at its end, or ended in time", async () => {
  const { virtual, bodies, open } = setUp();
  const short = (text: string) => {
    const body = open("ann", false, 6);
    if (text !== "") body.send(text);
    return body;
  };
  const [late, never, broken] = [short("abc"), short("abc"), short("")];
  await virtual.pass(1_000);
  assert.equal(bodies.size, 3);
  late.send("def");
  late.end();
  broken.fail();
  await Promise.all([late.read, broken.read]);
  assert.deepEqual([late.outcome.text, broken.outcome.code], ["abcdef", "bad_request"]);
  await virtual.pass(BODY_MS);
  await never.read;
  assert.deepEqual([never.outcome.code, bodies.size], ["bad_request", 0]);
});
