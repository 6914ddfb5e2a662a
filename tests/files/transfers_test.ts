import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { FairShare } from "../../lib/files/fair_share.ts";
import { STILL_MS, Transfers } from "../../lib/files/transfers.ts";
import type { Ticks } from "../../lib/protocol/time.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

/** Each piece is read before the next is asked for. */
async function textOf(bytes: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const piece of bytes) text += new TextDecoder().decode(piece);
  return text;
}

/** As a request's body is: of bytes, into the buffer of who reads. */
function bodyOf(...pieces: string[]): ReadableStream<Uint8Array> {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else controller.enqueue(piece);
    },
  });
}

/** A body of which nothing comes. */
function stillBody(): { body: ReadableStream<Uint8Array>; wasEnded(): boolean } {
  let ended = false;
  const body = new ReadableStream<Uint8Array>({ cancel: () => void (ended = true) });
  return { body, wasEnded: () => ended };
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(() => "kept", (error) => error instanceof ConfabError ? error.code : String(error));

Deno.test("what comes is handed on, piece by piece, and an empty body is empty", async () => {
  const transfers = new Transfers(new VirtualLoop().loop);
  assert.equal(await transfers.take(1, bodyOf("one ", "two ", "three"), textOf), "one two three");
  assert.equal(await transfers.take(1, null, textOf), "");
  const plain = new Response("plain").body!;
  assert.equal(await transfers.take(1, plain, textOf), "plain");
  assert.equal(transfers.size, 0);
});

Deno.test("a body that stands still is ended, and what came is kept", async () => {
  const loop = new VirtualLoop();
  const transfers = new Transfers(loop.loop);
  const { body, wasEnded } = stillBody();
  let kept: string | null = null;
  const taking = codeOf(transfers.take(1, body, async (bytes) => kept = await textOf(bytes)));
  await loop.pass(STILL_MS - 1_000);
  assert.equal(wasEnded(), false);
  await loop.pass(10_000);
  assert.deepEqual([await taking, kept, wasEnded(), transfers.size], ["unavailable", "", true, 0]);
});

Deno.test("a body whose piece waits for others or for the disk does not stand still", async () => {
  const loop = new VirtualLoop();
  const transfers = new Transfers(loop.loop);
  const holding = Array.from({ length: 2 }, () => heldTransfer(transfers, bodyOf("x")));
  await Promise.all(holding.map(({ began }) => began));
  const waiting = codeOf(transfers.take(2, bodyOf("one ", "two"), textOf));
  await loop.pass(3 * STILL_MS);
  assert.equal(transfers.size, 3);
  for (const { end } of holding) end();
  await Promise.all(holding.map(({ ended }) => ended));
  await loop.pass(1_000);
  assert.equal(await waiting, "kept");
});

Deno.test("while people write, all bodies together come at one pace, and otherwise at once", async () => {
  const loop = new VirtualLoop();
  const share = new FairShare(loop.loop.now);
  const transfers = new Transfers(loop.loop, undefined, share);
  const pieces = Array<string>(20).fill("x".repeat(64_000)); // a millisecond each
  const take = () => transfers.take(1, bodyOf(...pieces), textOf);
  await Promise.all([take(), take()]);
  assert.equal(loop.loop.now(), 1_000);
  share.heard();
  let isOver = false;
  void Promise.all([take(), take()]).then(() => isOver = true);
  while (!isOver) await loop.pass(1);
  const took = loop.loop.now() - 1_000;
  assert.ok(took >= 39 && took < 60, `${took} ms`);
});

Deno.test("whoever breaks off after each piece and begins anew comes at the same pace, and keeps nobody waiting", async () => {
  const loop = new VirtualLoop();
  const share = new FairShare(loop.loop.now);
  const transfers = new Transfers(loop.loop, undefined, share);
  const piece = "x".repeat(64_000); // a millisecond
  share.heard();
  let begun = 0;
  const beginAnew = async () => {
    while (begun++ < 40) await brokenOff(transfers, bodyOf(piece, piece));
  };
  void beginAnew();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(begun, 2, "the first was read, and the next waits for its time");
  let isOver = false;
  void transfers.take(9, bodyOf("one ", "two"), textOf).then(() => isOver = true);
  while (!isOver) await loop.pass(1);
  const took = loop.loop.now() - 1_000;
  assert.ok(took < 10, `${took} ms`);
});

Deno.test("one person has only so many bodies open, and others are not kept out by that", async () => {
  const transfers = new Transfers(new VirtualLoop().loop);
  const open = Array.from(
    { length: 64 },
    () => codeOf(transfers.take(1, stillBody().body, textOf)),
  );
  assert.equal(await codeOf(transfers.take(1, bodyOf("x"), textOf)), "rate_limited");
  assert.equal(await transfers.take(2, bodyOf("x"), textOf), "x");
  transfers.endAll();
  assert.deepEqual(new Set(await Promise.all(open)), new Set(["unavailable"]));
  assert.equal(await transfers.take(1, bodyOf("x"), textOf), "x");
});

Deno.test("a few who keep theirs half open do not keep all others out", async () => {
  const transfers = new Transfers(new VirtualLoop().loop);
  const open = Array.from(
    { length: 512 },
    (_, index) => codeOf(transfers.take(1 + index % 8, stillBody().body, textOf)),
  );
  assert.equal(await transfers.take(9, bodyOf("x"), textOf), "x");
  assert.equal(transfers.size, 511);
  transfers.endAll();
  assert.deepEqual((await Promise.all(open)).filter((code) => code === "rate_limited").length, 1);
});

Deno.test("whoever refuses what comes ends the body", async () => {
  const transfers = new Transfers(new VirtualLoop().loop);
  const { body, wasEnded } = stillBody();
  const full = () => Promise.reject(new ConfabError("too_large", "Full."));
  assert.equal(await codeOf(transfers.take(1, body, full)), "too_large");
  assert.deepEqual([wasEnded(), transfers.size], [true, 0]);
});

Deno.test("a body that is given up while it waits for its turn to be written keeps nobody out", async () => {
  const transfers = new Transfers(new VirtualLoop().loop);
  // Both turns are taken: a piece was handed out, and the next was not asked for.
  const holding = Array.from({ length: 2 }, () => heldTransfer(transfers, bodyOf("x", "y")));
  await Promise.all(holding.map(({ began }) => began));
  // Others have a piece that waits for a turn, when somebody else takes over their upload.
  const given = Array.from({ length: 4 }, () => givenUp(transfers, bodyOf("x", "y")));
  await Promise.all(given);
  for (const { end } of holding) end();
  await Promise.all(holding.map(({ ended }) => ended));
  assert.equal(await transfers.take(9, bodyOf("one ", "two"), textOf), "one two");
  assert.equal(transfers.size, 0);
});

Deno.test("of what a phone sends little by little, large pieces are handed on", async () => {
  let now = 1_000;
  const clock = () => now as Ticks;
  const pass = (ms: number) => void (now += ms);
  const transfers = new Transfers({
    now: clock,
    every: () => () => {},
    after(ms, task) {
      pass(ms);
      queueMicrotask(task);
    },
  });
  const pieces: number[] = [];
  await transfers.take(1, trickle(1_000_000, clock, () => pass(1)), async (bytes) => {
    for await (const piece of bytes) pieces.push(piece.byteLength);
  });
  assert.equal(pieces.reduce((sum, length) => sum + length, 0), 1_000_000);
  assert.ok(pieces.length < 160, `${pieces.length} pieces`);
});

/** A byte comes each microsecond. What was not read yet is read at once later. */
function trickle(
  length: number,
  now: () => Ticks,
  wait: () => void,
): ReadableStream<Uint8Array> {
  const start = now();
  let given = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const view = controller.byobRequest!.view!;
      if (given === length) {
        controller.close();
        return controller.byobRequest!.respond(0);
      }
      wait();
      const come = Math.min(length, Math.round((now() - start) * 1_000));
      const piece = Math.min(view.byteLength, come - given);
      given += piece;
      controller.byobRequest!.respond(piece);
    },
  });
}

function heldTransfer(transfers: Transfers, body: ReadableStream<Uint8Array>) {
  const { promise: began, resolve: begin } = Promise.withResolvers<void>();
  const { promise: held, resolve: end } = Promise.withResolvers<void>();
  const ended = transfers.take(1, body, async (bytes) => {
    const reader = bytes.getReader();
    await reader.read();
    begin();
    await held;
    await reader.cancel();
  });
  return { began, end, ended };
}

/** As where a later request for the same upload ends the earlier one. */
function brokenOff(transfers: Transfers, body: ReadableStream<Uint8Array>): Promise<void> {
  return transfers.take(1, body, async (bytes) => {
    const reader = bytes.getReader();
    await reader.read();
    void reader.read();
    await reader.cancel();
  });
}

function givenUp(transfers: Transfers, body: ReadableStream<Uint8Array>): Promise<void> {
  return transfers.take(2, body, async (bytes) => {
    const reader = bytes.getReader();
    const reading = reader.read();
    await new Promise((resolve) => setTimeout(resolve, 0)); // the piece is there, and waits
    await reader.cancel();
    await reading;
  });
}
