/**
 * What the server had of each draft when this browser last knew: so that, after an absence, what was
 * sent elsewhere can be told from what was written here. It must not know the server.
 */
import { type DraftKey, parseDraftKey } from "./draft.ts";
import type { Shelf } from "./shelf.ts";

export interface Said {
  text: string;
  replyTo: number | null;
}

export function same(one: Said | null, other: Said | null): boolean {
  return one === other || (one?.text === other?.text && one?.replyTo === other?.replyTo);
}

export class SyncedDrafts {
  readonly #shelf: Shelf;
  readonly #prefix: string;
  readonly #said = new Map<DraftKey, Said>();
  #epoch: string | null = null;

  constructor(shelf: Shelf, userId: number) {
    this.#shelf = shelf;
    this.#prefix = `confab.drafted.${userId}.`;
  }

  /** @param epoch names the history of the database: what was known of another one is forgotten */
  begin(epoch: string): void {
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#said.clear();
    try {
      for (const [name, value] of this.#shelf.all(this.#prefix)) this.#read(name, value);
    } catch {
      // Then nothing is known of before.
    }
  }

  keys(): DraftKey[] {
    return [...this.#said.keys()];
  }

  of(key: DraftKey): Said | null {
    return this.#said.get(key) ?? null;
  }

  set(key: DraftKey, said: Said | null): void {
    if (same(said, this.of(key))) return;
    if (said === null) this.#said.delete(key);
    else this.#said.set(key, said);
    try {
      if (said === null) this.#shelf.delete(this.#prefix + key);
      else this.#shelf.put(this.#prefix + key, JSON.stringify({ ...said, epoch: this.#epoch }));
    } catch {
      // It is known as long as the tab is open.
    }
  }

  #read(name: string, value: string): void {
    const key = parseDraftKey(name.slice(this.#prefix.length));
    const kept = parse(value);
    if (key === null || kept?.epoch !== this.#epoch) return this.#shelf.delete(name);
    this.#said.set(key, { text: kept.text, replyTo: kept.replyTo });
  }
}

function parse(value: string): Said & { epoch: unknown } | null {
  try {
    const kept = JSON.parse(value);
    return typeof kept?.text === "string" ? kept : null;
  } catch {
    return null;
  }
}
