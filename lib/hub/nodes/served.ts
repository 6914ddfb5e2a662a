/**
 * Which rooms somebody here is in, as one who is told of the differences sees it: the database
 * keeps the list for this node, so that a sweep does not carry ten thousand numbers each time.
 */

/** A room and the revision up to which it was delivered here. */
export type RoomHead = readonly [room: number, head: number];

/** What a list that is kept elsewhere needs to be this one. */
export interface ServedRooms {
  /** The whole list: the other one is empty. What is taken counts as told. */
  takeAll(): RoomHead[];
  /** What has changed since the last call of either. */
  takeDifferences(): { come: RoomHead[]; gone: number[] };
}

export class Served implements ServedRooms {
  readonly #heads: () => Iterable<RoomHead>;
  readonly #headOf: (room: number) => number | null;
  readonly #come = new Set<number>();
  readonly #gone = new Set<number>();

  constructor(heads: () => Iterable<RoomHead>, headOf: (room: number) => number | null) {
    this.#heads = heads;
    this.#headOf = headOf;
  }

  came(room: number): void {
    this.#come.add(room);
    this.#gone.delete(room);
  }

  went(room: number): void {
    this.#gone.add(room);
    this.#come.delete(room);
  }

  takeAll(): RoomHead[] {
    this.#come.clear();
    this.#gone.clear();
    return [...this.#heads()];
  }

  takeDifferences(): { come: RoomHead[]; gone: number[] } {
    const come = [...this.#come].map((room): RoomHead => [room, this.#headOf(room) ?? 0]);
    const gone = [...this.#gone];
    this.#come.clear();
    this.#gone.clear();
    return { come, gone };
  }
}
