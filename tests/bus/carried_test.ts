/** What Redis and NOTIFY share: packing, bounds, and what strangers write. */
import assert from "node:assert/strict";
import { type CarriedBus, type Carrier, createCarriedBus } from "../../lib/bus/carried.ts";
import { NOTICE_LINES } from "../../lib/chat/notice_lines.ts";
import type { Notice } from "../../lib/chat/notice.ts";
import { message, plain } from "../contract/bus.ts";

/** A carrier that a test holds in its hands. */
class HandCarrier implements Carrier {
  readonly kind = "redis";
  isConnected = true;
  sent: string[][] = [];
  readonly waiting: PromiseWithResolvers<void>[] = [];
  hearing = (_body: string) => {};

  constructor(readonly largest = 7_900) {}

  connected() {
    return this.isConnected;
  }
  send(bodies: string[]) {
    this.sent.push(bodies);
    const settled = Promise.withResolvers<void>();
    this.waiting.push(settled);
    return settled.promise;
  }
  hear(listener: (body: string) => void) {
    this.hearing = listener;
  }
  onReturn() {
    return () => {};
  }
  close() {
    return Promise.resolve();
  }
}

interface Opened {
  carrier: HandCarrier;
  bus: CarriedBus<Notice>;
  failures: unknown[];
}

function open(largest?: number): Opened {
  const carrier = new HandCarrier(largest);
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const bus = createCarriedBus({ carrier, lines: NOTICE_LINES, node: "me", failed });
  return { carrier, bus, failures };
}

/** What another node reads of these bodies. */
function readBack(bodies: string[]): Notice[] {
  const { carrier, bus } = open();
  const heard: Notice[] = [];
  bus.subscribe((notices) => heard.push(...notices));
  for (const body of bodies) carrier.hearing(body.replace(/^me\n/, "another\n"));
  return heard.map(plain);
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

Deno.test("what a commit publishes is one body, as long as it fits", () => {
  const { carrier, bus } = open();
  bus.publish([message(1), { type: "events" }, message(2)]);
  assert.equal(carrier.sent.length, 1);
  assert.equal(carrier.sent[0]!.length, 1);
  assert.deepEqual(readBack(carrier.sent[0]!), [message(1), { type: "events" }, message(2)]);
});

Deno.test("more goes in as few bodies as hold it, in order, none above the limit in bytes", () => {
  for (const letter of ["x", "ж", "漢", "🎈", "\ud800"]) {
    const { carrier, bus } = open();
    const notices = Array.from({ length: 40 }, (_, i) => message(i + 1, letter.repeat(i * 20)));
    bus.publish(notices);
    const [bodies] = carrier.sent;
    assert.ok(bodies!.every((body) => bytes(body) <= 7_900), letter);
    assert.deepEqual(readBack(bodies!), notices.map(plain), letter);
    const needed = bodies!.reduce((sum, body) => sum + bytes(body), 0) / 7_900;
    assert.ok(bodies!.length <= Math.ceil(needed * 1.5), `${letter}: ${bodies!.length} bodies`);
  }
});

Deno.test("at the limit a message fits to the byte; one byte more, and only that it exists is said", () => {
  for (const letter of ["x", "ж", "漢", "🎈"]) {
    const size = bytes(letter);
    const room = 7_900 - bytes(`me\nm 1 1 4 ${NOTICE_LINES.write(message(1, "")).slice(8)}`);
    const { carrier, bus } = open();
    const filled = letter.repeat(Math.floor(room / size)) + "x".repeat(room % size);
    bus.publish([message(1, filled)]);
    bus.publish([message(1, `${filled}x`)]);
    assert.equal(bytes(carrier.sent[0]![0]!), 7_900, letter);
    assert.deepEqual(readBack(carrier.sent[0]!), [message(1, filled)].map(plain));
    assert.deepEqual(readBack(carrier.sent[1]!), [{ type: "moved", room: 1, rev: 1, access: 4 }]);
  }
});

Deno.test("without a connection nothing is kept for later: who comes back looks for themselves", () => {
  const { carrier, bus } = open();
  carrier.isConnected = false;
  const heard: Notice[] = [];
  bus.subscribe((notices) => heard.push(...notices));
  bus.publish([message(1)]);
  assert.deepEqual(carrier.sent, []);
  assert.deepEqual([bus.pending, bus.dropped, heard.length], [0, 1, 1]);
});

Deno.test("a carrier that stands still is given a thousand publishes, and no more", async () => {
  const { carrier, bus } = open();
  for (let i = 1; i <= 5_000; i++) bus.publish([message(i)]);
  assert.deepEqual([bus.pending, bus.dropped, carrier.sent.length], [1_000, 4_000, 1_000]);
  carrier.waiting[0]!.resolve();
  carrier.waiting[1]!.reject(new Error("the server has gone"));
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual([bus.pending, bus.dropped], [998, 4_001]);
  bus.publish([message(1)]);
  assert.equal(bus.pending, 999);
});

Deno.test("nor more than some megabytes, however few the publishes are", () => {
  const { bus } = open(1_000_000);
  const commit = Array.from({ length: 100 }, (_, i) => message(i + 1, "x".repeat(4_000)));
  for (let i = 0; i < 100; i++) bus.publish(commit);
  assert.ok(bus.pending <= 20, `${bus.pending} are pending`);
  assert.equal(bus.pending + bus.dropped, 100);
});

Deno.test("what came back to its author is not heard again", () => {
  const { carrier, bus } = open();
  const heard: string[] = [];
  bus.subscribe((_, from) => heard.push(from));
  bus.publish([message(1)]);
  carrier.hearing(carrier.sent[0]![0]!);
  assert.deepEqual(heard, ["here"]);
});

Deno.test("what strangers and other versions write is left out, and the rest is heard", () => {
  const { carrier, bus } = open();
  const heard: Notice[] = [];
  bus.subscribe((notices) => heard.push(...notices));
  const line = NOTICE_LINES.write(message(7));
  for (
    const body of [
      "",
      "\n",
      "hello",
      "another\n{",
      'another\nnull\n1\n[]\n{}\n"type"',
      "another\nm\nm 1\nm x 1 4 {}\nm 1 1 {}\nm  1 4 {}",
      `another\nsomething new\n${line}\n{"type":7}`,
    ]
  ) carrier.hearing(body);
  assert.deepEqual(heard.map(plain), [message(7)].map(plain));
});

Deno.test("the end waits for what was said just before it, and not for a carrier that stands still", async () => {
  const { carrier, bus } = open();
  bus.publish([message(1)]);
  let ended = false;
  const ending = bus.close().then(() => ended = true);
  bus.publish([message(2)]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([ended, carrier.sent.length], [false, 1]);
  carrier.waiting[0]!.resolve();
  await ending;
  const still = open();
  still.bus.publish([message(1)]);
  const began = performance.now();
  await still.bus.close();
  assert.ok(performance.now() - began < 3_000);
});

Deno.test("a listener that fails on what was said ends nothing, and the others hear it", () => {
  const { carrier, bus, failures } = open();
  const heard: Notice[] = [];
  // As whoever must look into a made-up message.
  bus.subscribe((notices) => notices.map((each) => each.type === "message" && each.message));
  bus.subscribe((notices) => heard.push(...notices));
  carrier.hearing("stranger\nm 1 2 3 {this is no message");
  carrier.hearing('another\n{"type":"events"}');
  assert.deepEqual(heard.map(({ type }) => type), ["message", "events"]);
  assert.equal(failures.length, 1);
  assert.ok(failures[0] instanceof SyntaxError);
});
