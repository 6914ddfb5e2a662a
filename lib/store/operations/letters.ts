/** Letters that wait to be sent by mail. */
import { readEmailAddress } from "../../protocol/email_address.ts";
import type { Language } from "../../protocol/accounts.ts";
import { loginName, nameKey } from "../../protocol/names.ts";
import { mayAct } from "../../protocol/permissions.ts";
import type { LetterDetail, LetterKind, ReadyLetter } from "../contract/letters.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { emailRow } from "./parts/emails.ts";
import { insertLetter, requireKept } from "./parts/letters.ts";
import { insertReset } from "./parts/resets.ts";
import { requireMe } from "./parts/users.ts";
import { workspaceValue } from "./parts/workspace_value.ts";

const MINUTE = 60_000;
/** After how long a letter is tried again: by the number of tries. The last holds for all more. */
const PAUSES = [30_000, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE];
/** How long the links in letters work, from when they are sent. */
const LINK_LIVES = 60 * MINUTE;
/** Letters with a link to a new password that an account gets within that time. */
const MOST_LINKS = 3;

/** Longer is no name and no address, and is not kept. */
const LONGEST_ASKED = 256;

export const queueReset = write(async (db: Driver, input: Input<"queueReset">) => {
  const { asked, language, now, from = null } = input;
  const detail = { asked: asked.slice(0, LONGEST_ASKED).toWellFormed(), from };
  requireKept(await insertLetter(db, { kind: "reset", userId: null, language, detail, now }));
  return { result: undefined, changes: NO_CHANGES };
});

export const takeLetters = write(async (db: Driver, input: Input<"takeLetters">) => {
  const { now, limit } = input;
  await db.run("DELETE FROM letters WHERE expires_at <= ?", [now]);
  const due = await db.all<{ id: number; tries: number }>(
    "SELECT id, tries FROM letters WHERE try_at <= ? ORDER BY try_at, id LIMIT ?",
    [now, limit],
  );
  const taken: { id: number; tries: number }[] = [];
  for (const { id, tries } of due) {
    const pause = PAUSES[Math.min(tries, PAUSES.length - 1)]!;
    // Asked again in the row itself: another node may have taken it.
    const changed = await db.run(
      "UPDATE letters SET try_at = ?, tries = tries + 1 WHERE id = ? AND try_at <= ?",
      [now + pause, id, now],
    );
    if (changed === 1) taken.push({ id, tries: tries + 1 });
  }
  return { result: taken, changes: NO_CHANGES };
});

interface LetterRow {
  tries: number;
  kind: LetterKind;
  user_id: number | null;
  address: string | null;
  language: Language | null;
  /** Our own JSON. */
  detail: string;
}

export const readyLetter = write(async (db: Driver, input: Input<"readyLetter">) => {
  const row = await db.get<LetterRow>(
    "SELECT tries, kind, user_id, address, language, detail FROM letters WHERE id = ?",
    [input.id],
  );
  const detail = row === undefined ? {} : JSON.parse(row.detail) as LetterDetail;
  const result = row === undefined ? null : await ready(db, { ...row, detail }, input);
  if (result === null) await db.run("DELETE FROM letters WHERE id = ?", [input.id]);
  return { result, changes: NO_CHANGES };
});

type Letter = Omit<LetterRow, "detail"> & { detail: LetterDetail };

async function ready(
  db: Driver,
  letter: Letter,
  link: { tokenHash: string; now: number },
): Promise<ReadyLetter | null> {
  const userId = letter.kind === "reset"
    ? await whoWasMeant(db, String(letter.detail.asked))
    : letter.user_id;
  if (userId === null) return null;
  await db.lockUser(userId);
  const user = await requireMe(db, userId);
  const { address, pending, pending_key } = await emailRow(db, userId);
  const to = letter.kind === "proof" ? pending : letter.address ?? address;
  // What was changed is told to the old address even where the account is disabled meanwhile.
  if (to === null || (letter.address === null && mayAct(user) !== "allowed")) return null;
  if (letter.kind === "proof") await keepProof(db, { ...link, userId, key: pending_key! });
  if (letter.kind === "reset" && !await keepReset(db, { ...link, userId }, letter.tries)) {
    return null;
  }
  const language = user.language ?? letter.language ?? await placeLanguage(db);
  return { kind: letter.kind, to, username: user.username, language, detail: letter.detail };
}

/** What staff have chosen for all pages; nobody's browser is there to ask. */
async function placeLanguage(db: Driver): Promise<Language> {
  return await workspaceValue(db, "language") === "ru" ? "ru" : "en";
}

/** The account with this name, else with this proven address. */
async function whoWasMeant(db: Driver, asked: string): Promise<number | null> {
  const named = await db.get<{ id: number }>(
    "SELECT id FROM users WHERE username_key = ?",
    [nameKey(loginName(asked))],
  );
  if (named !== undefined) return named.id;
  const key = readEmailAddress(asked)?.key;
  if (key === undefined) return null;
  const found = await db.get<{ user_id: number }>(
    "SELECT user_id FROM emails WHERE address_key = ?",
    [key],
  );
  return found?.user_id ?? null;
}

/** Several may be open at once: a letter that was sent twice has two links, and either works. */
async function keepProof(
  db: Driver,
  { userId, key, tokenHash, now }: { userId: number; key: string; tokenHash: string; now: number },
): Promise<void> {
  await db.run("DELETE FROM email_proofs WHERE expires_at <= ?", [now]);
  await db.run(
    "INSERT INTO email_proofs (token_hash, user_id, address_key, expires_at) VALUES (?, ?, ?, ?)",
    [tokenHash, userId, key, now + LINK_LIVES],
  );
}

/** `false` where the account has got enough: nobody fills somebody else's mailbox. */
async function keepReset(
  db: Driver,
  { userId, tokenHash, now }: { userId: number; tokenHash: string; now: number },
  tries: number,
): Promise<boolean> {
  // One that did not go out is no new one.
  const enough = tries > 1 ? undefined : await db.get(
    `SELECT token_hash FROM resets WHERE user_id = ? AND origin = 'mail' AND expires_at > ?
     LIMIT 1 OFFSET ${MOST_LINKS - 1}`,
    [userId, now],
  );
  if (enough !== undefined) return false;
  const expiresAt = now + LINK_LIVES;
  await insertReset(db, { userId, tokenHash, origin: "mail", makerId: null, expiresAt, now });
  return true;
}

export const sentLetter = write(async (db: Driver, { id }: Input<"sentLetter">) => {
  await db.run("DELETE FROM letters WHERE id = ?", [id]);
  return { result: undefined, changes: NO_CHANGES };
});

export const waitingLetters = read(async (db: Driver, _input: Input<"waitingLetters">) => {
  const row = await db.get<{ count: number; since: number | null }>(
    "SELECT count(*) AS count, min(created_at) AS since FROM letters",
    [],
  );
  return { count: row?.count ?? 0, since: row?.since ?? null };
});
