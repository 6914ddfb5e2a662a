/** Where somebody is signed in. Plain types, shared with the browser. */
import type { Timestamp } from "./time.ts";

/** A signed-in device. */
export interface Session {
  id: number;
  device: string;
  address: string;
  createdAt: Timestamp;
  lastSeen: Timestamp;
  expiresAt: Timestamp;
  current: boolean;
}
