/**
 * Stores messages until the server has them: they outlive the tab. IndexedDB in browsers, memory in
 * tests. It must not know how or when they are sent.
 */
import type { PendingMessage } from "./model.ts";
import type { Attachment } from "./uploads_model.ts";

/** Belongs to its author: another account in the same browser must not send or see it. */
export interface OutboxRecord extends Omit<PendingMessage, "attachments"> {
  /** As they were when it was sent. */
  attachments?: readonly Attachment[];
  userId: number;
  /** Rises with each of this user's messages; sets the order of sending. */
  order: number;
}

export interface OutboxStorage {
  /** The messages of this user, in any order. */
  all(userId: number): Promise<OutboxRecord[]>;
  /** Resolves when the message would survive closing the tab. */
  put(record: OutboxRecord): Promise<void>;
  delete(clientId: string): Promise<void>;
}

export function createMemoryStorage(): OutboxStorage {
  const records = new Map<string, OutboxRecord>();
  return {
    all(userId) {
      const own = [...records.values()].filter((record) => record.userId === userId);
      return Promise.resolve(structuredClone(own));
    },
    put(record) {
      records.set(record.clientId, structuredClone(record));
      return Promise.resolve();
    },
    delete(clientId) {
      records.delete(clientId);
      return Promise.resolve();
    },
  };
}

/**
 * Opens the database at first use: one for each server's database (`instance`). Tomorrow another
 * database may be at this address, whose first user must not send what this one's user wrote. Fails
 * if the browser has no IndexedDB or forbids it.
 * @param factory called each time: reading the property itself may throw
 */
export function createIndexedStorage(factory: () => IDBFactory, instance: string): OutboxStorage {
  const name = `confab-outbox-${instance}`;
  let opening: Promise<IDBDatabase> | null = null;

  function database(): Promise<IDBDatabase> {
    opening ??= open(factory, name, () => opening = null).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  }

  async function run<T>(
    mode: IDBTransactionMode,
    ask: (messages: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    // "relaxed" survives the tab and the browser, but not a power cut, and does not wait for the
    // disk.
    const options = { durability: "relaxed" } as const;
    const transaction = (await database()).transaction("messages", mode, options);
    const request = ask(transaction.objectStore("messages"));
    // Callers do not wait for ever: see `patience.ts`.
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    all: (userId) =>
      run<OutboxRecord[]>("readonly", (messages) => messages.index("userId").getAll(userId)),
    put: async (record) => void await run("readwrite", (messages) => messages.put(record)),
    delete: async (clientId) =>
      void await run("readwrite", (messages) => messages.delete(clientId)),
  };
}

function open(
  factory: () => IDBFactory,
  name: string,
  onGone: () => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory().open(name, 1);
    request.onupgradeneeded = () => {
      const messages = request.result.createObjectStore("messages", { keyPath: "clientId" });
      messages.createIndex("userId", "userId");
    };
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
