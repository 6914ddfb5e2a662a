/**
 * What this browser alone has of a user: messages that the server does not have yet, and files of
 * drafts that have not arrived. For pages without the engine; see `kept_here.ts`.
 */
import type { KeptUpload } from "./file_ground.ts";
import { inDatabase, type KeepingBrowser, ownFiles, quietly } from "./kept_here.ts";
import type { OutboxRecord } from "./outbox_storage.ts";

/** A message, or files that go with none yet. */
export interface Unsent {
  text: string;
  /** Their names. */
  files: string[];
}

/** Never rejects: what cannot be read is not there. @param instance names the server's database */
export async function unsentOf(
  browser: KeepingBrowser,
  instance: string,
  userId: number,
): Promise<Unsent[]> {
  const messages = new Map<string, OutboxRecord>();
  const files: KeptUpload[] = [];
  await Promise.all([
    quietly(browser, () => {
      const prefix = `confab-${instance}:confab.sending.${userId}.`;
      for (const value of onShelf(browser.localStorage, prefix)) {
        const record = JSON.parse(value) as OutboxRecord;
        if (typeof record?.text === "string") messages.set(record.clientId, record);
      }
    }),
    quietly(browser, () =>
      inDatabase(
        browser.indexedDB,
        `confab-outbox-${instance}`,
        "readonly",
        ["messages"],
        ([store]) => {
          const all = store!.index("userId").getAll(userId);
          all.onsuccess = () => {
            for (const record of all.result) messages.set(record.clientId, record);
          };
        },
      )),
    quietly(
      browser,
      () =>
        inDatabase(
          browser.indexedDB,
          `confab-files-${instance}`,
          "readonly",
          ["files"],
          ([store]) => {
            const all = store!.getAll(ownFiles(userId));
            all.onsuccess = () => files.push(...all.result);
          },
        ),
    ),
  ]);
  // The files of a message are named with it.
  const waiting = files.filter(({ message, file }) => message === null && file === null);
  return [
    ...[...messages.values()].sort((one, other) => one.order - other.order)
      .map(({ text, attachments = [] }) => ({ text, files: attachments.map(({ name }) => name) })),
    ...waiting.map(({ name }) => ({ text: "", files: [name] })),
  ];
}

function onShelf(storage: Storage, prefix: string): string[] {
  return Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "")
    .filter((key) => key.startsWith(prefix))
    .map((key) => storage.getItem(key) ?? "null");
}
