import assert from "node:assert/strict";
import { Cleaning } from "../../lib/files/cleaning.ts";
import { thumbnailKey } from "../../lib/files/kept.ts";
import type { Blobs } from "../../lib/files/blobs.ts";
import { VirtualLoop } from "../support/virtual_loop.ts";

const KEY = "0123456789abcdef0123456789abcdef";

Deno.test("the bytes of what is gone are taken away before its row, again where that failed", async () => {
  const loop = new VirtualLoop();
  const done: string[] = [];
  let gone = [{ id: 7, key: KEY }];
  let fails = true;
  const blobs = {
    drop: (key: string) => Promise.resolve(void done.push(`drop ${key}`)),
    remove(key: string) {
      if (fails) return Promise.reject(new Error("the disk is away"));
      return Promise.resolve(void done.push(`remove ${key}`));
    },
  } as unknown as Blobs; // it asks for nothing else
  const store = {
    giveUpFiles: () => Promise.resolve(0),
    goneFiles: () => Promise.resolve(gone),
    forgetFiles({ ids }: { ids: readonly number[] }) {
      done.push(`forget ${ids}`);
      gone = [];
      return Promise.resolve();
    },
  };
  const cleaning = new Cleaning({ store, blobs, now: () => loop.loop.now(), loop: loop.loop });
  const stop = cleaning.start();
  await loop.pass(1);
  assert.deepEqual(done.splice(0), [`drop ${KEY}`]);
  fails = false;
  await loop.pass(60_000);
  assert.deepEqual(done, [
    `drop ${KEY}`,
    `remove ${KEY}`,
    `remove ${thumbnailKey(KEY)}`,
    "forget 7",
  ]);
  stop();
});
