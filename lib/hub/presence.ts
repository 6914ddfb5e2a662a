/**
 * Who is here: online with any connection in front, away with all of them in the background,
 * offline with none. Changes are gathered and told in one event for everybody, since a restart
 * brings thousands of them in one second. It knows no sockets.
 */
import type { PresenceStatus } from "../protocol/objects.ts";
import type { Connection } from "./connection.ts";

export class Presence {
  readonly #users = new Map<number, Set<Connection>>();
  readonly #told = new Map<number, PresenceStatus>();
  #changed = new Map<number, PresenceStatus>();

  /** How many people are here. */
  get size(): number {
    return this.#users.size;
  }

  add(userId: number, connection: Connection): void {
    const connections = this.#users.get(userId) ?? new Set();
    connections.add(connection);
    this.#users.set(userId, connections);
    this.#note(userId);
  }

  remove(userId: number, connection: Connection): void {
    const connections = this.#users.get(userId);
    if (connections === undefined || !connections.delete(connection)) return;
    if (connections.size === 0) this.#users.delete(userId);
    this.#note(userId);
  }

  /** A connection's own status has changed. */
  update(userId: number): void {
    this.#note(userId);
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

  /** Everybody who is here. */
  all(): Record<string, PresenceStatus> {
    return Object.fromEntries([...this.#users.keys()].map((id) => [id, this.statusOf(id)]));
  }

  /** What has changed since it was last taken; null where nothing has. */
  takeChanges(): Record<string, PresenceStatus> | null {
    const changed = [...this.#changed].filter(([id, status]) => this.#lastTold(id) !== status);
    this.#changed = new Map();
    for (const [id, status] of changed) {
      if (status === "offline") this.#told.delete(id);
      else this.#told.set(id, status);
    }
    return changed.length === 0 ? null : Object.fromEntries(changed);
  }

  #note(userId: number): void {
    this.#changed.set(userId, this.statusOf(userId));
  }

  #lastTold(userId: number): PresenceStatus {
    return this.#told.get(userId) ?? "offline";
  }
}
