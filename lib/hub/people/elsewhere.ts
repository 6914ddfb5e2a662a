/**
 * Who is connected to the other nodes, as these say: bit by bit, and now and then as a whole. It
 * knows no sockets, no bus and no leases.
 */
import type { PresenceStatus } from "../../protocol/presence.ts";

/**
 * People of a node: a user's id, then how many connections it has there, below 0 if all are in the
 * background; the next user's id, and so on. 0 connections: gone.
 */
export type PeopleThere = readonly number[];

/** One user on all other nodes together. */
interface Total {
  /** On how many nodes with a connection in the foreground. */
  online: number;
  /** On how many nodes in the background alone. */
  away: number;
}

interface Node {
  /** Connections by user, below 0 if all are in the background. */
  people: Map<number, number>;
  /** In which version a user was last named, since the last one that is known as a whole. */
  named: Map<number, number>;
  /** Up to this version nothing is missing. */
  known: number;
  /** The latest version heard of, and the first of the unbroken row that ends with it. */
  heard: number;
  rowFrom: number;
  /** It has ended, and its people are expected on other nodes. */
  left: boolean;
  /** Nothing has been heard of it for a while. */
  silent: boolean;
}

export class Elsewhere {
  readonly #nodes = new Map<string, Node>();
  readonly #people = new Map<number, Total>();

  /** @param moved a user's status on the other nodes has changed; `before` is what it was */
  constructor(private readonly moved: (userId: number, before: PresenceStatus) => void) {}

  /** How many people are there. */
  get size(): number {
    return this.#people.size;
  }

  has(userId: number): boolean {
    return this.#people.has(userId);
  }

  ids(): Iterable<number> {
    return this.#people.keys();
  }

  statusOf(userId: number): PresenceStatus {
    const total = this.#people.get(userId);
    if (total === undefined) return "offline";
    return total.online > 0 ? "online" : "away";
  }

  /** On nodes that are known to be there just now: of others nobody knows what is still open. */
  connectionsOf(userId: number): number {
    if (!this.#people.has(userId)) return 0;
    let count = 0;
    for (const { people, left, silent } of this.#nodes.values()) {
      if (!left && !silent) count += Math.abs(people.get(userId) ?? 0);
    }
    return count;
  }

  /** The nodes heard of, and up to which version nothing of them is missing. */
  known(): Map<string, number> {
    return new Map([...this.#nodes].map(([name, { known }]) => [name, known]));
  }

  /**
   * A node says who moved: its version is one higher each time. Nobody, with the version of the last
   * time: it is there.
   */
  hear(name: string, version: number, people: PeopleThere): void {
    const node = this.#node(name);
    if (node.left) return;
    node.silent = false;
    const first = people.length === 0 ? version + 1 : version;
    if (first !== node.heard + 1) node.rowFrom = first;
    node.heard = version;
    if (node.rowFrom <= node.known + 1) node.known = version;
    for (let i = 0; i < people.length; i += 2) {
      node.named.set(people[i]!, version);
      this.#put(node, people[i]!, people[i + 1]!);
    }
  }

  /**
   * A node's lease as of a version.
   * @param people everybody there; null: nothing has been missed
   */
  replace(name: string, version: number, people: PeopleThere | null): void {
    const node = this.#node(name);
    if (node.left) return;
    // What was heard since is newer than the list.
    const isNewer = (userId: number) => (node.named.get(userId) ?? 0) > version;
    if (people !== null) {
      const gone = new Set(node.people.keys());
      for (let i = 0; i < people.length; i += 2) {
        gone.delete(people[i]!);
        if (!isNewer(people[i]!)) this.#put(node, people[i]!, people[i + 1]!);
      }
      for (const userId of gone) if (!isNewer(userId)) this.#put(node, userId, 0);
      node.known = Math.max(node.known, node.rowFrom <= version + 1 ? node.heard : version);
    }
    for (const [userId, named] of node.named) if (named <= version) node.named.delete(userId);
  }

  /**
   * A node ends in order, and its people will be on others in a moment: they are still shown, but
   * their connections there count no more. `forget` it then.
   */
  leave(name: string): void {
    const node = this.#nodes.get(name);
    if (node !== undefined) node.left = true;
  }

  /** Nothing has been heard of it for a while: its people are shown until its lease is over. */
  silence(name: string): void {
    const node = this.#nodes.get(name);
    if (node !== undefined) node.silent = true;
  }

  /** Its people are not there any more. */
  forget(name: string): void {
    const node = this.#nodes.get(name);
    if (node === undefined) return;
    for (const userId of [...node.people.keys()]) this.#put(node, userId, 0);
    this.#nodes.delete(name);
  }

  #node(name: string): Node {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const node = {
      people: new Map(),
      named: new Map(),
      known: 0,
      heard: 0,
      rowFrom: 1,
      left: false,
      silent: false,
    };
    this.#nodes.set(name, node);
    return node;
  }

  #put(node: Node, userId: number, now: number): void {
    const earlier = node.people.get(userId) ?? 0;
    if (earlier === now) return;
    const before = this.statusOf(userId);
    const total = this.#people.get(userId) ?? { online: 0, away: 0 };
    count(total, earlier, -1);
    count(total, now, 1);
    if (now === 0) node.people.delete(userId);
    else node.people.set(userId, now);
    if (total.online + total.away === 0) this.#people.delete(userId);
    else this.#people.set(userId, total);
    if (this.statusOf(userId) !== before) this.moved(userId, before);
  }
}

function count(total: Total, connections: number, by: 1 | -1): void {
  if (connections > 0) total.online += by;
  if (connections < 0) total.away += by;
}
