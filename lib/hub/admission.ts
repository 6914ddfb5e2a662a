/**
 * How many connections one address and one user may hold: without a bound one client could use up
 * the server's memory and file descriptors.
 */
import type { Connection } from "./connection.ts";
import type { Presence } from "./presence.ts";

export class Admission {
  readonly #addresses = new Map<string, number>();

  /** @param limits each 0 = no limit */
  constructor(private readonly limits: { perUser: number; perAddress: number }) {}

  /** Counts the connection; false where its address has too many. */
  admitAddress({ address }: Connection): boolean {
    const count = (this.#addresses.get(address) ?? 0) + 1;
    this.#addresses.set(address, count);
    return this.limits.perAddress === 0 || count <= this.limits.perAddress;
  }

  /** False where the user has too many, this one included. */
  admitUser(userId: number, presence: Presence): boolean {
    return this.limits.perUser === 0 ||
      presence.connectionsOf(userId).size <= this.limits.perUser;
  }

  leave({ address }: Connection): void {
    const count = (this.#addresses.get(address) ?? 0) - 1;
    if (count > 0) this.#addresses.set(address, count);
    else this.#addresses.delete(address);
  }
}
