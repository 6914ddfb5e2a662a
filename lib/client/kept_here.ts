/**
 * What this browser keeps, for pages without the engine. It uses the browser's APIs directly: if it
 * shared `shelf.ts` and `outbox_storage.ts` with the engine, they would become a separate file that
 * every chat page has to fetch. Tests keep the names in step. It must not know what is done with it.
 */

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

/** A forbidden storage holds nothing. */
export async function quietly(
  browser: KeepingBrowser,
  work: () => void | Promise<void>,
): Promise<void> {
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

/** Keys of files begin with the user: an array comes after whatever is no array. */
export function ownFiles(userId: number): IDBKeyRange {
  return IDBKeyRange.bound([userId], [userId, []]);
}

export function inDatabase(
  factory: IDBFactory,
  name: string,
  mode: IDBTransactionMode,
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
      const transaction = database.transaction(stores, mode);
      work(stores.map((store) => transaction.objectStore(store)));
      transaction.oncomplete = () => resolve(database.close());
      transaction.onabort = () => reject(transaction.error);
    };
  });
}
