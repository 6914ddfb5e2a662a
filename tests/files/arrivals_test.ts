/** How a file arrives where something fails between its bytes and its row. */
import assert from "node:assert/strict";
import { Arrivals, type ArrivalsOptions } from "../../lib/files/arrivals.ts";
import { notFound } from "../../lib/errors.ts";
import type { File } from "../../lib/protocol/files.ts";
import { Transfers } from "../../lib/files/transfers.ts";
import { bytesOf, streamOf } from "../contract/blobs.ts";
import { createMemoryBlobs } from "../support/memory_blobs.ts";

const FACTS = { type: "image/png", width: 1, height: 1, duration: null, blur: null };

const UPLOAD = { id: 1, key: "a".repeat(32), size: 100, name: "a.png", type: "image/png" };

/** Where what is deleted is known by its row alone. */
function arriving(store: Partial<ArrivalsOptions["store"]>, blobs = createMemoryBlobs()) {
  const arrivals = new Arrivals({
    blobs,
    store: {
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
    mostBytes: 1000,
    space: { user: 0, all: 0 } as never,
    now: () => 0,
    requireDisk: () => Promise.resolve(),
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
