/** Bytes that no row names go, once they are old; nothing else does. */
import assert from "node:assert/strict";
import { derivedKey } from "../../lib/files/blobs.ts";
import { Sweeping } from "../../lib/files/sweeping.ts";
import { bytesOf, streamOf } from "../contract/blobs.ts";
import { eventually } from "../support/eventually.ts";
import { createMemoryBlobs } from "../support/memory_blobs.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const DAY = 24 * 60 * 60_000;
const [NAMED, NAMELESS, FRESH] = ["a", "b", "c"].map((letter) => letter.repeat(32));
const thumbnail = (key: string) => derivedKey(key, "t");

Deno.test("what no row names goes a day later, thumbnails and half uploads as well", async () => {
  const time = new VirtualLoop();
  const blobs = createMemoryBlobs();
  for (const key of [NAMED!, NAMELESS!]) {
    await blobs.put(key, bytesOf(3));
    await blobs.put(thumbnail(key), bytesOf(1));
    await blobs.append(key, 0, streamOf(bytesOf(3)), 10);
  }
  const sweeping = new Sweeping({
    blobs,
    named: ({ blobs, uploads }) =>
      Promise.resolve({
        blobs: blobs.filter((key) => key === NAMED),
        uploads: uploads.filter((key) => key === NAMED),
      }),
    loop: time.loop,
    now: () => time.loop.now(),
  });
  const stop = sweeping.start();
  await time.pass(20 * 60_000);
  assert.equal(blobs.kept.size, 4, "it is young");
  await blobs.put(FRESH!, bytesOf(3));
  const list = blobs.list;
  blobs.list = async function* () {
    for await (const each of list()) yield { ...each, at: each.key === FRESH ? 2 * DAY : 0 };
  };
  await time.pass(DAY + 60_000);
  await eventually(() => {
    assert.deepEqual([...blobs.kept.keys()], [NAMED, thumbnail(NAMED!), FRESH]);
    assert.deepEqual([...blobs.unfinished.keys()], [NAMED]);
  });
  stop();
});

Deno.test("where rows cannot be asked, nothing goes", async () => {
  const time = new VirtualLoop();
  const blobs = createMemoryBlobs();
  await blobs.put(NAMELESS!, bytesOf(3));
  const sweeping = new Sweeping({
    blobs,
    named: () => Promise.reject(new Error("The database is away.")),
    loop: time.loop,
    now: () => time.loop.now() + 2 * DAY,
  });
  const stop = sweeping.start();
  await time.pass(20 * 60_000);
  assert.equal(blobs.kept.size, 1);
  stop();
});
