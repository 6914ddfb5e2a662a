/**
 * Presence: online with any connection in the foreground, away with all in the background, offline
 * with none; on whichever node. Changes are collected and sent in one event for everybody, because a
 * restart brings thousands of them in one second. It knows no sockets.
 */
import type { PresenceStatus } from "../../protocol/presence.ts";
import type { Connection } from "../sockets/connection.ts";
import { Elsewhere } from "./elsewhere.ts";

/** A person's id and status. */
export type StatusOf = readonly [id: number, status: PresenceStatus];

export class Presence {
  /** Connections to this node. */
  readonly #users = new Map<number, Set<Connection>>();
  readonly #moved = new Set<number>();
  /** Whose connections here the other nodes have not been told; null where there are none. */
  readonly #untold: Set<number> | null;
  #newcomers = new Set<Connection>();
  /** How many people are connected here and elsewhere. */
  #both = 0;
  readonly elsewhere: Elsewhere = new Elsewhere((userId, before) =>
    this.#movedElsewhere(userId, before)
  );

  /** @param shared other nodes are told who is connected here: `takeUntold` is called */
  constructor({ shared }: { shared: boolean } = { shared: false }) {
    this.#untold = shared ? new Set() : null;
  }

  /** How many people are online. */
  get size(): number {
    return this.#users.size + this.elsewhere.size - this.#both;
  }

  /** How many people are connected to this node. */
  get sizeHere(): number {
    return this.#users.size;
  }

  add(userId: number, connection: Connection): void {
    const before = this.statusOf(userId);
    const connections = this.#users.get(userId) ?? new Set();
    if (connections.size === 0 && this.elsewhere.has(userId)) this.#both += 1;
    connections.add(connection);
    this.#users.set(userId, connections);
    this.#movedHere(userId, before);
  }

  remove(userId: number, connection: Connection): void {
    const before = this.statusOf(userId);
    const connections = this.#users.get(userId);
    this.#newcomers.delete(connection);
    if (connections === undefined || !connections.delete(connection)) return;
    if (connections.size === 0) {
      this.#users.delete(userId);
      if (this.elsewhere.has(userId)) this.#both -= 1;
    }
    this.#movedHere(userId, before);
  }

  /** A connection's own status has changed. */
  update(userId: number): void {
    this.#movedHere(userId, null);
  }

  /** Those to this node. */
  connectionsOf(userId: number): ReadonlySet<Connection> {
    return this.#users.get(userId) ?? new Set();
  }

  /** How many connections a user has, on all nodes. */
  countConnections(userId: number): number {
    return (this.#users.get(userId)?.size ?? 0) + this.elsewhere.connectionsOf(userId);
  }

  statusOf(userId: number): PresenceStatus {
    return higher(this.#statusHere(userId), this.elsewhere.statusOf(userId));
  }

  /** Those of these people who are online. */
  of(ids: readonly number[]): Record<string, PresenceStatus> {
    const here = ids.map((id): StatusOf => [id, this.statusOf(id)]);
    return Object.fromEntries(here.filter(([, status]) => status !== "offline"));
  }

  /** This connection has not yet been told who is online. */
  addNewcomer(connection: Connection): void {
    this.#newcomers.add(connection);
  }

  /** Takes the connections not yet told; the caller tells them now. */
  takeNewcomers(): ReadonlySet<Connection> {
    const newcomers = this.#newcomers;
    this.#newcomers = new Set();
    return newcomers;
  }

  /** Everybody who is online. */
  all(): StatusOf[] {
    const ids = [...this.#users.keys()];
    for (const id of this.elsewhere.ids()) if (!this.#users.has(id)) ids.push(id);
    return ids.map((id) => [id, this.statusOf(id)]);
  }

  /** Ids of all who are online, and not away. */
  online(): number[] {
    return this.all().flatMap(([id, status]) => status === "online" ? id : []);
  }

  /** Whether somebody's status changed that was not taken yet. */
  get hasChanges(): boolean {
    return this.#moved.size > 0;
  }

  /**
   * The status of those whose status changed, and who were not taken yet: the longest waiting, and at
   * most so many. Includes people whose status changed back: somebody may have connected in between
   * and seen them gone.
   */
  takeChanges(most = Infinity): StatusOf[] {
    const moved: StatusOf[] = [];
    for (const id of this.#moved) {
      if (moved.length >= most) break;
      this.#moved.delete(id);
      moved.push([id, this.statusOf(id)]);
    }
    return moved;
  }

  /** Whose connections here changed since the last call, and how many there are now. */
  takeUntold(): number[] {
    const people = this.#people(this.#untold ?? []);
    this.#untold?.clear();
    return people;
  }

  /** Everybody who is connected here. */
  here(): number[] {
    return this.#people(this.#users.keys());
  }

  /** See `PeopleThere`. */
  #people(ids: Iterable<number>): number[] {
    const people: number[] = [];
    for (const id of ids) {
      const count = this.connectionsOf(id).size;
      people.push(id, this.#statusHere(id) === "away" ? -count : count);
    }
    return people;
  }

  /**
   * @param before null: not known any more. Whoever is seen as before has not moved for anybody: the
   * people of a node that ends come to others by the thousand.
   */
  #movedHere(userId: number, before: PresenceStatus | null): void {
    if (this.statusOf(userId) !== before) this.#moved.add(userId);
    this.#untold?.add(userId);
  }

  #movedElsewhere(userId: number, before: PresenceStatus): void {
    const [here, now] = [this.#statusHere(userId), this.elsewhere.statusOf(userId)];
    if (here !== "offline" && before === "offline") this.#both += 1;
    if (here !== "offline" && now === "offline") this.#both -= 1;
    if (higher(here, before) !== higher(here, now)) this.#moved.add(userId);
  }

  #statusHere(userId: number): PresenceStatus {
    const connections = this.#users.get(userId);
    if (connections === undefined) return "offline";
    for (const connection of connections) if (connection.status === "online") return "online";
    return "away";
  }
}

function higher(a: PresenceStatus, b: PresenceStatus): PresenceStatus {
  if (a === "online" || b === "online") return "online";
  return a === "away" || b === "away" ? "away" : "offline";
}
