/**
 * Letters that wait to be sent by mail. A letter is written, and the token in it made, only when it
 * is sent: the queue holds no secret, and asking for one costs the same whether anybody will get it.
 */
import type { Language } from "../../protocol/accounts.ts";
import type { Timestamp } from "../../protocol/time.ts";

export type LetterKind =
  /** The link to a new password, which somebody has asked for. */
  | "reset"
  /** The link that proves an address. */
  | "proof"
  /** To the address of before: the account has another one, or none. */
  | "email_changed"
  /** Somebody has set a new password by a link. */
  | "password_reset"
  /** Somebody has signed in on a new device. */
  | "sign_in";

/** What a letter says, besides whom it is for; short values, never a secret. */
export type LetterDetail = Record<string, string | number | null>;

/** A letter that can be written now. */
export interface ReadyLetter {
  kind: LetterKind;
  to: string;
  username: string;
  /** The reader's setting, else what their browser asked for. */
  language: Language;
  detail: LetterDetail;
}

export interface Letters {
  /**
   * Somebody says that they have lost the password of the account with this name or address. It
   * looks nothing up: the answer tells nothing. `unavailable` where too many letters wait.
   */
  queueReset(input: {
    /** As it was typed. */
    asked: string;
    language: Language;
    now: Timestamp;
    from?: string | undefined;
  }): Promise<void>;
  /**
   * Takes letters whose time has come, those that were tried the least first. Until `sentLetter`
   * each comes again, after longer and longer pauses, until it is too old. Of several nodes one
   * gets it.
   */
  takeLetters(input: { now: Timestamp; limit: number }): Promise<{ id: number; tries: number }[]>;
  /**
   * Finds out whom a letter is for, and keeps the hash of the token that is in it. `null`: for
   * nobody, and it is taken out.
   */
  readyLetter(
    input: { id: number; tokenHash: string; now: Timestamp },
  ): Promise<ReadyLetter | null>;
  /** It was sent, or never can be. */
  sentLetter(input: { id: number }): Promise<void>;
  /** How many wait, and since when the oldest; for the page of the server's health. */
  waitingLetters(input: undefined): Promise<{ count: number; since: Timestamp | null }>;
}
