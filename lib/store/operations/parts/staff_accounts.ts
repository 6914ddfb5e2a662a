/** Accounts as staff see and search them. Checks no permission. */
import { notFound } from "../../../errors.ts";
import { wordsOfQuery } from "../../../protocol/search_words.ts";
import type { AccountsPage, AccountState, StaffAccount } from "../../../protocol/staff.ts";
import type { Driver, Value } from "../../driver.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./rows.ts";
import { beginning, HAS_WORD } from "./user_words.ts";

interface AccountRow extends UserRow {
  username_key: string;
  created_at: number;
  erased_at: number | null;
  last_seen: number | null;
  sessions: number;
  second_factor: number;
  erasing: number;
}

/**
 * `users AS u`; its parameters are twice the time. By EXISTS, PostgreSQL would read all factors of
 * everybody for a page of some people.
 */
const ACCOUNT_COLUMNS = `${USER_COLUMNS}, u.username_key, u.created_at, u.erased_at,
  (SELECT max(s.last_seen) FROM sessions AS s WHERE s.user_id = u.id AND s.expires_at > ?)
    AS last_seen,
  (SELECT count(*) FROM sessions AS s WHERE s.user_id = u.id AND s.expires_at > ?) AS sessions,
  CASE WHEN (
    SELECT 1 FROM totp AS t WHERE t.user_id = u.id AND t.secret IS NOT NULL LIMIT 1
  ) IS NOT NULL OR (
    SELECT 1 FROM passkeys AS p WHERE p.user_id = u.id AND p.after_password = 1 LIMIT 1
  ) IS NOT NULL THEN 1 ELSE 0 END AS second_factor,
  CASE WHEN EXISTS (SELECT 1 FROM erasures AS e WHERE e.user_id = u.id) THEN 1 ELSE 0 END
    AS erasing`;

function toAccount(row: AccountRow): StaffAccount {
  return {
    ...toUser(row),
    createdAt: row.created_at,
    lastSeen: row.last_seen,
    sessions: Number(row.sessions),
    secondFactor: row.second_factor === 1,
    erasedAt: row.erased_at,
    erasing: row.erasing === 1,
  };
}

export async function requireAccount(db: Driver, id: number, now: number): Promise<StaffAccount> {
  const row = await db.get<AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS} FROM users AS u WHERE u.id = ?`,
    [now, now, id],
  );
  if (row === undefined) throw notFound("user");
  return toAccount(row);
}

export interface AccountsAsked {
  q: string;
  role?: string | undefined;
  state?: AccountState | undefined;
  after: string | null;
  limit: number;
  now: number;
}

/** By username, from an index; a search begins with those whose names have its longest word. */
export async function findAccounts(
  db: Driver,
  { q, role, state, after, limit, now }: AccountsAsked,
): Promise<AccountsPage> {
  const [longest, ...words] = wordsOfQuery(q).toSorted((a, b) => b.length - a.length);
  if (longest === undefined && q.trim() !== "") return { accounts: [], next: null };
  const conditions: [string, Value[]][] = [
    ...longest === undefined ? [] : [[FROM_WORD, beginning(longest)] as [string, Value[]]],
    ...words.map((word): [string, Value[]] => [HAS_WORD, beginning(word)]),
    ...role === undefined ? [] : [["u.role = ?", [role]] as [string, Value[]]],
    ...state === undefined
      ? []
      : [["u.disabled = ?", [state === "disabled" ? 1 : 0]] as [string, Value[]]],
  ];
  const rows = await db.all<AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS} FROM users AS u
     WHERE u.username_key > ? ${conditions.map(([sql]) => `AND ${sql}`).join(" ")}
     ORDER BY u.username_key LIMIT ?`,
    [now, now, after ?? "", ...conditions.flatMap(([, values]) => values), limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    accounts: page.map(toAccount),
    next: rows.length > page.length ? page.at(-1)!.username_key : null,
  };
}

const FROM_WORD = `u.id IN (
  SELECT w.user_id FROM user_words AS w WHERE w.word >= ? AND w.word < ?
)`;
