/**
 * Identities that somebody else vouches for, and whose account each is; the sessions that began with
 * one, and what of them works only once.
 */
import type { LinkedAccount } from "../../protocol/oidc.ts";
import type { User, UserRole } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** Named by issuer and subject together: the same for ever, and nobody else's. */
export interface IdentityName {
  issuer: string;
  subject: string;
}

export interface Identity extends IdentityName {
  /** The provider's id in the settings. */
  provider: string;
  /** Who they are there, for people to read. */
  label: string;
}

/** What a session began with. */
export interface Upstream extends IdentityName {
  provider: string;
  /** The provider's own session, if it has told its name. */
  session: string | null;
  /** To be shown to the provider when its session is to end. */
  idToken: string | null;
}

export interface Oidc {
  /** Whose account it is; `null` for nobody's. */
  userOfIdentity(input: IdentityName): Promise<User | null>;
  /**
   * Makes it theirs; once more changes nothing but the label. `conflict` if it is somebody else's,
   * or they have as many as one may.
   */
  linkIdentity(input: {
    userId: number;
    identity: Identity;
    /** Who does it: they themselves, or the program by what the host allows. */
    by: "user" | "program";
    address: string;
    now: Timestamp;
  }): Promise<void>;
  listConnections(input: { userId: number }): Promise<LinkedAccount[]>;
  /**
   * Signs out the sessions that began with it. `not_found` if it is not theirs; `conflict` if it is
   * their only way in. `ownerOnly`: a password lets in the owner alone.
   */
  removeConnection(input: {
    userId: number;
    connection: number;
    ownerOnly: boolean;
    address: string | undefined;
    now: Timestamp;
  }): Promise<void>;
  /** Of those who are not the owner. `now` and `address` are for the audit log. */
  followRole(input: {
    userId: number;
    role: Exclude<UserRole, "owner" | "bot">;
    address: string;
    now: Timestamp;
  }): Promise<User>;
  /** What a session began with; `null` where it began in another way. */
  upstreamOf(input: { userId: number; sessionId: number }): Promise<Upstream | null>;
  /** Ends the sessions that began with this session there, or all of this person. How many. */
  endUpstream(input: {
    issuer: string;
    subject: string | null;
    session: string | null;
    now: Timestamp;
  }): Promise<number>;
  /** Whether this is the first time: of two at once, one is told so. */
  spendOnce(input: { hash: string; expiresAt: Timestamp; now: Timestamp }): Promise<boolean>;
}
