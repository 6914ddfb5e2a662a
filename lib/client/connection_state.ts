/** How the page is connected, and what this browser does not offer: part of `model.ts`. Types only. */
import type { SessionEnd } from "../protocol/codes.ts";
import type { Timestamp } from "../protocol/time.ts";

/** The state of the connection. `retryAt`: the wall-clock time of the next try. */
export type ConnectionState =
  | { state: "connecting" }
  | { state: "online" }
  | { state: "waiting"; retryAt: Timestamp }
  /** The session has ended: the page goes elsewhere as soon as it is known why. */
  | { state: "signedOut"; why: SignedOut | null };

/** Why a page has no session any more. */
export type SignedOut =
  | SessionEnd
  /** The same person signed in again with this browser: the page reloads. */
  | "renewed"
  /** Another account signed in with this browser. */
  | "other"
  /** Unknown. */
  | "unknown";

/**
 * What this browser does not offer: storage for unsent text (`storage`) or files (`files`), taking
 * turns between tabs (`turns`). The tab works without it, and says so once.
 */
export type Withheld = "storage" | "files" | "turns";
