import assert from "node:assert/strict";
import { Bodies, BODY_MS } from "../../lib/http/bodies.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const LIMIT = 65_536;

/** Bodies that have sent one byte and come to no end unless they are told to. */
function setUp() {
  const virtual = new VirtualLoop();
  const bodies = new Bodies(virtual.loop);
  function open(sender: string) {
    let controller!: ReadableByteStreamController; // set by `start`, at once
    let cancelled = false;
    const body = new ReadableStream({
      type: "bytes",
      start: (given) => void (controller = given),
      cancel: () => void (cancelled = true),
    });
    const request = new Request("http://chat.test/", { method: "POST", body });
    const outcome = { code: "", text: "" };
    const read = bodies.read(request, sender, LIMIT).then(
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

Deno.test("beyond the bounds nothing is read: for one sender, for all together", async () => {
  const { virtual, bodies, open } = setUp();
  const own = Array.from({ length: 513 }, () => open("ann"));
  await virtual.pass(0);
  assert.equal(own.at(-1)!.outcome.code, "unavailable");
  const others = Array.from({ length: 600 }, (_, index) => open(`somebody ${index}`));
  await virtual.pass(0);
  assert.equal(bodies.size, 1_024);
  assert.equal(others.at(-1)!.outcome.code, "unavailable");
  await virtual.pass(600);
  assert.ok(bodies.size <= 256, `${bodies.size} linger`);
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
