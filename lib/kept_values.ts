/**
 * Values by a key, as many as a number of bytes holds: of those that were used last. Two generations:
 * what was used since the older one ended moves on, the rest goes with it, so that a value that is
 * found costs no more than looking it up. It knows no value.
 */

interface Sized<Value> {
  value: Value;
  bytes: number;
}

export class KeptValues<Key, Value> {
  #young = new Map<Key, Sized<Value>>();
  #old = new Map<Key, Sized<Value>>();
  #youngBytes = 0;
  #oldBytes = 0;
  readonly #half: number;

  constructor(mostBytes: number) {
    this.#half = mostBytes / 2;
  }

  get bytes(): number {
    return this.#youngBytes + this.#oldBytes;
  }

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old.value, old.bytes);
    return old?.value;
  }

  /** In the place of what it had. A value that would drive out all others is not kept. */
  set(key: Key, value: Value, bytes: number): void {
    this.#forget(key);
    if (bytes > this.#half) return;
    if (this.#youngBytes + bytes > this.#half) {
      [this.#old, this.#oldBytes] = [this.#young, this.#youngBytes];
      [this.#young, this.#youngBytes] = [new Map(), 0];
    }
    this.#young.set(key, { value, bytes });
    this.#youngBytes += bytes;
  }

  #forget(key: Key): void {
    this.#youngBytes -= this.#young.get(key)?.bytes ?? 0;
    this.#young.delete(key);
    this.#oldBytes -= this.#old.get(key)?.bytes ?? 0;
    this.#old.delete(key);
  }
}
