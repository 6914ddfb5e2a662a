/**
 * Deletes what this browser keeps of a user: drafts, unsent messages and files. For pages without
 * the engine; see `kept_here.ts`.
 */
import { inDatabase, type KeepingBrowser, ownFiles, quietly } from "./kept_here.ts";
import type { TabNews } from "./outbox_tabs.ts";
import type { UploadNews } from "./upload_item.ts";

export type { KeepingBrowser };

/** Never rejects. @param instance names the server's database */
export async function forgetUser(
  browser: KeepingBrowser,
  instance: string,
  userId: number,
): Promise<void> {
  await quietly(browser, () => forgetShelf(browser.localStorage, instance, userId));
  await Promise.all([
    quietly(browser, () => forgetMessages(browser.indexedDB, `confab-outbox-${instance}`, userId)),
    quietly(browser, () => forgetFiles(browser.indexedDB, `confab-files-${instance}`, userId)),
  ]);
  for (const kind of ["outbox", "files"]) {
    await quietly(browser, () => {
      const news: TabNews & UploadNews = { type: "cleared" };
      const channel = new browser.BroadcastChannel(`confab-${kind}-${instance}-${userId}`);
      channel.postMessage(news);
      channel.close();
    });
  }
}

function forgetShelf(storage: Storage, instance: string, userId: number): void {
  const own = ["draft", "drafted", "sending", "emoji", "voice", "files"].map((kind) =>
    `confab-${instance}:confab.${kind}.${userId}.`
  );
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
  for (const key of keys) {
    if (!own.some((prefix) => key.startsWith(prefix))) continue;
    // Other tabs would take a removed draft for a sent one, and put in its place what they have.
    storage.setItem(key, "");
    storage.removeItem(key);
  }
}

function forgetMessages(factory: IDBFactory, name: string, userId: number): Promise<void> {
  return inDatabase(factory, name, "readwrite", ["messages"], ([messages]) => {
    const keys = messages!.index("userId").getAllKeys(userId);
    keys.onsuccess = () => keys.result.forEach((key) => messages!.delete(key));
  });
}

function forgetFiles(factory: IDBFactory, name: string, userId: number): Promise<void> {
  return inDatabase(factory, name, "readwrite", ["files", "bytes"], (stores) => {
    for (const store of stores) store.delete(ownFiles(userId));
  });
}
