/**
 * Sessions: a row in the store that a token names. Here they are opened, recognised, listed and
 * ended. It must not know passwords, HTTP or cookies.
 */
import { ConfabError } from "../errors.ts";
import type { SessionEnd } from "../protocol/codes.ts";
import type { Language, Me } from "../protocol/accounts.ts";
import type { User } from "../protocol/people.ts";
import type { Session } from "../protocol/sessions.ts";
import type { Ticks, Timestamp } from "../protocol/time.ts";
import type { NewSession, Store, StoredSession } from "../store/store.ts";
import { deviceName } from "./device.ts";
import { createLastSeen } from "./last_seen.ts";
import { createTokens, type SessionClaims } from "./token.ts";

const DAY = 24 * 60 * 60 * 1000;

export type SessionStore = Pick<
  Store,
  "createSession" | "endedSession" | "revokeSession" | "session" | "sessions" | "touchSessions"
>;

/** Where a request comes from, as `address.ts` sees it. */
export interface Client {
  address: string;
  userAgent: string | null;
}

export interface SignedIn {
  user: User;
  token: string;
  expiresAt: Timestamp;
}

/** Somebody whose session is alive. */
export interface Caller {
  user: Me;
  sessionId: number;
  expiresAt: Timestamp;
}

/** A session that is gone, as its own token tells. */
export interface Ended {
  reason: SessionEnd;
  username: string;
  language: Language | null;
}

export interface SessionOptions {
  store: SessionStore;
  secret: Uint8Array<ArrayBuffer>;
  now(): Timestamp;
  ticks(): Ticks;
  /** Milliseconds that a session lives; 30 days unless told. */
  sessionLifetime?: number;
}

export interface Sessions {
  /** What the store is to keep of a session that begins now. */
  prepare(client: Client): NewSession;
  /** The token of a stored session. */
  issue(user: User, sessionId: number, expiresAt: Timestamp): Promise<SignedIn>;
  /** See `Auth`. */
  authenticate(token: string, address: string): Promise<Caller | null>;
  /** See `Auth`. */
  whyEnded(token: string): Promise<Ended | null>;
  list(caller: Caller): Promise<Session[]>;
  /** `not_found` where the caller has no such session. */
  revoke(caller: Caller, id: number): Promise<void>;
  /** Revokes a session; one that is gone already is no error. */
  end(userId: number, sessionId: number, reason: SessionEnd): Promise<void>;
  /** Writes when sessions were last seen. */
  flush(): Promise<void>;
}

export function createSessions(options: SessionOptions): Sessions {
  const { store, now, ticks, sessionLifetime = 30 * DAY } = options;
  const tokens = createTokens({ secret: options.secret, now });
  const lastSeen = createLastSeen({ store, now, ticks });

  return { prepare, issue, authenticate, whyEnded, list, revoke, end, flush: lastSeen.flush };

  function prepare(client: Client): NewSession {
    // A token counts in seconds: a session that ends on one ends with its token.
    const expiresAt = Math.floor((now() + sessionLifetime) / 1000) * 1000;
    return { device: deviceName(client.userAgent), address: client.address, expiresAt };
  }

  async function issue(user: User, sessionId: number, expiresAt: Timestamp): Promise<SignedIn> {
    const token = await tokens.issue({ userId: user.id, sessionId, issuedAt: now(), expiresAt });
    return { user, token, expiresAt };
  }

  async function authenticate(token: string, address: string): Promise<Caller | null> {
    const claims = await tokens.verify(token);
    if (claims === null) return null;
    const session = await storedSession(claims.sessionId);
    if (session === null || !isSameSession(session, claims)) return null;
    lastSeen.note(session, address);
    return { user: session.user, sessionId: session.id, expiresAt: session.expiresAt };
  }

  async function whyEnded(token: string): Promise<Ended | null> {
    const claims = await tokens.read(token);
    if (claims === null) return null;
    const { sessionId: id, userId, expiresAt } = claims;
    const ended = await store.endedSession({ id, userId, expiresAt });
    const reason = ended?.reason ?? (expiresAt <= now() ? "expired" : null);
    if (ended === null || reason === null) return null;
    return { reason, username: ended.user.username, language: ended.user.language };
  }

  async function storedSession(id: number): Promise<StoredSession | null> {
    try {
      return await store.session({ id, now: now() });
    } catch (error) {
      if (error instanceof ConfabError && error.code === "unavailable") throw error;
      throw new ConfabError("unavailable", "The server cannot check who you are right now.", {
        retryAfter: 1000,
        cause: error,
      });
    }
  }

  async function list(caller: Caller): Promise<Session[]> {
    await lastSeen.flush();
    const rows = await store.sessions({ userId: caller.user.id, now: now() });
    return rows.map((row) => ({ ...row, current: row.id === caller.sessionId }));
  }

  function revoke(caller: Caller, id: number): Promise<void> {
    const userId = caller.user.id;
    return store.revokeSession({ userId, sessionId: id, reason: "revoked", now: now() });
  }

  async function end(userId: number, sessionId: number, reason: SessionEnd): Promise<void> {
    try {
      await store.revokeSession({ userId, sessionId, reason, now: now() });
    } catch (error) {
      if (!(error instanceof ConfabError && error.code === "not_found")) throw error;
    }
  }
}

/** A restored backup can give an old session's id to a new one: the token must be this one's. */
function isSameSession(session: StoredSession, claims: SessionClaims): boolean {
  return session.user.id === claims.userId && session.expiresAt === claims.expiresAt;
}
