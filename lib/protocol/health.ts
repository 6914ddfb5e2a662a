/**
 * How the chat is doing, for staff, who need not be able to reach the server itself. Schemas for the
 * server; the browser imports the types only.
 */
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

/** What the database knows. */
export interface StoredHealth {
  /** Accounts that are not disabled. */
  people: number;
  rooms: number;
  /** All that were ever written. */
  messages: number;
  /** When the command `backup` last made a copy; null: never. */
  backedUpAt: Timestamp | null;
}

export interface Health extends StoredHealth {
  /** The program's own, and its schema's. */
  version: string;
  schema: number;
  /** Since when this program serves. */
  since: Timestamp;
  database: "sqlite" | "postgresql";
  /** Bytes; null where it cannot be told. */
  databaseSize: number | null;
  /** Free bytes where the database's file is; null where it is elsewhere, or cannot be told. */
  diskFree: number | null;
  bus: { kind: "memory" | "redis" | "notify"; connected: boolean };
  /** Programs that serve this chat now. */
  nodes: number;
  /** What is away although the work goes on; `store`: nothing can be written. */
  degraded: ("bus" | "deliveries" | "files" | "store")[];
  mail: MailHealth;
  /** Connections to this program, and people who have one. */
  connections: number;
  online: number;
  /** Answers of this program since it began that were errors of its own, by code. */
  errors: { internal: number; unavailable: number; rate_limited: number };
}

/** `off`: no mail server is set. */
export type MailHealth = { state: "off" | "works" } | { state: "fails"; since: Timestamp };

export const getHealth = field.nothing;
