/**
 * How many connections one network and one user may hold: without a bound one client could use up
 * the server's memory and file descriptors. A school or an office may be one network, so only
 * connections that have not signed in are limited to few per network; the others also count for
 * their user.
 */
import type { Connection } from "./connection.ts";
import type { Presence } from "../people/presence.ts";

/** How many of a network's connections may not have signed in: signing in takes a moment. */
const STRANGERS_A_NETWORK = 100;

interface Count {
  all: number;
  strangers: number;
}

export class Admission {
  readonly #networks = new Map<string, Count>();
  /** Counted connections, and as what: a socket may report its end twice. */
  readonly #counted = new WeakMap<Connection, "stranger" | "signed in">();

  /** @param limits each 0 = no limit */
  constructor(private readonly limits: { perUser: number; perAddress: number }) {}

  /** Counts the connection; false if its network has too many. */
  admitNetwork(connection: Connection, signedIn: boolean): boolean {
    const { network } = connection.place;
    const count = this.#networks.get(network) ?? { all: 0, strangers: 0 };
    this.#networks.set(network, count);
    this.#counted.set(connection, signedIn ? "signed in" : "stranger");
    count.all += 1;
    if (!signedIn) count.strangers += 1;
    const { perAddress } = this.limits;
    if (perAddress === 0) return true;
    return count.all <= perAddress && (signedIn || count.strangers <= STRANGERS_A_NETWORK);
  }

  /** A stranger has signed in, and frees its place for the next one. */
  recognise(connection: Connection): void {
    const count = this.#networks.get(connection.place.network);
    if (count === undefined || this.#counted.get(connection) !== "stranger") return;
    this.#counted.set(connection, "signed in");
    count.strangers -= 1;
  }

  /** False if the user has too many on all nodes, including this one. */
  admitUser(userId: number, presence: Presence): boolean {
    return this.limits.perUser === 0 || presence.countConnections(userId) <= this.limits.perUser;
  }

  /** The connection's socket has really ended. */
  leave(connection: Connection): void {
    const { network } = connection.place;
    const count = this.#networks.get(network);
    const counted = this.#counted.get(connection);
    if (count === undefined || counted === undefined) return;
    this.#counted.delete(connection);
    count.all -= 1;
    if (counted === "stranger") count.strangers -= 1;
    if (count.all === 0) this.#networks.delete(network);
  }
}
