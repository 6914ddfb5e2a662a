/** Sessions: signed-in devices, which end by logout, by expiry, or with their account. */
import type { Me } from "../../protocol/accounts.ts";
import type { SessionEnd } from "../../protocol/codes.ts";
import type { Session } from "../../protocol/sessions.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface NewSession {
  device: string;
  address: string;
  expiresAt: Timestamp;
}

/** A session with whose it is. */
export interface SessionWithUser {
  id: number;
  user: Me;
  createdAt: Timestamp;
  lastSeen: Timestamp;
  expiresAt: Timestamp;
}

export interface Sessions {
  createSession(input: { userId: number; session: NewSession; now: Timestamp }): Promise<number>;
  /** `null` if it was revoked, has expired, or its user is disabled. */
  getSession(input: { id: number; now: Timestamp }): Promise<SessionWithUser | null>;
  /**
   * Whose session this was, and why it ended; the reason is `null` if it was not kept. `null` if
   * there is no such user.
   */
  endedSession(
    input: { id: number; userId: number; expiresAt: Timestamp },
  ): Promise<{ user: Me; reason: SessionEnd | null } | null>;
  listSessions(input: { userId: number; now: Timestamp }): Promise<Omit<Session, "current">[]>;
  /** Marks sessions as seen; ignores those revoked meanwhile. */
  touchSessions(input: { seen: { id: number; at: Timestamp; address: string }[] }): Promise<void>;
  /** `not_found` if the user has no such session. */
  revokeSession(input: {
    userId: number;
    sessionId: number;
    /** The reason its pages are told. */
    reason: SessionEnd;
    now: Timestamp;
  }): Promise<void>;
}
