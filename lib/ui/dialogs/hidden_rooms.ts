/**
 * The rooms that are not in the list, looked through page by page, for some words or for all. It
 * must not know how they are shown.
 */
import { signal } from "@preact/signals";
import type { MemberRoom } from "../../protocol/rooms.ts";

/** Pages that are looked through for a name before it is asked whether to go on. */
export const PAGES_A_SEARCH = 4;

/** One page, from `before` on; `next` is null where it was the last. */
export type AskHidden = (
  query: string,
  before: number | null,
) => Promise<{ rooms: MemberRoom[]; next: number | null }>;

export class HiddenRoomsSearch {
  /** What was found after the first answer, for the words it was found for. */
  readonly more = signal<MemberRoom[]>([]);
  /** Where to go on; null where all was looked through. */
  readonly next = signal<number | null>(null);
  readonly #ask: AskHidden;

  constructor(ask: AskHidden) {
    this.#ask = ask;
  }

  /** The first that are found. */
  begin(query: string): Promise<MemberRoom[]> {
    this.more.value = [];
    return this.#find(query, null);
  }

  async goOn(query: string): Promise<void> {
    this.more.value = [...this.more.value, ...await this.#find(query, this.next.value)];
  }

  /** Goes on until something is found: a page may hold nothing and yet not be the last. */
  async #find(query: string, from: number | null): Promise<MemberRoom[]> {
    let before = from;
    for (let page = 0; page < PAGES_A_SEARCH; page++) {
      const found = await this.#ask(query, before);
      this.next.value = before = found.next;
      if (found.rooms.length > 0 || before === null) return found.rooms;
    }
    return [];
  }
}
