import { createMemoryBlobs } from "../support/memory_blobs.ts";
import { testBlobs } from "./blobs.ts";

testBlobs((name, run) => Deno.test(name, () => run({ blobs: createMemoryBlobs() })));
