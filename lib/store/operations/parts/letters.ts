/** Putting a letter into the queue, as several operations do it. Checks no permission. */
import { ConfabError } from "../../../errors.ts";
import type { Language } from "../../../protocol/accounts.ts";
import type { LetterDetail, LetterKind } from "../../contract/letters.ts";
import type { Driver } from "../../driver.ts";

const HOUR = 60 * 60 * 1000;

/** How long a letter is worth sending: a link is asked for again, news are old. */
const LIVES: Readonly<Record<LetterKind, number>> = {
  reset: HOUR,
  proof: HOUR,
  email_changed: 24 * HOUR,
  password_reset: 24 * HOUR,
  sign_in: 24 * HOUR,
};

/** All that wait: a mail server that is away must not fill the disk. */
const MOST_WAITING = 10_000;
/** Of one kind for one account: who asks again and again gets the first. */
const MOST_OF_ONE = 3;

export interface NewLetter {
  kind: LetterKind;
  /** Whose account it is about; null where only what was typed is known. */
  userId: number | null;
  /** Where it goes; null: to the account's proven address, as it is when it is sent. */
  address?: string | null;
  /** Of a reader whose setting is not known, or not set. */
  language?: Language | null;
  detail?: LetterDetail;
  now: number;
}

/** `false` if it was not kept, since enough wait. */
export async function insertLetter(db: Driver, letter: NewLetter): Promise<boolean> {
  const { kind, userId, address = null, language = null, detail = {}, now } = letter;
  await db.run("DELETE FROM letters WHERE expires_at <= ?", [now]);
  const last = await db.get(
    `SELECT id FROM letters ORDER BY id LIMIT 1 OFFSET ${MOST_WAITING - 1}`,
    [],
  );
  if (last !== undefined) return false;
  if (userId !== null) {
    const same = await db.get(
      `SELECT id FROM letters WHERE user_id = ? AND kind = ? LIMIT 1 OFFSET ${MOST_OF_ONE - 1}`,
      [userId, kind],
    );
    if (same !== undefined) return false;
  }
  await db.insert(
    `INSERT INTO letters
       (kind, user_id, address, language, detail, created_at, expires_at, try_at, tries)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    [kind, userId, address, language, JSON.stringify(detail), now, now + LIVES[kind], now],
  );
  return true;
}

export function requireKept(kept: boolean): void {
  if (kept) return;
  throw new ConfabError("unavailable", "Too many letters wait to be sent. Try again later.", {
    retryAfter: 60_000,
    busy: true,
  });
}
