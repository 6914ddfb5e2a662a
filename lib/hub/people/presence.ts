/**
 * Who is here: online with any connection in front, away with all of them in the background,
 * offline with none. Changes are gathered and told in one event for everybody, since a restart
 * brings thousands of them in one second. It knows no sockets.
 */
import type { PresenceStatus } from "../../protocol/presence.ts";
import type { Connection } from "../sockets/connection.ts";

/** A person's id, and where they stand. */
export type StatusOf = readonly [id: number, status: PresenceStatus];

export class Presence {
  readonly #users = new Map<number, Set<Connection>>();
  readonly #moved = new Set<number>();
  #newcomers = new Set<Connection>();

  /** How many people are here. */
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

  /** Those of these people who are here. */
  of(ids: readonly number[]): Record<string, PresenceStatus> {
    const here = ids.filter((id) => this.#users.has(id));
    return Object.fromEntries(here.map((id) => [id, this.statusOf(id)]));
  }

  /** This connection is still to be told who is here. */
  addNewcomer(connection: Connection): void {
    this.#newcomers.add(connection);
  }

  /** Those who are still to be told; it is done now. */
  takeNewcomers(): ReadonlySet<Connection> {
    const newcomers = this.#newcomers;
    this.#newcomers = new Set();
    return newcomers;
  }

  /** Everybody who is here. */
  all(): StatusOf[] {
    return [...this.#users.keys()].map((id) => [id, this.statusOf(id)]);
  }

  /**
   * Where everyone stands who moved since this was last taken. Also who is back where they were:
   * somebody may have arrived in between and seen them gone.
   */
  takeChanges(): StatusOf[] {
    const moved = [...this.#moved].map((id): StatusOf => [id, this.statusOf(id)]);
    this.#moved.clear();
    return moved;
  }
}
