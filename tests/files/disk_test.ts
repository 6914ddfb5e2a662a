/** Blobs on a disk: where they are, for whom, and what happens between processes and after crashes. */
import assert from "node:assert/strict";
import { ConfabError } from "../../lib/errors.ts";
import { newKey } from "../../lib/files/blobs.ts";
import { DiskBlobs } from "../../lib/files/disk.ts";
import { DiskSync } from "../../lib/files/folders.ts";
import { WatchedBlobs } from "../../lib/files/kept_failing.ts";
import { bytesOf, streamOf } from "../contract/blobs.ts";

const anyKey = () => newKey((length) => crypto.getRandomValues(new Uint8Array(length)));
const KEY = "0123456789abcdef0123456789abcdef";

interface Place {
  folder: string;
  blobs: WatchedBlobs;
  /** What was logged. */
  log: string[];
  fields: unknown[];
  /** As another process on the same folder. */
  another(): WatchedBlobs;
}

async function withFolder(test: (place: Place) => Promise<void>): Promise<void> {
  const above = await Deno.makeTempDir();
  const log: string[] = [];
  const fields: unknown[] = [];
  const said = (message: string, more?: unknown) => {
    log.push(message);
    fields.push(more);
  };
  const another = () =>
    new WatchedBlobs(new DiskBlobs({ folder: `${above}/files`, newKey: anyKey }), {
      error: said,
      info: said,
    });
  try {
    await test({ folder: `${above}/files`, blobs: another(), log, fields, another });
  } finally {
    await Deno.remove(above, { recursive: true });
  }
}

const refused = (code: string) => (error: unknown) =>
  error instanceof ConfabError && error.code === code;

Deno.test("a blob is two folders deep, and everything is for its owner alone", () =>
  withFolder(async ({ folder, blobs }) => {
    await blobs.append(KEY, 0, streamOf(bytesOf(5)), 100);
    const mode = async (path: string) => (await Deno.stat(path)).mode! & 0o777;
    assert.equal(await mode(`${folder}/uploads/${KEY}`), 0o600);
    await blobs.finish(KEY, () => Promise.resolve());
    const path = `${folder}/01/23/${KEY}`;
    assert.deepEqual(
      await Promise.all([folder, `${folder}/01`, `${folder}/01/23`, path].map(mode)),
      [0o700, 0o700, 0o700, 0o600],
    );
    assert.deepEqual(await Deno.readFile(path), bytesOf(5));
  }));

Deno.test("nothing is made before something is kept", () =>
  withFolder(async ({ folder, blobs }) => {
    assert.equal(await blobs.read(KEY), null);
    assert.equal(await blobs.received(KEY), 0);
    await blobs.remove(KEY);
    assert.deepEqual(await Array.fromAsync(blobs.list()), []);
    assert.ok((await blobs.freeBytes())! > 0, "there is room beside it");
    await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);
  }));

Deno.test("while another process writes an upload, nobody else writes or finishes it", () =>
  withFolder(async ({ blobs, another }) => {
    const { promise: taken, resolve } = Promise.withResolvers<void>();
    let controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (its) => void (controller = its),
      pull: () => resolve(),
    }, { highWaterMark: 0 });
    const writing = blobs.append(KEY, 0, stream, 100);
    await taken;
    const other = another();
    await assert.rejects(other.append(KEY, 0, streamOf(bytesOf(5)), 100), refused("conflict"));
    await assert.rejects(other.finish(KEY, () => Promise.resolve()), refused("conflict"));
    controller.enqueue(bytesOf(7));
    controller.close();
    assert.equal(await writing, 7);
    await other.finish(KEY, () => Promise.resolve());
    assert.equal((await Array.fromAsync(blobs.list()))[0]?.size, 7);
  }));

Deno.test("what else lies in the folder is no blob", () =>
  withFolder(async ({ folder, blobs }) => {
    await blobs.put(KEY, bytesOf(3));
    for (const path of ["readme", "lost+found", "01/readme", `01/23/${KEY}.tmp`]) {
      await Deno.writeTextFile(`${folder}/${path}`, "x");
    }
    await Deno.mkdir(`${folder}/01/23/${"f".repeat(32)}`);
    assert.deepEqual((await Array.fromAsync(blobs.list())).map(({ key }) => key), [KEY]);
  }));

Deno.test("a disk that fails is told as unavailable, and logged once until it works again", () =>
  withFolder(async ({ folder, blobs, log }) => {
    await Deno.writeTextFile(folder, "a file in the folder's place");
    for (let tried = 0; tried < 3; tried++) {
      await assert.rejects(blobs.put(KEY, bytesOf(3)), refused("unavailable"));
    }
    assert.deepEqual(log, ["files cannot be kept"]);
    await Deno.remove(folder);
    await blobs.put(KEY, bytesOf(3));
    assert.deepEqual(log, ["files cannot be kept", "files are kept again"]);
  }));

Deno.test("the log says in a line what the disk said, without the program's insides", () =>
  withFolder(async ({ folder, blobs, fields }) => {
    await Deno.writeTextFile(folder, "a file in the folder's place");
    await assert.rejects(blobs.put(KEY, bytesOf(3)), refused("unavailable"));
    const [{ detail, error }] = fields as [Record<string, unknown>];
    assert.match(String(detail), /^Not a directory|^File exists/);
    assert.equal(error, undefined);
  }));

Deno.test("what can still be read or removed is no news while nothing can be kept", () =>
  withFolder(async ({ folder, blobs, log }) => {
    await blobs.put(KEY, bytesOf(3));
    assert.equal(blobs.failing, false);
    await Deno.remove(`${folder}/uploads`, { recursive: true });
    await Deno.writeTextFile(`${folder}/uploads`, "a file in the folder's place");
    for (let tried = 0; tried < 3; tried++) {
      await assert.rejects(blobs.put("f".repeat(32), bytesOf(3)), refused("unavailable"));
      await (await blobs.read(KEY))?.stream.cancel();
      await blobs.remove("e".repeat(32));
    }
    assert.deepEqual(log, ["files cannot be kept"]);
    assert.equal(blobs.failing, true);
  }));

Deno.test("where what is done with an upload fails, that alone is told, and no disk failed", () =>
  withFolder(async ({ blobs, log }) => {
    await blobs.append(KEY, 0, streamOf(bytesOf(5)), 100);
    const failure = new Error("It cannot be looked at.");
    const thrown = await blobs.finish(KEY, () => Promise.reject(failure)).catch((error) => error);
    assert.deepEqual([thrown === failure, blobs.failing, log], [true, false, []]);
    assert.equal(await blobs.received(KEY), 5);
  }));

Deno.test("an upload of which the disk lost something at the end is to be sent anew", () =>
  withFolder(async ({ folder }) => {
    let fails = false;
    const sync = new DiskSync();
    const data = sync.data.bind(sync);
    // As a disk does: it fails once, and the next time says that all is well.
    sync.data = (file) => {
      if (!fails) return data(file);
      fails = false;
      return Promise.reject(new Error("Input/output error (os error 5)"));
    };
    const blobs = new DiskBlobs({ folder, newKey: anyKey, sync });
    const finish = () => blobs.finish(KEY, () => Promise.resolve());
    await blobs.append(KEY, 0, streamOf(bytesOf(5)), 100);
    fails = true;
    await assert.rejects(finish(), /error 5/);
    assert.deepEqual([await blobs.received(KEY), await blobs.isBlob(KEY)], [0, false]);
    await assert.rejects(finish(), refused("not_found"));
    await blobs.append(KEY, 0, streamOf(bytesOf(5)), 100);
    await finish();
    assert.deepEqual([await blobs.received(KEY), await blobs.isBlob(KEY)], [5, true]);
  }));

/** Which names are asked to be on the disk, by their folders; a file's bytes are not told of. */
function toldSync(above: string) {
  const synced: string[] = [];
  const sync = new DiskSync({
    sync: (folder) => {
      synced.push(folder.startsWith(above) ? folder.slice(above.length) : "..");
      return Promise.resolve();
    },
  });
  return { sync, taken: () => synced.splice(0).sort() };
}

Deno.test("the names of a blob and of the folders that were made for it are on the disk once it is finished", () =>
  withFolder(async ({ folder }) => {
    const { sync, taken } = toldSync(folder);
    const blobs = new DiskBlobs({ folder, newKey: anyKey, sync });
    const finished = async (key: string) => {
      await blobs.append(key, 0, streamOf(bytesOf(5)), 5);
      taken();
      await blobs.finish(key, () => Promise.resolve());
      return taken();
    };
    assert.deepEqual(await finished(KEY), ["", "/01", "/01/23"]);
    assert.deepEqual(await finished(`0199${KEY.slice(4)}`), ["/01", "/01/99"]);
    assert.deepEqual(await finished(`0199${KEY.slice(4).replace("4", "a")}`), ["/01/99"]);
    // The program was stopped before the row: who knows which names outlive a power cut.
    const again = new DiskBlobs({ folder, newKey: anyKey, sync });
    await again.finish(KEY, () => Promise.resolve());
    assert.deepEqual(taken(), ["", "/01", "/01/23"]);
  }));

Deno.test("the name of half an upload is on the disk before anybody is told how much has come", () =>
  withFolder(async ({ folder }) => {
    const { sync, taken } = toldSync(folder);
    const blobs = new DiskBlobs({ folder, newKey: anyKey, sync });
    await blobs.append(KEY, 0, streamOf(bytesOf(5)), 100);
    assert.deepEqual(taken(), ["", "..", "/uploads"]);
    await blobs.append(KEY, 5, streamOf(bytesOf(5)), 95);
    assert.deepEqual(taken(), []);
    const another = `0199${KEY.slice(4)}`;
    await blobs.append(another, 0, streamOf(bytesOf(5)), 1e9); // a large one at once
    assert.deepEqual(taken(), ["/uploads"]);
    const whole = `0288${KEY.slice(4)}`;
    await blobs.append(whole, 0, streamOf(bytesOf(5)), 5); // its last name comes next
    assert.deepEqual(taken(), []);
  }));
