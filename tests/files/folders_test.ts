import assert from "node:assert/strict";
import { DiskSync, makeFolder, makeMissing } from "../../lib/files/folders.ts";

/** Syncs that last until they are told to end. */
function slowDisk() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const sync = (name: string) => {
    begun.push(name);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const file = (name: string) => ({ syncData: () => sync(name) });
  const endOne = async () => {
    ends.shift()!();
    await turn();
  };
  return { begun, sync, file, endOne };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

Deno.test("files and folders are on the disk one after another, in the order in which it is asked for", async () => {
  const disk = slowDisk();
  const sync = new DiskSync({ sync: disk.sync });
  const all = [sync.data(disk.file("one")), sync.folder("a"), sync.data(disk.file("two"))];
  await turn();
  assert.deepEqual(disk.begun, ["one"]);
  await disk.endOne();
  assert.deepEqual(disk.begun, ["one", "a"]);
  await disk.endOne();
  assert.deepEqual(disk.begun, ["one", "a", "two"]);
  await disk.endOne();
  await Promise.all(all);
});

Deno.test("who asks for a folder while others wait shares their sync, but never one that has begun", async () => {
  const disk = slowDisk();
  const sync = new DiskSync({ sync: disk.sync });
  const first = sync.folder("a");
  await turn();
  const later = [sync.folder("a"), sync.folder("a"), sync.folder("b")];
  await disk.endOne();
  await first;
  assert.deepEqual(disk.begun, ["a", "a"]);
  await disk.endOne();
  await disk.endOne();
  await Promise.all(later);
  assert.deepEqual(disk.begun, ["a", "a", "b"]);
});

Deno.test("a disk that fails is told to whoever asked, and keeps nobody else waiting", async () => {
  const sync = new DiskSync({ sync: () => Promise.reject(new Error("full")) });
  const broken = { syncData: () => Promise.reject(new Error("broken")) };
  const sound = { syncData: () => Promise.resolve() };
  await assert.rejects(sync.data(broken), /broken/);
  await assert.rejects(sync.folder("a"), /full/);
  await assert.rejects(sync.folder("a"), /full/);
  await sync.data(sound);
});

Deno.test("a fast disk is waited for less often while nobody writes, a slow one as often as at first", async () => {
  let [now, took] = [0, 10];
  const sync = new DiskSync({ now: () => now });
  const file = { syncData: () => Promise.resolve(void (now += took)) };
  const first = sync.stretch(true);
  await sync.data(file, first);
  assert.equal(sync.stretch(true), 2 * first);
  for (let i = 0; i < 4; i++) await sync.data(file, sync.stretch(true));
  assert.equal(sync.stretch(true), 4 * first);
  assert.equal(sync.stretch(false), first); // others' messages would stand behind more
  took = 1_000;
  await sync.data(file, first - 1); // so few say nothing of the disk
  assert.equal(sync.stretch(true), 4 * first);
  await sync.data(file, sync.stretch(true));
  assert.equal(sync.stretch(true), first);
});

Deno.test("a folder that is made is known to be on no disk until the one above it is synced", async () => {
  const above = await Deno.makeTempDir();
  const disk = slowDisk();
  const sync = new DiskSync({ sync: disk.sync });
  try {
    await makeMissing(`${above}/a/b`, sync);
    await makeMissing(`${above}/a/b`, sync); // once more, as by somebody else
    assert.deepEqual(sync.changedAbove(`${above}/a/b`), [above, `${above}/a`]);
    assert.deepEqual(sync.changedAbove(`${above}/c`), [above]);
    const first = sync.folder(above);
    await turn();
    await makeMissing(`${above}/c`, sync); // while it is being synced
    await disk.endOne();
    await first;
    assert.deepEqual(sync.changedAbove(`${above}/a/b`), [above, `${above}/a`]);
    const second = sync.folder(above);
    await turn();
    await disk.endOne();
    await second;
    assert.deepEqual(sync.changedAbove(`${above}/a/b`), [`${above}/a`]);
  } finally {
    await Deno.remove(above, { recursive: true });
  }
});

Deno.test("a folder whose sync failed is asked for again by whoever makes one there", async () => {
  const above = await Deno.makeTempDir();
  const synced: string[] = [];
  let fails = true;
  const sync = new DiskSync({
    sync: (folder) => {
      if (fails) return Promise.reject(new Error("full"));
      return Promise.resolve(void synced.push(folder));
    },
  });
  try {
    await assert.rejects(makeFolder(`${above}/a/b`, sync), /full/);
    fails = false;
    await makeFolder(`${above}/a/b`, sync); // it is there already
    assert.deepEqual(synced, [above, `${above}/a`]);
    await makeFolder(`${above}/a/b`, sync);
    assert.equal(synced.length, 2);
  } finally {
    await Deno.remove(above, { recursive: true });
  }
});
