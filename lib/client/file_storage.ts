/**
 * Keeps files until the server has them, bytes and all: they outlive the tab. IndexedDB in browsers,
 * memory in tests. It must not know how or when they are sent.
 */
import type { FileStorage, Form, KeptUpload } from "./file_ground.ts";
import { openIndexed, runIn } from "./indexed.ts";

export function createMemoryFiles(): FileStorage {
  const records = new Map<string, KeptUpload>();
  const bytes = new Map<string, Blob>();
  const name = (...parts: unknown[]) => parts.join(" ");
  return {
    all: (userId) =>
      Promise.resolve(
        [...records.values()].filter((record) => record.userId === userId)
          .map((record) => structuredClone(record)),
      ),
    get: (userId, local) =>
      Promise.resolve(structuredClone(records.get(name(userId, local)) ?? null)),
    put(record, given = {}) {
      const { userId, local } = record;
      records.set(name(userId, local), structuredClone(record));
      for (const [form, blob] of Object.entries(given)) bytes.set(name(userId, local, form), blob);
      return Promise.resolve();
    },
    bytes: (userId, local, form) => Promise.resolve(bytes.get(name(userId, local, form)) ?? null),
    delete(userId, local) {
      records.delete(name(userId, local));
      for (const form of ["chosen", "made"]) bytes.delete(name(userId, local, form));
      return Promise.resolve();
    },
  };
}

/**
 * One database for each server's database (`instance`), as for messages. Its keys begin with the
 * user, so that one range is all that somebody has.
 */
export function createIndexedFiles(factory: () => IDBFactory, instance: string): FileStorage {
  const database = openIndexed(factory, `confab-files-${instance}`, (made) => {
    made.createObjectStore("files", { keyPath: ["userId", "local"] });
    made.createObjectStore("bytes");
  });
  return {
    all: (userId) =>
      runIn(database, ["files"], "readonly", ([files]) => files!.getAll(below(userId))),
    get: async (userId, local) =>
      await runIn<KeptUpload | undefined>(
        database,
        ["files"],
        "readonly",
        ([files]) => files!.get([userId, local]),
      ) ?? null,
    async put(record, given = {}) {
      await runIn(database, ["files", "bytes"], "readwrite", ([files, bytes]) => {
        for (const [form, blob] of Object.entries(given)) {
          bytes!.put(blob, [record.userId, record.local, form]);
        }
        return files!.put(record);
      });
    },
    bytes: async (userId, local, form: Form) =>
      await runIn<Blob | undefined>(
        database,
        ["bytes"],
        "readonly",
        ([bytes]) => bytes!.get([userId, local, form]),
      ) ?? null,
    async delete(userId, local) {
      await runIn(database, ["files", "bytes"], "readwrite", ([files, bytes]) => {
        files!.delete([userId, local]);
        return bytes!.delete(below(userId, local));
      });
    },
  };
}

/** All keys that begin so: an array comes after whatever is no array. */
function below(...start: (number | string)[]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []]);
}
