/**
 * Accounts elsewhere by which somebody signs in here. Schemas for the server; the browser imports
 * the types only.
 */
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

/** A linked account, as its owner sees it. */
export interface LinkedAccount {
  id: number;
  /** The provider's id in the host's settings, "google"; "header" for the proxy in front. */
  provider: string;
  /** Who one is there: an address or a name. */
  label: string;
  createdAt: Timestamp;
  /** The last time that somebody came in by it; null for never. */
  lastUsed: Timestamp | null;
}

export const listConnections = field.nothing;
export const removeConnection = field.object(() => ({ connection: field.id }));
