/** What is taken away is gone from the file as well, and so from every backup of it. */
import assert from "node:assert/strict";
import { accountInput, messageInput, openIn, tested, withFolder } from "./support.ts";

/** Each byte a letter. */
async function bytesOf(path: string): Promise<string> {
  const text = new TextDecoder("latin1");
  return text.decode(await Deno.readFile(path));
}

tested(
  "of somebody who was erased with their texts, nothing is left in the file",
  () =>
    withFolder(async (folder) => {
      const { store, path } = await openIn(folder);
      const { user: ann } = await store.createAccount(accountInput("ann"));
      const { user: ben } = await store.createAccount(accountInput("zebediah"));
      await store.updateMe({ userId: ben.id, displayName: "Zebediah the Gardener" });
      for (let at = 0; at < 60; at++) {
        // Some in a page's own space, some in pages of their own.
        const text = `begonias ${"and roses ".repeat(at * 12)} peonies`;
        await store.sendMessage({ ...messageInput(ben.id, `ben ${at}`), text });
        await store.sendMessage(messageInput(ann.id, `ann ${at}`));
      }
      const act = { actorId: ann.id, userId: ben.id, now: 1 };
      const fate = { texts: "take", username: "free", displayName: "Former member" } as const;
      await store.eraseUser({ ...act, ...fate });
      while (await store.eraseMore({ now: 2 }));
      await store.close();
      const file = await bytesOf(path);
      assert.ok(file.includes("Former member"), "all is in the file itself");
      for (const word of ["zebediah", "Gardener", "begonias", "roses", "peonies"]) {
        assert.equal(file.split(word).length - 1, 0, word);
      }
    }),
);

tested(
  "of a message that was edited and deleted nothing is left in the file once nobody can take that back",
  () =>
    withFolder(async (folder) => {
      const { store, path } = await openIn(folder);
      const { user: ann } = await store.createAccount(accountInput("ann"));
      const long = "and roses ".repeat(800);
      const sent = await store.sendMessage({
        ...messageInput(ann.id, "one"),
        text: `begonias ${long}`,
      });
      const { id } = sent.message;
      await store.editMessage({ userId: ann.id, message: id, text: `peonies ${long}`, now: 2 });
      await store.deleteMessage({ userId: ann.id, message: id, now: 3 });
      await store.restoreMessage({ userId: ann.id, message: id, now: 4 });
      await store.deleteMessage({ userId: ann.id, message: id, now: 5 });
      await store.purgeDeleted({ before: 6 });
      await store.close();
      const file = await bytesOf(path);
      assert.ok(file.includes("ann"), "all is in the file itself");
      for (const word of ["begonias", "roses", "peonies"]) {
        assert.equal(file.split(word).length - 1, 0, word);
      }
    }),
);
