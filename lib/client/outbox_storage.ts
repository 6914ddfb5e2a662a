/**
 * Stores messages until the server has them: they outlive the tab. IndexedDB in browsers, memory in
 * tests. It must not know how or when they are sent.
 */
import { openIndexed, runIn } from "./indexed.ts";
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
  const database = openIndexed(factory, `confab-outbox-${instance}`, (made) => {
    const messages = made.createObjectStore("messages", { keyPath: "clientId" });
    messages.createIndex("userId", "userId");
  });
  const run = <T>(mode: IDBTransactionMode, ask: (messages: IDBObjectStore) => IDBRequest<T>) =>
    runIn<T>(database, ["messages"], mode, ([messages]) => ask(messages!));

  return {
    all: (userId) =>
      run<OutboxRecord[]>("readonly", (messages) => messages.index("userId").getAll(userId)),
    put: async (record) => void await run("readwrite", (messages) => messages.put(record)),
    delete: async (clientId) =>
      void await run("readwrite", (messages) => messages.delete(clientId)),
  };
}
