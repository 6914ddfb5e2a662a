import assert from "node:assert/strict";
import { FolderStorage } from "../../lib/client/folder_storage.ts";
import type { OutboxRecord } from "../../lib/client/outbox_storage.ts";

const record = (clientId: string, userId = 1): OutboxRecord => ({
  ...{ userId, clientId, room: 1, text: "hello", replyTo: null },
  ...{ createdAt: 1, order: 1, state: "pending", error: null },
});

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const parent = await Deno.makeTempDir();
  await run(`${parent}/outbox`);
  await Deno.remove(parent, { recursive: true });
}

Deno.test("what was put is there for the next run, for its own account alone", () =>
  withFolder(async (folder) => {
    const first = new FolderStorage(folder);
    await first.put(record("message-number-1"));
    await first.put(record("message-number-2", 2));
    assert.deepEqual(await new FolderStorage(folder).all(1), [record("message-number-1")]);
  }));

Deno.test("a folder that is not there is an empty one, and what is not there is deleted", () =>
  withFolder(async (folder) => {
    const storage = new FolderStorage(folder);
    assert.deepEqual(await storage.all(1), []);
    await storage.delete("message-number-1");
  }));

Deno.test("what is asked at once is done in that order", () =>
  withFolder(async (folder) => {
    const storage = new FolderStorage(folder);
    void storage.put(record("message-number-1"));
    void storage.delete("message-number-1");
    assert.deepEqual(await storage.all(1), []);
  }));

Deno.test("a name that is no client id leads to no file elsewhere", () =>
  withFolder(async (folder) => {
    const storage = new FolderStorage(folder);
    await assert.rejects(storage.put(record("../../somebody/elses/file")), TypeError);
    await assert.rejects(storage.delete("../../somebody/elses/file"), TypeError);
  }));

Deno.test("a file that was not written to its end is no message", () =>
  withFolder(async (folder) => {
    const storage = new FolderStorage(folder);
    await storage.put(record("message-number-1"));
    await Deno.writeTextFile(`${folder}/message-number-2.json.new`, '{"userId":1,');
    assert.equal((await storage.all(1)).length, 1);
  }));

Deno.test("a file that is no message of ours keeps none of them from being sent", () =>
  withFolder(async (folder) => {
    const storage = new FolderStorage(folder);
    await storage.put(record("message-number-1"));
    for (const [at, text] of ["", "null", "[]", '{"userId":1}', '{"userId":1,"text":'].entries()) {
      await Deno.writeTextFile(`${folder}/message-of-none-${at}.json`, text);
    }
    await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(record("message-number-2")));
    await Deno.mkdir(`${folder}/message-of-folder.json`);
    assert.deepEqual(await storage.all(1), [record("message-number-1")]);
  }));

Deno.test({
  name: "nobody else on the machine can read what waits, nor that something waits",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      await new FolderStorage(folder).put(record("message-number-1"));
      const modeOf = async (path: string) => ((await Deno.stat(path)).mode ?? 0) & 0o777;
      assert.equal(await modeOf(folder), 0o700);
      assert.equal(await modeOf(`${folder}/message-number-1.json`), 0o600);
    }),
});
