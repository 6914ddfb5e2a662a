/** Who calls, whichever way they proved it. It knows no way. */
import type { Me } from "../protocol/accounts.ts";
import type { Timestamp } from "../protocol/time.ts";

/** Somebody whose session is alive. */
export interface Caller {
  user: Me;
  sessionId: number;
  /** When the session ends by itself. */
  expiresAt: Timestamp;
}
