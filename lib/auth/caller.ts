/** The caller, however they proved who they are. It does not know how. */
import type { Me } from "../protocol/accounts.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { WayIn } from "../protocol/ways_in.ts";

/** A user with a live session. */
export interface Caller {
  user: Me;
  sessionId: number;
  /** When the session expires. */
  expiresAt: Timestamp;
  /** How they proved who they are. */
  way: WayIn;
  /** The host requires a second factor that they do not have: they may only set one up. */
  lacksFactor?: boolean;
  /** When they last did; signing in counts. */
  confirmedAt: Timestamp;
}
