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
  #query = "";
  /** Raised by each new query: what an older one still finds is not wanted any more. */
  #round = 0;

  constructor(ask: AskHidden) {
    this.#ask = ask;
  }

  /** The first that are found. */
  begin(query: string): Promise<MemberRoom[]> {
    this.#query = query;
    this.more.value = [];
    this.next.value = null;
    return this.#find(null, ++this.#round);
  }

  async goOn(): Promise<void> {
    const mine = this.#round;
    if (this.next.value === null) return;
    const found = await this.#find(this.next.value, mine);
    if (mine === this.#round) this.more.value = [...this.more.value, ...found];
  }

  /** Goes on until something is found: a page may hold nothing and yet not be the last. */
  async #find(from: number | null, mine: number): Promise<MemberRoom[]> {
    const query = this.#query;
    let before = from;
    for (let page = 0; page < PAGES_A_SEARCH && mine === this.#round; page++) {
      const found = await this.#ask(query, before);
      before = found.next;
      if (mine === this.#round) this.next.value = before;
      if (found.rooms.length > 0 || before === null) return found.rooms;
    }
    return [];
  }
}
