/**
 * What was made of rows and is kept for the next read on the same connection. Whoever keeps
 * something compares what it was made of with what was just read, in the same view: so nothing here
 * is ever told that something has changed. Knows no value.
 */
import { KeptValues } from "../kept_values.ts";

/** A constant for each type of value: what is kept under it is of that type. */
export interface KeptKind<Value> {
  /** How much may be kept, counted by who keeps it. */
  readonly bytes: number;
  /** Only for the compiler. */
  readonly holds?: Value;
}

/** One for each connection, and gone with it: a database that was put back begins with none. */
export class KeptShelf {
  readonly #kept = new Map<KeptKind<unknown>, KeptValues<string | number, unknown>>();

  /** @param share of the bytes, where several connections read */
  constructor(private readonly share: number) {}

  of<Value>(kind: KeptKind<Value>): KeptValues<string | number, Value> {
    let kept = this.#kept.get(kind);
    if (kept === undefined) {
      kept = new KeptValues(kind.bytes * this.share);
      this.#kept.set(kind, kept);
    }
    // The cast: under a kind, only values of its type are kept.
    return kept as KeptValues<string | number, Value>;
  }
}
