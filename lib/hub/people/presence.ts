/**
 * Presence: online with any connection in the foreground, away with all in the background, offline
 * with none. Changes are collected and sent in one event for everybody, because a restart brings
 * thousands of them in one second. It knows no sockets.
 */
import type { PresenceStatus } from "../../protocol/presence.ts";
import type { Connection } from "../sockets/connection.ts";

/** A person's id and status. */
export type StatusOf = readonly [id: number, status: PresenceStatus];

export class Presence {
  readonly #users = new Map<number, Set<Connection>>();
  readonly #moved = new Set<number>();
  #newcomers = new Set<Connection>();

  /** How many people are online. */
  get size(): number {
    return this.#users.size;
  }

  add(userId: number, connection: Connection): void {
    const connections = this.#users.get(userId) ?? new Set();
    connections.add(connection);
    this.#users.set(userId, connections);
    this.#moved.add(userId);
  }

  remove(userId: number, connection: Connection): void {
    const connections = this.#users.get(userId);
    this.#newcomers.delete(connection);
    if (connections === undefined || !connections.delete(connection)) return;
    if (connections.size === 0) this.#users.delete(userId);
    this.#moved.add(userId);
  }

  /** A connection's own status has changed. */
  update(userId: number): void {
    this.#moved.add(userId);
  }

  connectionsOf(userId: number): ReadonlySet<Connection> {
    return this.#users.get(userId) ?? new Set();
  }

  statusOf(userId: number): PresenceStatus {
    const connections = this.#users.get(userId);
    if (connections === undefined) return "offline";
    for (const connection of connections) if (connection.status === "online") return "online";
    return "away";
  }

  /** Those of these people who are online. */
  of(ids: readonly number[]): Record<string, PresenceStatus> {
    const here = ids.filter((id) => this.#users.has(id));
    return Object.fromEntries(here.map((id) => [id, this.statusOf(id)]));
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
    return [...this.#users.keys()].map((id) => [id, this.statusOf(id)]);
  }

  /**
   * The status of everyone whose status changed since the last call. Includes people whose status
   * changed back: somebody may have connected in between and seen them gone.
   */
  takeChanges(): StatusOf[] {
    const moved = [...this.#moved].map((id): StatusOf => [id, this.statusOf(id)]);
    this.#moved.clear();
    return moved;
  }
}
