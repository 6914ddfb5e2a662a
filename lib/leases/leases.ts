/**
 * What keeps the nodes' leases must do: hold, for each node, a text that every node can read until
 * it has not been renewed for a while. It does not know what the text says. A place may forget
 * everything (it need not outlive its own restart): nodes renew what is missing.
 */
export interface Leases {
  /**
   * Puts this node's text in the place of the one before, for `LEASE_MS` from now.
   * @param version rises with each change of the text
   */
  renew(version: number, text: string): Promise<void>;
  /**
   * The leases that hold now, this node's too, in any order.
   * @param known the versions that the reader has: such a text, or an older one, is left out
   */
  read(known: ReadonlyMap<string, number>): Promise<Lease[]>;
  /** This node ends: its lease holds no more. */
  release(): Promise<void>;
}

export interface Lease {
  node: string;
  version: number;
  /** Null where the reader has it, or a later one. */
  text: string | null;
}

/** How long a lease holds, ms: three renewals, so that one which is late or lost ends nothing. */
export const LEASE_MS = 45_000;
