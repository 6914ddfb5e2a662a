/** Sessions: signed-in devices, which end by logout, by expiry, or with their account. */
import type { Me } from "../../protocol/accounts.ts";
import type { SessionEnd } from "../../protocol/codes.ts";
import type { ConfirmMethod } from "../../protocol/confirming.ts";
import type { Session } from "../../protocol/sessions.ts";
import type { User } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { Upstream } from "./oidc.ts";
import type { SecondFactor, WayIn } from "../../protocol/ways_in.ts";

export interface NewSession {
  device: string;
  address: string;
  expiresAt: Timestamp;
  /** How its holder proved who they are; `password` where it is not said. */
  way?: WayIn;
  /** What it began with elsewhere: it ends with that, and the identity must still be theirs. */
  upstream?: Upstream;
  /** The session that let this one in, where one did: it is not told of it. */
  confirmedBy?: number;
}

/** What came of opening a session. */
export type Opened =
  | { kind: "opened"; user: User; sessionId: number }
  /** No session: the account has a second factor, and the ticket is kept. */
  | { kind: "second_factor"; methods: SecondFactor[] }
  /** No session: only the owner may come in so, and others by a provider. */
  | { kind: "elsewhere" }
  /** No session: the password is another one by now, or the identity is not theirs any more. */
  | { kind: "changed" };

/** A session with whose it is. */
export interface SessionWithUser {
  id: number;
  user: Me;
  createdAt: Timestamp;
  lastSeen: Timestamp;
  expiresAt: Timestamp;
  way: WayIn;
  /** When its holder last proved who they are; signing in counts. */
  confirmedAt: Timestamp;
}

export interface Sessions {
  /**
   * Opens a session for somebody who was proven by `session.way`. Where that way is only half of the
   * proof and the account has a second factor, keeps the ticket instead. `forbidden` for a disabled
   * account.
   */
  openSession(input: {
    userId: number;
    session: NewSession & { way: WayIn };
    /** The hash that the password was compared with; `null` where another proof was given. */
    passwordHash: string | null;
    /** Others than the owner come in by a provider or the proxy in front. */
    ownerOnly?: boolean;
    ticket: { hash: string; expiresAt: Timestamp };
    now: Timestamp;
  }): Promise<Opened>;
  /** What the account has to show with who its holder is. */
  confirmMethods(input: { userId: number }): Promise<ConfirmMethod[]>;
  /**
   * Notes that the session's holder has shown who they are; `not_found` if it has ended. Never sets
   * it back.
   */
  confirmSession(input: { userId: number; sessionId: number; now: Timestamp }): Promise<void>;
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
