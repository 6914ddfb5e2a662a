/**
 * The slice of a store that auth uses, in memory, with a clock that tests move and a switch that
 * makes it fail. It keeps the rules that auth relies on, no others.
 */
import type { AuthStore } from "../../lib/auth/auth.ts";
import { ConfabError, notFound } from "../../lib/errors.ts";
import type { SessionEnd } from "../../lib/protocol/codes.ts";
import { usernameKey } from "../../lib/protocol/mentions.ts";
import type { JoinRequestState } from "../../lib/protocol/join_requests.ts";
import type { Invitation } from "../../lib/protocol/invites.ts";
import type { Me } from "../../lib/protocol/accounts.ts";
import type { User } from "../../lib/protocol/people.ts";
import type { Session } from "../../lib/protocol/sessions.ts";
import { NO_FACTORS } from "./no_factors.ts";
import type { NewSession, Opened } from "../../lib/store/contract/sessions.ts";

interface Account {
  user: User;
  passwordHash: string;
}

interface StoredRow extends Omit<Session, "current"> {
  userId: number;
  confirmedAt: number;
}

export interface MemoryAccounts {
  store: AuthStore;
  rows: Map<number, StoredRow>;
  touched: { id: number; at: number; address: string }[][];
  account(username: string): Account;
  /** Those that are open, by their codes. */
  invitations: Map<string, Invitation>;
  /** Requests to join, by username. */
  asked: Map<string, { passwordHash: string; state: JoinRequestState }>;
  /** What every method throws from now on; `null`: nothing. */
  failure: Error | null;
  /** Runs before a session is opened, as somebody else's transaction would. */
  beforeSession: () => void;
}

export function memoryAccounts(): MemoryAccounts {
  const accounts: Account[] = [];
  const rows = new Map<number, StoredRow>();
  const ended: { id: number; expiresAt: number; reason: SessionEnd }[] = [];
  let lastSession = 0;

  const self: MemoryAccounts = {
    store: {
      ...NO_FACTORS,
      hasAccounts: () => guarded(() => accounts.length > 0)(null),
      askToJoin: guarded(({ passwordHash, now, ...asked }) => {
        self.asked.set(asked.username, { passwordHash, state: "waiting" });
        const undecided = { decidedBy: null, decidedAt: null, userId: null } as const;
        return { id: self.asked.size, ...asked, createdAt: now, state: "waiting", ...undecided };
      }),
      askedCredentials: guarded(({ username }) => self.asked.get(username) ?? null),
      invitation: guarded(({ code }) => self.invitations.get(code) ?? null),
      createAccount: guarded((input) => {
        const invited = input.invite ? self.invitations.has(input.invite.code) : false;
        if (input.firstOnly && accounts.length > 0 && !invited) {
          throw new ConfabError("forbidden", "Closed.");
        }
        if (find(input.username)) throw new ConfabError("conflict", "This name is taken.");
        const user: User = {
          id: accounts.length + 1,
          username: input.username,
          displayName: input.displayName,
          role: accounts.length === 0 ? "owner" : "member",
          avatar: null,
          disabled: false,
          status: null,
        };
        accounts.push({ user, passwordHash: input.passwordHash });
        return { user, sessionId: open(user.id, input.session, input.now) };
      }),
      credentials: guarded(({ username }) => copy(find(username))),
      credentialsOf: guarded(({ userId }) => copy(accounts[userId - 1])),
      changePassword: guarded(({ userId, passwordHash, proven, keepSession }) => {
        if (proven !== undefined && accounts[userId - 1]!.passwordHash !== proven) {
          throw new ConfabError("forbidden", "The password has been changed meanwhile.");
        }
        accounts[userId - 1]!.passwordHash = passwordHash;
        for (const row of rows.values()) {
          if (row.userId === userId && row.id !== keepSession) end(row, "password");
        }
      }),
      openSession: guarded(({ userId, session, passwordHash, now }): Opened => {
        self.beforeSession();
        const account = accounts[userId - 1]!;
        const { user } = account;
        if (user.disabled) throw new ConfabError("forbidden", "This account is disabled.");
        if (passwordHash !== null && passwordHash !== account.passwordHash) {
          return { kind: "changed" };
        }
        return { kind: "opened", user: { ...user }, sessionId: open(userId, session, now) };
      }),
      listPasskeys: guarded(() => []),
      passkeysAfterPassword: guarded(() => false),
      findPasskey: guarded(() => null),
      addPasskey: guarded(() => {
        throw new Error("Passkeys are tried with a real store");
      }),
      usePasskey: guarded(() => false),
      renamePasskey: guarded(() => undefined),
      removePasskey: guarded(() => undefined),
      setPasskeysAfterPassword: guarded(() => undefined),
      confirmMethods: guarded(() => ["password" as const]),
      confirmSession: guarded(({ userId, sessionId, now }) => {
        const row = rows.get(sessionId);
        if (row?.userId !== userId) throw notFound("session");
        row.confirmedAt = now;
      }),
      getSession: guarded(({ id, now }) => {
        const row = rows.get(id);
        const user = row && accounts[row.userId - 1]?.user;
        if (!row || !user || user.disabled || row.expiresAt <= now) return null;
        const me: Me = { ...user, language: null, theme: "system", showLocalTime: true };
        return { ...row, user: me };
      }),
      listSessions: guarded(({ userId }) =>
        [...rows.values()].filter((row) => row.userId === userId)
          .map(({ userId: _, confirmedAt: __, ...row }) => row)
      ),
      touchSessions: guarded(({ seen }) => {
        self.touched.push(seen);
        for (const { id, at, address } of seen) {
          const row = rows.get(id);
          if (row) Object.assign(row, { lastSeen: at, address });
        }
      }),
      revokeSession: guarded(({ userId, sessionId, reason }) => {
        const row = rows.get(sessionId);
        if (row?.userId !== userId) throw notFound("session");
        end(row, reason);
      }),
      endedSession: guarded(({ id, userId, expiresAt }) => {
        const user = accounts[userId - 1]?.user;
        if (user === undefined) return null;
        const row = ended.find((one) => one.id === id && one.expiresAt === expiresAt);
        return {
          user: { ...user, language: null, theme: "system", showLocalTime: true },
          reason: row?.reason ?? null,
        };
      }),
    },
    rows,
    touched: [],
    account: (username) => find(username)!,
    invitations: new Map(),
    asked: new Map(),
    failure: null,
    beforeSession: () => {},
  };
  return self;

  function guarded<Input, Output>(run: (input: Input) => Output) {
    return (input: Input): Promise<Output> => {
      if (self.failure !== null) return Promise.reject(self.failure);
      return Promise.resolve().then(() => run(input));
    };
  }

  function end({ id, expiresAt }: StoredRow, reason: SessionEnd): void {
    rows.delete(id);
    ended.push({ id, expiresAt, reason });
  }

  function find(username: string): Account | undefined {
    return accounts.find((one) => usernameKey(one.user.username) === usernameKey(username));
  }

  function copy(account: Account | undefined): Account | null {
    return account ? { user: { ...account.user }, passwordHash: account.passwordHash } : null;
  }

  function open(
    userId: number,
    session: NewSession,
    now: number,
  ): number {
    const id = ++lastSession;
    const { way = "password" } = session;
    rows.set(id, {
      id,
      userId,
      ...session,
      way,
      createdAt: now,
      lastSeen: now,
      confirmedAt: now,
    });
    return id;
  }
}
