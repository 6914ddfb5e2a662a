/**
 * What was made of rows and is kept for the next read on the same connection. Whoever keeps
 * something compares what it was made of with what was just read, in the same view: so nothing here
 * is ever told that something has changed. Knows no value.
 */

/** A constant for each type of value: what is kept under it is of that type. */
export interface KeptKind<Value> {
  /** How much may be kept, counted by who keeps it. */
  readonly bytes: number;
  /** Only for the compiler. */
  readonly holds?: Value;
}

/** One for each connection, and gone with it: a database that was put back begins with none. */
export class KeptShelf {
  readonly #kept = new Map<KeptKind<unknown>, Kept<unknown>>();

  /** @param share of the bytes, where several connections read */
  constructor(private readonly share: number) {}

  of<Value>(kind: KeptKind<Value>): Kept<Value> {
    let kept = this.#kept.get(kind);
    if (kept === undefined) {
      kept = new Kept(kind.bytes * this.share);
      this.#kept.set(kind, kept);
    }
    // The cast: under a kind, only values of its type are kept.
    return kept as Kept<Value>;
  }
}

interface KeptValue<Value> {
  value: Value;
  bytes: number;
}

/**
 * Values by a key, as many as the bytes allow. Two generations: what was used since the older one
 * ended moves on, the rest goes with it. So a value that is found costs no more than looking it up.
 */
export class Kept<Value> {
  #young = new Map<string | number, KeptValue<Value>>();
  #old = new Map<string | number, KeptValue<Value>>();
  /** Of the young ones. */
  #bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get(key: string | number): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.set(key, old.value, old.bytes);
    return old.value;
  }

  set(key: string | number, value: Value, bytes: number): void {
    const half = this.mostBytes / 2;
    if (bytes > half) return this.#forget(key);
    this.#bytes += bytes - (this.#young.get(key)?.bytes ?? 0);
    if (this.#bytes > half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#bytes = bytes;
    }
    this.#young.set(key, { value, bytes });
  }

  #forget(key: string | number): void {
    this.#bytes -= this.#young.get(key)?.bytes ?? 0;
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
