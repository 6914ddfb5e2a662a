/** IndexedDB with promises: a database that opens at first use. It must not know what is in it. */

/**
 * Opens it at first use, and again when it was closed. Rejects if the browser has no IndexedDB or
 * forbids it.
 * @param factory called each time: reading the property itself may throw
 * @param make builds the first version
 */
export function openIndexed(
  factory: () => IDBFactory,
  name: string,
  make: (database: IDBDatabase) => void,
): () => Promise<IDBDatabase> {
  let opening: Promise<IDBDatabase> | null = null;
  return () =>
    opening ??= open(factory, name, make, () => opening = null).catch((error: unknown) => {
      opening = null;
      throw error;
    });
}

/** Resolves with the last request's result once the transaction has ended well. */
export async function runIn<T>(
  database: () => Promise<IDBDatabase>,
  stores: string[],
  mode: IDBTransactionMode,
  ask: (stores: IDBObjectStore[]) => IDBRequest,
): Promise<T> {
  // "relaxed" survives the tab and the browser, but not a power cut, and does not wait for the disk.
  const options = { durability: "relaxed" } as const;
  const transaction = (await database()).transaction(stores, mode, options);
  const request = ask(stores.map((name) => transaction.objectStore(name)));
  // Callers do not wait for ever: see `patience.ts`.
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

function open(
  factory: () => IDBFactory,
  name: string,
  make: (database: IDBDatabase) => void,
  onGone: () => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory().open(name, 1);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => {
      const database = request.result;
      const gone = () => {
        database.close();
        onGone();
      };
      // A newer version of the page must be able to change the database under an old tab.
      database.onversionchange = gone;
      // The browser deleted it, to free space or because the user cleared it.
      database.onclose = gone;
      resolve(database);
    };
    request.onerror = () => reject(request.error);
  });
}
