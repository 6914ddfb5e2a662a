import { eventLoop } from "../../lib/event_loop.ts";
import { newKey } from "../../lib/files/blobs.ts";
import { Bucket, S3Blobs } from "../../lib/files/s3.ts";
import { WatchedBlobs } from "../../lib/files/kept_failing.ts";
import { BUCKET_KEYS, startBucketServer } from "../support/bucket_server.ts";
import { testBlobs } from "./blobs.ts";

testBlobs((name, run) =>
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    await using server = await startBucketServer("confab");
    try {
      const bucket = new Bucket({
        ...BUCKET_KEYS,
        url: `${server.endpoint}/confab`,
        linksUrl: `${server.endpoint}/confab`,
        folder: "team/",
        fetch,
        now: Date.now,
        loop: eventLoop,
        random: Math.random,
      });
      const log = { error: () => {}, info: () => {} };
      const spool = `${folder}/uploads`;
      await run({
        blobs: new WatchedBlobs(new S3Blobs({ bucket, spool, newKey: () => newKey(random) }), log),
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  })
);
