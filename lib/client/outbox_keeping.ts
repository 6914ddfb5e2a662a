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

export interface KeepingOptions {
  userId: number;
  environment: Environment;
  /** Called if the storage fails or does not answer. */
  withheld(): void;
}

export class Keeping {
  readonly #options: KeepingOptions;
  readonly #prefix: string;
  /** The storage did not answer: it still gets all requests, in order, but nothing waits for it. */
  #silent = false;

  constructor(options: KeepingOptions) {
    this.#options = options;
    this.#prefix = `confab.sending.${options.userId}.`;
  }

  /**
   * What earlier tabs left, ready to send. If the storage does not answer, its messages are missing.
   * @param late gets those when they arrive after all
   */
  async all(late: (records: OutboxRecord[]) => void): Promise<OutboxRecord[]> {
    const { userId, environment: { storage, shelf } } = this.#options;
    const reading = storage.all(userId);
    const records = await this.#ask(reading);
    if (records === null) reading.then((records) => late(records.map(sendable)), () => {});
    const stored = records ?? [];
    const names = new Set(stored.map(({ clientId }) => clientId));
    const rest = onShelf(shelf, this.#prefix).filter(({ clientId }) => !names.has(clientId));
    return [...stored, ...rest].map(sendable);
  }

  /**
   * The message is on the shelf when this returns; resolves when there is nothing more to wait for.
   * Never rejects.
   */
  async put(record: OutboxRecord): Promise<void> {
    const { storage, shelf } = this.#options.environment;
    const key = this.#prefix + record.clientId;
    try {
      shelf.put(key, JSON.stringify(record));
    } catch {
      // The shelf is full or forbidden: the storage may still take it.
    }
    const writing = storage.put(record);
    writing.then(() => offShelf(shelf, key), () => {});
    await this.#ask(writing);
  }

  forget(clientId: string): void {
    const { storage, shelf } = this.#options.environment;
    offShelf(shelf, this.#prefix + clientId);
    // Runs after any pending write: the storage works in the order of the requests.
    storage.delete(clientId).catch(() => {});
  }

  /** Null if it failed or did not answer. */
  async #ask<T>(work: Promise<T>): Promise<T | null> {
    const { environment, withheld } = this.#options;
    const answered = work.then((value) => {
      this.#silent = false;
      return value;
    });
    try {
      const answer = this.#silent ? "silent" as const : await within(environment, answered);
      if (answer !== "silent") return answer;
      this.#silent = true;
      answered.catch(() => {});
    } catch {
      // Full, or forbidden.
    }
    withheld();
    return null;
  }
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
  const isBare = text === "" && record.attachments !== undefined;
  return isBare || textFault(text) === null
    ? { ...record, text }
    : { ...record, text, state: "failed", error: "invalid" };
}
