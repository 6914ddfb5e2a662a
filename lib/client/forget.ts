/**
 * Takes away what this browser keeps of a user: drafts, and what waited to be sent. For pages on
 * which no engine runs. It speaks to the browser itself: shared with the engine, the parts that keep
 * (`shelf.ts`, `outbox_storage.ts`) would be a file of their own, which every reader of the chat
 * would have to fetch. Tests hold the names together.
 */
import type { TabNews } from "./outbox_tabs.ts";

/** How long the browser may take, ms: who wants to leave does not wait for ever. */
const PATIENCE = 4_000;

/** What a browser gives; each is asked for when it is used, since reading it may throw. */
export interface KeepingBrowser {
  readonly localStorage: Storage;
  readonly indexedDB: IDBFactory;
  readonly BroadcastChannel: typeof BroadcastChannel;
}

/** Never rejects. @param instance names the server's database */
export async function forgetUser(
  browser: KeepingBrowser,
  instance: string,
  userId: number,
): Promise<void> {
  await quietly(() => forgetShelf(browser.localStorage, instance, userId));
  await quietly(() => forgetMessages(browser.indexedDB, `confab-outbox-${instance}`, userId));
  await quietly(() => {
    const news: TabNews = { type: "cleared" };
    const channel = new browser.BroadcastChannel(`confab-outbox-${instance}-${userId}`);
    channel.postMessage(news);
    channel.close();
  });
}

/** What is forbidden keeps nothing. */
async function quietly(work: () => void | Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => timer = setTimeout(resolve, PATIENCE));
  try {
    await Promise.race([work(), patience]);
  } catch {
    // Then there is nothing either.
  } finally {
    clearTimeout(timer);
  }
}

function forgetShelf(storage: Storage, instance: string, userId: number): void {
  const own = ["draft", "sending"].map((kind) => `confab-${instance}:confab.${kind}.${userId}.`);
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
  for (const key of keys) if (own.some((prefix) => key.startsWith(prefix))) storage.removeItem(key);
}

function forgetMessages(factory: IDBFactory, name: string, userId: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(name);
    // There is none: an empty one in its place would be no use to the engine.
    opening.onupgradeneeded = () => opening.transaction!.abort();
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("messages", "readwrite");
      const messages = transaction.objectStore("messages");
      const keys = messages.index("userId").getAllKeys(userId);
      keys.onsuccess = () => keys.result.forEach((key) => messages.delete(key));
      transaction.oncomplete = () => resolve(database.close());
      transaction.onabort = () => reject(transaction.error);
    };
  });
}
