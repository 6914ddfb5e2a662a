/**
 * Deletes what this browser keeps of a user: drafts, unsent messages and files. For pages without
 * the engine. It uses the browser's APIs directly: if it shared `shelf.ts` and `outbox_storage.ts` with
 * the engine, they would become a separate file that every chat page has to fetch. Tests keep the
 * names in step.
 */
import type { TabNews } from "./outbox_tabs.ts";
import type { UploadNews } from "./upload_item.ts";

/** How long the browser may take, ms: logging out must not wait for ever. */
const PATIENCE = 4_000;

/** Browser features; each is read only when used, since reading may throw. */
export interface KeepingBrowser {
  readonly localStorage: Storage;
  readonly indexedDB: IDBFactory;
  readonly BroadcastChannel: typeof BroadcastChannel;
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

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

/** A forbidden storage holds nothing. */
async function quietly(browser: KeepingBrowser, work: () => void | Promise<void>): Promise<void> {
  let timer: unknown;
  const patience = new Promise<void>((resolve) => {
    timer = browser.setTimeout(resolve, PATIENCE);
  });
  try {
    await Promise.race([work(), patience]);
  } catch {
    // Then it holds nothing either.
  } finally {
    browser.clearTimeout(timer);
  }
}

function forgetShelf(storage: Storage, instance: string, userId: number): void {
  const own = ["draft", "drafted", "sending", "emoji", "voice", "files"].map((kind) =>
    `confab-${instance}:confab.${kind}.${userId}.`
  );
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
  for (const key of keys) if (own.some((prefix) => key.startsWith(prefix))) storage.removeItem(key);
}

function forgetMessages(factory: IDBFactory, name: string, userId: number): Promise<void> {
  return inDatabase(factory, name, ["messages"], ([messages]) => {
    const keys = messages!.index("userId").getAllKeys(userId);
    keys.onsuccess = () => keys.result.forEach((key) => messages!.delete(key));
  });
}

function forgetFiles(factory: IDBFactory, name: string, userId: number): Promise<void> {
  return inDatabase(factory, name, ["files", "bytes"], (stores) => {
    // Keys begin with the user: an array comes after whatever is no array.
    const own = IDBKeyRange.bound([userId], [userId, []]);
    for (const store of stores) store.delete(own);
  });
}

function inDatabase(
  factory: IDBFactory,
  name: string,
  stores: string[],
  work: (stores: IDBObjectStore[]) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(name);
    // There is no database: do not create an empty one, which the engine could not use.
    opening.onupgradeneeded = () => opening.transaction!.abort();
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(stores, "readwrite");
      work(stores.map((store) => transaction.objectStore(store)));
      transaction.oncomplete = () => resolve(database.close());
      transaction.onabort = () => reject(transaction.error);
    };
  });
}
