import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { STILL_MS, Transfers } from "../../lib/files/transfers.ts";
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
  assert.deepEqual([await taking, kept, wasEnded(), transfers.size], ["bad_request", "", true, 0]);
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
  assert.deepEqual(new Set(await Promise.all(open)), new Set(["bad_request"]));
  assert.equal(await transfers.take(1, bodyOf("x"), textOf), "x");
});

Deno.test("whoever refuses what comes ends the body", async () => {
  const transfers = new Transfers(new VirtualLoop().loop);
  const { body, wasEnded } = stillBody();
  const full = () => Promise.reject(new ConfabError("too_large", "Full."));
  assert.equal(await codeOf(transfers.take(1, body, full)), "too_large");
  assert.deepEqual([wasEnded(), transfers.size], [true, 0]);
});
