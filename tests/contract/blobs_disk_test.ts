import { newKey } from "../../lib/files/blobs.ts";
import { DiskBlobs } from "../../lib/files/disk.ts";
import { testBlobs } from "./blobs.ts";

testBlobs((name, run) =>
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const blobs = new DiskBlobs({
        folder: `${folder}/files`,
        newKey: () => newKey((length) => crypto.getRandomValues(new Uint8Array(length))),
        log: { error: () => {}, info: () => {} },
      });
      await run({ blobs });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  })
);
