/**
 * The rooms of one connection, a list in the order of their ids: a set of a hundred takes two and a
 * half times as much, for each who is connected, and is built anew as often as it doubles while
 * somebody comes. They are few (`LISTED.rooms` and those joined since). It knows no room.
 */
export class RoomIds implements Iterable<number> {
  #ids: number[] = [];

  get size(): number {
    return this.#ids.length;
  }

  has(room: number): boolean {
    return this.#ids[this.#placeOf(room)] === room;
  }

  /** One that is there already stays once. */
  add(room: number): void {
    const last = this.#ids.at(-1);
    // As they come when somebody is greeted.
    if (last === undefined || last < room) this.#ids.push(room);
    else if (!this.has(room)) this.#ids.splice(this.#placeOf(room), 0, room);
  }

  /** Removing an absent one is no error. */
  delete(room: number): void {
    if (this.has(room)) this.#ids.splice(this.#placeOf(room), 1);
  }

  clear(): void {
    this.#ids = [];
  }

  /** Not to be changed meanwhile. */
  [Symbol.iterator](): Iterator<number> {
    return this.#ids.values();
  }

  /** Of the first that is not less. */
  #placeOf(room: number): number {
    const ids = this.#ids;
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[middle]! < room) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
