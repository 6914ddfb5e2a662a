/** What is said to be on the disk is there, also where the disk fails in between. */
import assert from "node:assert/strict";
import { DiskSync } from "../../lib/files/folders.ts";
import { openUpload, receive } from "../../lib/files/receive.ts";
import { bytesOf, streamOf } from "../contract/blobs.ts";

const MANY = 17 * 1024 * 1024; // so many are synced while they come
const HELD = 3;

/** Its waits for files fail as they are told to, one after another. */
class FailingDisk extends DiskSync {
  constructor(private readonly fails: boolean[]) {
    super({ sync: () => Promise.resolve() });
  }

  override data(file: Pick<Deno.FsFile, "syncData">): Promise<void> {
    return this.fails.shift() ? Promise.reject(new Error("Input/output error")) : super.data(file);
  }
}

/** To an upload of which three bytes have come. */
async function receivedOn(disk: DiskSync): Promise<{ received: number | null; size: number }> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/upload`;
  try {
    await Deno.writeFile(path, bytesOf(HELD));
    using file = await openUpload(path, HELD);
    const reader = streamOf(bytesOf(MANY)).getReader();
    const received = await receive(file, HELD, reader, MANY, disk, () => true).catch(() => null);
    return { received, size: (await Deno.stat(path)).size };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("what has come is told once all of it is on the disk", async () => {
  const { received, size } = await receivedOn(new FailingDisk([]));
  assert.deepEqual([received, size], [MANY, HELD + MANY]);
});

Deno.test("a disk that fails once in between or at the end has kept nothing, and nobody goes on behind what it lost", async () => {
  for (const fails of [[true, false], [false, true]]) {
    const { received, size } = await receivedOn(new FailingDisk(fails));
    assert.deepEqual([received, size], [null, HELD], `${fails}`);
  }
});

Deno.test("a fast disk is waited for less often where nobody writes", async () => {
  const PIECE = 1024 * 1024;
  const PIECES = 96;
  const waitsWhere = async (isQuiet: boolean) => {
    let waits = 0;
    const disk = new DiskSync({ sync: () => Promise.resolve(), now: () => 0 });
    const file = {
      write: (bytes: Uint8Array) => Promise.resolve(bytes.byteLength),
      syncData: () => Promise.resolve(void (waits += 1)),
      stat: () => Promise.resolve({ size: PIECES * PIECE }),
    } as unknown as Deno.FsFile; // as much of one as is asked for
    const reader = streamOf(...Array(PIECES).fill(bytesOf(PIECE))).getReader();
    await receive(file, 0, reader, PIECES * PIECE, disk, () => isQuiet);
    return waits;
  };
  // Each 16 MB; or after 16, 32 and the rest.
  assert.deepEqual([await waitsWhere(false), await waitsWhere(true)], [7, 3]);
});
