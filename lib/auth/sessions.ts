/**
 * Sessions, each a row in the store named by a token: recognised, listed and ended here; opened by
 * `signing_in.ts`. It must not know passwords, HTTP or cookies.
 */
import { ConfabError } from "../errors.ts";
import type { SessionEnd } from "../protocol/codes.ts";
import type { Language } from "../protocol/accounts.ts";
import type { User } from "../protocol/people.ts";
import type { Session } from "../protocol/sessions.ts";
import type { Ticks, Timestamp } from "../protocol/time.ts";
import type { WayIn } from "../protocol/ways_in.ts";
import type { Store } from "../store/store.ts";
import type { NewSession, SessionWithUser } from "../store/contract/sessions.ts";
import type { Caller } from "./caller.ts";
import { deviceName } from "./device.ts";
import { createLastSeen, type LastSeen } from "./last_seen.ts";
import type { RequiredFactor } from "./required_factor.ts";
import { createTokens, type SessionClaims, type Tokens } from "./token.ts";

const DAY = 24 * 60 * 60 * 1000;

export type SessionStore = Pick<
  Store,
  | "endedSession"
  | "revokeSession"
  | "getSession"
  | "listSessions"
  | "touchSessions"
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

/** An ended session, known from its token. */
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
  /** What the host requires; without it, nothing. */
  requiredFactor?: Pick<RequiredFactor, "isMissing">;
  /** Milliseconds that a session lives; 30 days unless told. */
  sessionLifetime?: number;
}

export class Sessions {
  readonly #options: SessionOptions;
  readonly #tokens: Tokens;
  readonly #lastSeen: LastSeen;

  constructor(options: SessionOptions) {
    const { store, secret, now, ticks } = options;
    this.#options = options;
    this.#tokens = createTokens({ secret, now });
    this.#lastSeen = createLastSeen({ store, now, ticks });
  }

  /** What the store keeps of a new session. */
  prepare<W extends WayIn>(client: Client, way: W): NewSession & { way: W } {
    const { now, sessionLifetime = 30 * DAY } = this.#options;
    // A token counts in seconds: a session that ends on a whole second ends with its token.
    const expiresAt = Math.floor((now() + sessionLifetime) / 1000) * 1000;
    return { device: deviceName(client.userAgent), address: client.address, expiresAt, way };
  }

  /** The token of a stored session. */
  async issue(user: User, sessionId: number, expiresAt: Timestamp): Promise<SignedIn> {
    const issuedAt = this.#options.now();
    const token = await this.#tokens.issue({ userId: user.id, sessionId, issuedAt, expiresAt });
    return { user, token, expiresAt };
  }

  /** See `Auth`. */
  async authenticate(token: string, address: string): Promise<Caller | null> {
    const claims = await this.#tokens.verify(token);
    if (claims === null) return null;
    const session = await this.#stored(claims.sessionId);
    if (session === null || !isSameSession(session, claims)) return null;
    this.#lastSeen.note(session, address);
    const { user, id, expiresAt, way, confirmedAt } = session;
    const caller = { user, sessionId: id, expiresAt, way, confirmedAt };
    return await this.#lacksFactor(session) ? { ...caller, lacksFactor: true } : caller;
  }

  /** Whether a session is there, and lacks no second factor that is required. */
  async isOpen(id: number): Promise<boolean> {
    const session = await this.#stored(id);
    return session !== null && !await this.#lacksFactor(session);
  }

  #lacksFactor({ user, way }: SessionWithUser): Promise<boolean> | false {
    return this.#options.requiredFactor?.isMissing(user, way) ?? false;
  }

  /** See `Auth`. */
  async whyEnded(token: string): Promise<Ended | null> {
    const { store, now } = this.#options;
    const claims = await this.#tokens.read(token);
    if (claims === null) return null;
    const { sessionId: id, userId, expiresAt } = claims;
    const ended = await store.endedSession({ id, userId, expiresAt });
    const reason = ended?.reason ?? (expiresAt <= now() ? "expired" : null);
    if (ended === null || reason === null) return null;
    return { reason, username: ended.user.username, language: ended.user.language };
  }

  async #stored(id: number): Promise<SessionWithUser | null> {
    const { store, now } = this.#options;
    try {
      return await store.getSession({ id, now: now() });
    } catch (error) {
      if (error instanceof ConfabError && error.code === "unavailable") throw error;
      throw new ConfabError("unavailable", "The server cannot check who you are right now.", {
        retryAfter: 1000,
        cause: error,
      });
    }
  }

  async list(caller: Caller): Promise<Session[]> {
    const { store, now } = this.#options;
    await this.#lastSeen.flush();
    const rows = await store.listSessions({ userId: caller.user.id, now: now() });
    return rows.map((row) => ({ ...row, current: row.id === caller.sessionId }));
  }

  /** `not_found` where the caller has no such session. */
  revoke(caller: Caller, id: number): Promise<void> {
    return this.#revoke(caller.user.id, id, "revoked");
  }

  /** Revokes a session; one that has already ended is no error. */
  async end(userId: number, sessionId: number, reason: SessionEnd): Promise<void> {
    try {
      await this.#revoke(userId, sessionId, reason);
    } catch (error) {
      if (!(error instanceof ConfabError && error.code === "not_found")) throw error;
    }
  }

  #revoke(userId: number, sessionId: number, reason: SessionEnd): Promise<void> {
    const { store, now } = this.#options;
    return store.revokeSession({ userId, sessionId, reason, now: now() });
  }

  /** Writes when sessions were last seen. */
  flush(): Promise<void> {
    return this.#lastSeen.flush();
  }
}

/**
 * After a restored backup, a new session may get an old one's id: the token must belong to this
 * one.
 */
function isSameSession(session: SessionWithUser, claims: SessionClaims): boolean {
  return session.user.id === claims.userId && session.expiresAt === claims.expiresAt;
}
