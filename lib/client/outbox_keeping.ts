/**
 * Keeps what waits to be sent, so that it outlives the tab: at once on the shelf, then in the
 * storage, which holds more and takes longer. What the storage has leaves the shelf. Where either
 * refuses or is silent, the other does; where both are, the message is sent all the same.
 */
import { cleanText, textFault } from "../protocol/text.ts";
import type { Environment } from "./environment.ts";
import type { OutboxRecord } from "./outbox_storage.ts";
import type { Shelf } from "./shelf.ts";
import { within } from "./patience.ts";

export interface Keeping {
  /**
   * What earlier tabs left, fit to be sent: without what the storage has, where that is silent. `late` gets that
   * when it comes after all.
   */
  all(late: (records: OutboxRecord[]) => void): Promise<OutboxRecord[]>;
  /** On the shelf when it returns; resolves when there is nothing more to wait for. Never rejects. */
  put(record: OutboxRecord): Promise<void>;
  forget(clientId: string): void;
}

/** @param withheld called where the storage fails, or does not answer */
export function createKeeping(
  { userId, environment, withheld }: {
    userId: number;
    environment: Environment;
    withheld(): void;
  },
): Keeping {
  const { storage, shelf } = environment;
  const prefix = `confab.sending.${userId}.`;
  /** The storage did not answer: it is asked on, in order, but not waited for. */
  let silent = false;

  /** Null where it failed or is silent. */
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
        // Full, or forbidden: the storage may still take it.
      }
      const writing = storage.put(record);
      writing.then(() => offShelf(shelf, prefix + record.clientId), () => {});
      await ask(writing);
    },
    forget(clientId) {
      offShelf(shelf, prefix + clientId);
      // After a write that the storage still owes: it works in the order in which it was asked.
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
    // Then nothing was put there either.
  }
}

/** What was put there by this program, perhaps by an older version of it. */
function parse(value: string): OutboxRecord[] {
  try {
    const record = JSON.parse(value) as OutboxRecord;
    return typeof record?.text === "string" && typeof record.clientId === "string" ? [record] : [];
  } catch {
    return [];
  }
}

/** An older version kept what the server refuses: mended, or else shown with the ways out. */
function sendable(record: OutboxRecord): OutboxRecord {
  const text = cleanText(record.text);
  return textFault(text) === null
    ? { ...record, text }
    : { ...record, text, state: "failed", error: "invalid" };
}
