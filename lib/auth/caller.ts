/** The caller, however they proved who they are. It does not know how. */
import type { Me } from "../protocol/accounts.ts";
import type { Timestamp } from "../protocol/time.ts";

/** A user with a live session. */
export interface Caller {
  user: Me;
  sessionId: number;
  /** When the session expires. */
  expiresAt: Timestamp;
  /** When its holder last proved who they are, signing in included; null where it is not known. */
  confirmedAt?: Timestamp | null;
}
