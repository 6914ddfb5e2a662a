/**
 * How many connections one network and one user may hold: without a bound one client could use up
 * the server's memory and file descriptors.
 */
import type { Connection } from "./connection.ts";
import type { Presence } from "./presence.ts";

export class Admission {
  readonly #networks = new Map<string, number>();
  /** Those that were counted: a socket may report its end twice. */
  readonly #counted = new WeakSet<Connection>();

  /** @param limits each 0 = no limit */
  constructor(private readonly limits: { perUser: number; perAddress: number }) {}

  /** Counts the connection; false where its network has too many. */
  admitNetwork(connection: Connection): boolean {
    const { network } = connection.place;
    const count = (this.#networks.get(network) ?? 0) + 1;
    this.#networks.set(network, count);
    this.#counted.add(connection);
    return this.limits.perAddress === 0 || count <= this.limits.perAddress;
  }

  /** False where the user has too many, this one included. */
  admitUser(userId: number, presence: Presence): boolean {
    return this.limits.perUser === 0 ||
      presence.connectionsOf(userId).size <= this.limits.perUser;
  }

  /** The connection's socket has really ended. */
  leave(connection: Connection): void {
    if (!this.#counted.delete(connection)) return;
    const { network } = connection.place;
    const count = (this.#networks.get(network) ?? 0) - 1;
    if (count > 0) this.#networks.set(network, count);
    else this.#networks.delete(network);
  }
}
