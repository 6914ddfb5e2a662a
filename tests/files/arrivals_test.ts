/** How a file arrives where something fails between its bytes and its row. */
import assert from "node:assert/strict";
import { Arrivals } from "../../lib/files/arrivals.ts";
import type { File } from "../../lib/protocol/files.ts";
import { Transfers } from "../../lib/files/transfers.ts";
import { bytesOf, streamOf } from "../contract/blobs.ts";
import { createMemoryBlobs } from "../support/memory_blobs.ts";

const FACTS = { type: "image/png", width: 1, height: 1, duration: null, blur: null };

Deno.test("an upload whose program was killed before its row was written is completed by who asks again", async () => {
  const upload = { id: 1, key: "a".repeat(32), size: 100, name: "a.png", type: "image/png" };
  const blobs = createMemoryBlobs();
  let killed = true;
  const arrivals = new Arrivals({
    blobs,
    store: {
      finishUpload: ({ facts }) =>
        killed
          ? Promise.reject(new Error("killed"))
          : Promise.resolve({ size: facts.size } as File),
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
  await assert.rejects(arrivals.take(1, upload, 0, streamOf(bytesOf(100))), /killed/);
  killed = false;
  const offset = await arrivals.received(upload);
  assert.equal(offset, 100, "all of its bytes have come");
  const { file } = await arrivals.take(1, upload, offset, streamOf());
  assert.equal(file?.size, 60);
  assert.deepEqual(blobs.kept.get(upload.key), bytesOf(60));
});
