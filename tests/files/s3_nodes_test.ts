/** Two programs with one bucket: what one of them is doing to an upload, the other finds halfway. */
import assert from "node:assert/strict";
import { eventLoop } from "../../lib/event_loop.ts";
import { newKey } from "../../lib/files/blobs.ts";
import { Bucket, S3Blobs } from "../../lib/files/s3.ts";
import { WatchedBlobs } from "../../lib/files/kept_failing.ts";
import { bytesOf, streamOf } from "../contract/blobs.ts";
import { BUCKET_KEYS, startBucketServer } from "../support/bucket_server.ts";

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** @param before what it asks waits for this, so that a test may stop it anywhere */
function node(endpoint: string, spool: string, before: (method: string) => Promise<void>) {
  const bucket = new Bucket({
    ...BUCKET_KEYS,
    url: `${endpoint}/confab`,
    linksUrl: null,
    folder: "",
    fetch: async (url, init) => {
      await before(init?.method ?? "GET");
      return await fetch(url, init);
    },
    now: Date.now,
    loop: eventLoop,
    random: Math.random,
  });
  const log = { error: () => {}, info: () => {} };
  return new WatchedBlobs(new S3Blobs({ bucket, spool, newKey: () => newKey(random) }), log);
}

const free = () => Promise.resolve();
const nothing = () => Promise.resolve();

Deno.test("who finishes an upload of which another node takes the parts away leaves it whole", async () => {
  const folder = await Deno.makeTempDir();
  await using server = await startBucketServer("confab");
  try {
    const halfway = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let deletes = 0;
    const first = node(server.endpoint, `${folder}/1`, async (method) => {
      if (method !== "DELETE" || ++deletes !== 2) return;
      halfway.resolve();
      await goOn.promise;
    });
    const second = node(server.endpoint, `${folder}/2`, free);
    const key = newKey(random);
    for (const from of [0, 40, 80]) {
      await first.append(key, from, streamOf(bytesOf(40, from)), 1000);
    }
    const finishing = first.finish(key, nothing);
    await halfway.promise;
    assert.equal(await second.isBlob(key), true, "nothing is asked for again");
    assert.equal(
      await second.finish(key, async (path) => (await Deno.stat(path)).size),
      120,
    );
    goOn.resolve();
    await finishing;
    const found = await first.read(key);
    assert.deepEqual(new Uint8Array(await new Response(found!.stream).arrayBuffer()), bytesOf(120));
    assert.deepEqual(await Array.fromAsync(first.uploads()), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("parts that another node takes away while they are fetched are found as the blob", async () => {
  const folder = await Deno.makeTempDir();
  await using server = await startBucketServer("confab");
  try {
    const first = node(server.endpoint, `${folder}/1`, free);
    let gets = 0;
    const key = newKey(random);
    // A list, whether it is a blob, the first part: and now the other one does it all.
    const second = node(server.endpoint, `${folder}/2`, async (method) => {
      if (method === "GET" && ++gets === 3) await first.finish(key, nothing);
    });
    for (const from of [0, 40]) {
      await first.append(key, from, streamOf(bytesOf(40, from)), 1000);
    }
    assert.equal(await second.finish(key, async (path) => (await Deno.stat(path)).size), 80);
    const found = await first.read(key);
    assert.deepEqual(new Uint8Array(await new Response(found!.stream).arrayBuffer()), bytesOf(80));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what a crash left on this machine on its way to the bucket is swept", async () => {
  const folder = await Deno.makeTempDir();
  await using server = await startBucketServer("confab");
  try {
    const blobs = node(server.endpoint, folder, free);
    const left = newKey(random);
    await Deno.writeFile(`${folder}/${left}`, bytesOf(40));
    assert.deepEqual(
      (await Array.fromAsync(blobs.uploads())).map(({ key, size }) => [key, size]),
      [[left, 40]],
    );
    await blobs.drop(left);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
