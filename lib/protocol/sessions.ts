/** Where somebody is signed in. Plain types, shared with the browser. */
import type { Timestamp } from "./time.ts";
import type { WayIn } from "./ways_in.ts";

/** A signed-in device. */
export interface Session {
  id: number;
  device: string;
  address: string;
  createdAt: Timestamp;
  lastSeen: Timestamp;
  expiresAt: Timestamp;
  /** How its holder proved who they are. */
  way: WayIn;
  current: boolean;
}
