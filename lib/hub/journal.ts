/**
 * Remembers notices for as long as some connection is reading its snapshot, so that what happens
 * between the read and the subscription reaches it. Empty whenever nobody is loading.
 */
import type { Notice } from "../chat/notice.ts";

/** Where a reader began. */
export interface JournalEntry {
  position: number;
}

export class Journal {
  #notices: Notice[] = [];
  readonly #readers = new Set<JournalEntry>();

  open(): JournalEntry {
    const entry = { position: this.#notices.length };
    this.#readers.add(entry);
    return entry;
  }

  add(notices: Notice[]): void {
    if (this.#readers.size > 0) this.#notices.push(...notices);
  }

  /** What has come since the reader began. */
  since(entry: JournalEntry): Notice[] {
    return this.#notices.slice(entry.position);
  }

  close(entry: JournalEntry): void {
    this.#readers.delete(entry);
    if (this.#readers.size === 0) this.#notices = [];
  }
}
