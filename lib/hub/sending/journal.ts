/**
 * Remembers notices while any connection is reading its snapshot, so that it also gets what happens
 * between the read and the subscription. Empty whenever nobody is loading.
 */
import type { Notice } from "../../chat/notice.ts";

/** Where a reader started. */
export interface JournalEntry {
  position: number;
}

export class Journal {
  #notices: Notice[] = [];
  /** How many notices were dropped before the first one kept. */
  #start = 0;
  readonly #readers = new Set<JournalEntry>();

  /** How many notices are kept. */
  get size(): number {
    return this.#notices.length;
  }

  open(): JournalEntry {
    const entry = { position: this.#start + this.#notices.length };
    this.#readers.add(entry);
    return entry;
  }

  add(notices: Notice[]): void {
    if (this.#readers.size > 0) this.#notices.push(...notices);
  }

  /** The notices since the reader started. */
  since(entry: JournalEntry): Notice[] {
    return this.#notices.slice(entry.position - this.#start);
  }

  /** Drops what no other reader needs. */
  close(entry: JournalEntry): void {
    this.#readers.delete(entry);
    // The first of a set is its oldest: readers enter in the order of their positions.
    const [oldest] = this.#readers;
    const needed = oldest?.position ?? this.#start + this.#notices.length;
    this.#notices.splice(0, needed - this.#start);
    this.#start = needed;
  }
}
