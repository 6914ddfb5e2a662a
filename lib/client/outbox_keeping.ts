/**
 * Stores unsent messages so that they outlive the tab: first on the shelf, then in the storage,
 * which holds more and takes longer. What the storage has leaves the shelf. If one refuses or does
 * not answer, the other is enough; if both do, the message is sent all the same.
 */
import { cleanText, textFault } from "../protocol/text.ts";
import type { Environment } from "./environment.ts";
import type { OutboxRecord } from "./outbox_storage.ts";
import type { Shelf } from "./shelf.ts";
import { within } from "./patience.ts";

export interface Keeping {
  /**
   * What earlier tabs left, ready to send. If the storage does not answer, its messages are
   * missing; `late` gets them when they arrive after all.
   */
  all(late: (records: OutboxRecord[]) => void): Promise<OutboxRecord[]>;
  /**
   * The message is on the shelf when this returns; resolves when there is nothing more to wait for.
   * Never rejects.
   */
  put(record: OutboxRecord): Promise<void>;
  forget(clientId: string): void;
}

/** @param withheld called if the storage fails or does not answer */
export function createKeeping(
  { userId, environment, withheld }: {
    userId: number;
    environment: Environment;
    withheld(): void;
  },
): Keeping {
  const { storage, shelf } = environment;
  const prefix = `confab.sending.${userId}.`;
  /** The storage did not answer: it still gets all requests, in order, but nothing waits for it. */
  let silent = false;

  /** Null if it failed or did not answer. */
  async function ask<T>(work: Promise<T>): Promise<T | null> {
    const answered = work.then((value) => {
      silent = false;
      return value;
    });
    try {
      const answer = silent ? "silent" as const : await within(environment, answered);
      if (answer !== "silent") return answer;
      silent = true;
      answered.catch(() => {});
    } catch {
      // Full, or forbidden.
    }
    withheld();
    return null;
  }

  return {
    async all(late) {
      const reading = storage.all(userId);
      const records = await ask(reading);
      if (records === null) {
        reading.then((records) => late(records.map(sendable)), () => {});
      }
      const stored = records ?? [];
      const names = new Set(stored.map(({ clientId }) => clientId));
      const rest = onShelf(shelf, prefix).filter(({ clientId }) => !names.has(clientId));
      return [...stored, ...rest].map(sendable);
    },
    async put(record) {
      try {
        shelf.put(prefix + record.clientId, JSON.stringify(record));
      } catch {
        // The shelf is full or forbidden: the storage may still take it.
      }
      const writing = storage.put(record);
      writing.then(() => offShelf(shelf, prefix + record.clientId), () => {});
      await ask(writing);
    },
    forget(clientId) {
      offShelf(shelf, prefix + clientId);
      // Runs after any pending write: the storage works in the order of the requests.
      storage.delete(clientId).catch(() => {});
    },
  };
}

function onShelf(shelf: Shelf, prefix: string): OutboxRecord[] {
  try {
    return shelf.all(prefix).flatMap(([, value]) => parse(value));
  } catch {
    return [];
  }
}

function offShelf(shelf: Shelf, key: string): void {
  try {
    shelf.delete(key);
  } catch {
    // Then nothing was stored there either.
  }
}

/** Parses what this program, perhaps an older version, stored. */
function parse(value: string): OutboxRecord[] {
  try {
    const record = JSON.parse(value) as OutboxRecord;
    return typeof record?.text === "string" && typeof record.clientId === "string" ? [record] : [];
  } catch {
    return [];
  }
}

/** An older version stored texts that the server refuses: they are repaired, or shown as failed. */
function sendable(record: OutboxRecord): OutboxRecord {
  const text = cleanText(record.text);
  return textFault(text) === null
    ? { ...record, text }
    : { ...record, text, state: "failed", error: "invalid" };
}
