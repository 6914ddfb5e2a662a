import { newKey } from "../../lib/files/blobs.ts";
import { DiskBlobs } from "../../lib/files/disk.ts";
import { WatchedBlobs } from "../../lib/files/kept_failing.ts";
import { testBlobs } from "./blobs.ts";

testBlobs((name, run) =>
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const disk = new DiskBlobs({
        folder: `${folder}/files`,
        newKey: () => newKey((length) => crypto.getRandomValues(new Uint8Array(length))),
      });
      await run({ blobs: new WatchedBlobs(disk, { error: () => {}, info: () => {} }) });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  })
);
