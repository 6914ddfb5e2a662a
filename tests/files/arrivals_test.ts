/** How a file arrives where something fails between its bytes and its row. */
import assert from "node:assert/strict";
import { Arrivals, type ArrivalsOptions, FIRST_STEP } from "../../lib/files/arrivals.ts";
import { ConfabError, notFound } from "../../lib/errors.ts";
import type { File } from "../../lib/protocol/files.ts";
import { Transfers } from "../../lib/files/transfers.ts";
import { bytesOf, streamOf } from "../contract/blobs.ts";
import { createMemoryBlobs } from "../support/memory_blobs.ts";

const FACTS = { type: "image/png", width: 1, height: 1, duration: null, blur: null };

const UPLOAD = { id: 1, key: "a".repeat(32), size: 100, name: "a.png", type: "image/png" };

/** Where what is deleted is known by its row alone. */
function arriving(
  store: Partial<ArrivalsOptions["store"]>,
  { blobs = createMemoryBlobs(), mostBytes = 1_000, now = (): number => 0 } = {},
) {
  const arrivals = new Arrivals({
    blobs,
    store: {
      growUpload: () => Promise.reject(new Error("nobody asks for more")),
      finishUpload: ({ facts }) => Promise.resolve({ size: facts.size } as File),
      findUpload: () => Promise.resolve({ ...UPLOAD, file: null }),
      namedBlobs: () => Promise.resolve({ blobs: [UPLOAD.key], uploads: [] }),
      ...store,
    },
    inspector: {
      // What is behind a picture's end is cut off.
      inspect: async (path) => {
        const size = Math.min(60, (await Deno.stat(path)).size);
        await Deno.truncate(path, size);
        return { ...FACTS, size, thumbnail: null };
      },
    },
    transfers: new Transfers({ now: () => 0, every: () => () => {} } as never),
    mostBytes,
    space: { user: 0, all: 0 } as never,
    now,
    requireDisk: () => Promise.resolve(),
    cleanUp: () => {},
  });
  return { arrivals, blobs };
}

Deno.test("an upload whose program was killed before its row was written is completed by who asks again", async () => {
  let killed = true;
  const { arrivals, blobs } = arriving({
    finishUpload: ({ facts }) =>
      killed ? Promise.reject(new Error("killed")) : Promise.resolve({ size: facts.size } as File),
  });
  await assert.rejects(arrivals.take(1, UPLOAD, 0, streamOf(bytesOf(100))), /killed/);
  killed = false;
  const offset = await arrivals.received(UPLOAD);
  assert.equal(offset, 100, "all of its bytes have come");
  const { file } = await arrivals.take(1, UPLOAD, offset, streamOf());
  assert.equal(file?.size, 60);
  assert.deepEqual(blobs.kept.get(UPLOAD.key), bytesOf(60));
});

Deno.test("what was deleted while its bytes came is not there for who sends them, and leaves none", async () => {
  const gone = () => Promise.reject(notFound("file"));
  const none = () => Promise.resolve({ blobs: [], uploads: [] });
  const { arrivals, blobs } = arriving({ findUpload: gone, finishUpload: gone, namedBlobs: none });
  const take = (length: number) => arrivals.take(1, UPLOAD, 0, streamOf(bytesOf(length)));
  await assert.rejects(take(40), { code: "not_found" });
  assert.equal(await blobs.received(UPLOAD.key), 0);
  await assert.rejects(take(100), { code: "not_found" });
  assert.deepEqual([await blobs.received(UPLOAD.key), blobs.kept.size], [0, 0]);
});

const MIB = 1024 * 1024;
/** A form's pieces, as a body brings them. */
const formOf = (pieces: number) => streamOf(...Array.from({ length: pieces }, () => bytesOf(MIB)));

/** A store in which one upload may have so many bytes; what was asked of it. */
function limited(most: number) {
  const asked: [size: number, ahead: number][] = [];
  const growUpload: ArrivalsOptions["store"]["growUpload"] = ({ size, ahead }) => {
    asked.push([size / MIB, ahead / MIB]);
    return size > most
      ? Promise.reject(new ConfabError("too_large", "Full.", { room: { limit: 9, scope: "user" } }))
      : Promise.resolve({ size: Math.min(most, size + ahead), madeWay: false });
  };
  return { asked, growUpload };
}

Deno.test("a form within what was reserved for it asks for nothing more", async () => {
  const { arrivals, blobs } = arriving({}, { mostBytes: 64 * MIB });
  await arrivals.takeWhole(1, { ...UPLOAD, size: FIRST_STEP }, formOf(1));
  assert.equal(await blobs.received(UPLOAD.key), MIB);
});

Deno.test("a form that has not said how long it is gets its room in steps, up to what a file may have", async () => {
  const { asked, growUpload } = limited(64 * MIB);
  const { arrivals, blobs } = arriving({ growUpload }, { mostBytes: 12 * MIB });
  await arrivals.takeWhole(1, { ...UPLOAD, size: FIRST_STEP }, formOf(12));
  assert.deepEqual(asked, [[2, 8], [11, 1]]);
  assert.equal(await blobs.received(UPLOAD.key), 12 * MIB);
  const over = arrivals.takeWhole(1, { ...UPLOAD, key: "b".repeat(32) }, formOf(13));
  await assert.rejects(over, { code: "too_large", room: { limit: 12 * MIB, scope: "file" } });
});

Deno.test("where there is no room for more of a form, no byte beyond it comes to the disk", async () => {
  const { asked, growUpload } = limited(3 * MIB);
  const { arrivals, blobs } = arriving({ growUpload }, { mostBytes: 64 * MIB });
  const taken = arrivals.takeWhole(1, { ...UPLOAD, size: FIRST_STEP }, formOf(12));
  await assert.rejects(taken, { code: "too_large", room: { limit: 9, scope: "user" } });
  assert.deepEqual(asked, [[2, 8], [4, 8]]);
  assert.equal(await blobs.received(UPLOAD.key), 3 * MIB);
  await arrivals.dropForm(UPLOAD);
  assert.equal(await blobs.received(UPLOAD.key), 0);
});

Deno.test("an upload whose bytes come slowly is touched now and then, so that it does not make way", async () => {
  let now = 0;
  const touched: number[] = [];
  const findUpload: ArrivalsOptions["store"]["findUpload"] = (input) => {
    touched.push(input.now / 60_000);
    if (touched.length === 2) return Promise.reject(new Error("the store is away for a moment"));
    return Promise.resolve({ ...UPLOAD, file: null });
  };
  const { arrivals, blobs } = arriving({ findUpload }, { now: () => now });
  /** A piece each minute. */
  const slow = (pieces: number) =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        now += 60_000;
        if (pieces-- > 0) controller.enqueue(bytesOf(10));
        else controller.close();
      },
    }, { highWaterMark: 0 });
  await arrivals.take(1, UPLOAD, 0, slow(6));
  assert.deepEqual(touched, [2, 4, 6, 7], "and once at the end");
  await arrivals.takeWhole(1, { ...UPLOAD, key: "b".repeat(32) }, slow(2));
  assert.deepEqual(touched.slice(4), [9]);
  assert.equal(await blobs.received(UPLOAD.key), 60);
});

Deno.test("what was given up while its bytes came is ended soon, and nothing of it is left", async () => {
  let now = 0;
  const findUpload = () => Promise.reject(notFound("file"));
  const { arrivals, blobs } = arriving({ findUpload }, { now: () => now });
  let pieces = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      now += 60_000;
      pieces += 1;
      controller.enqueue(bytesOf(1));
    },
  }, { highWaterMark: 0 });
  await assert.rejects(arrivals.take(1, UPLOAD, 0, body), { code: "not_found" });
  assert.deepEqual([pieces, await blobs.received(UPLOAD.key)], [2, 0]);
});
