/** What a SQLite error means, in a sentence for the operator. Knows no operation. */
import { resultCode } from "./failures.ts";

interface Meaning {
  /** The primary result code (sqlite.org/rescode.html). */
  code: number;
  /** SQLite's own words: `exec` and the opening of a file give no code. */
  words: string;
  sentence(path: string): string;
}

const BUSY = 5;
const LOCKED = 6;

const locked = (path: string) =>
  `Another program holds ${path} locked; try again when it has ended.`;

const MEANINGS: readonly Meaning[] = [
  {
    code: 3,
    words: "access permission denied",
    sentence: (path) => `The system does not permit using ${path}.`,
  },
  { code: BUSY, words: "database is locked", sentence: locked },
  { code: LOCKED, words: "database table is locked", sentence: locked },
  {
    code: 8,
    words: "attempt to write a readonly database",
    sentence: (path) => `${path} cannot be written: it, or its folder, is read-only for this user.`,
  },
  {
    code: 10,
    words: "disk I/O error",
    sentence: (path) => `The disk failed while ${path} was read or written.`,
  },
  {
    code: 11,
    words: "database disk image is malformed",
    sentence: (path) => `${path} is damaged.`,
  },
  {
    code: 13,
    words: "database or disk is full",
    sentence: (path) => `The disk is full: there is no room for ${path}.`,
  },
  {
    code: 14,
    words: "unable to open database file",
    sentence: (path) => `${path} cannot be opened: it is missing, or this user may not open it.`,
  },
  {
    code: 26,
    words: "file is not a database",
    sentence: (path) => `${path} is not a SQLite database.`,
  },
];

/** `null` if the error is none of SQLite's, or a mistake of ours. */
export function sentenceOf(thrown: unknown, path: string): string | null {
  return meaningOf(thrown)?.sentence(path) ?? null;
}

export function isLocked(thrown: unknown): boolean {
  const code = meaningOf(thrown)?.code;
  return code === BUSY || code === LOCKED;
}

function meaningOf(thrown: unknown): Meaning | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const code = resultCode(thrown);
  return MEANINGS.find((each) =>
    code === null ? thrown.message.startsWith(each.words) : each.code === (code & 0xff)
  );
}
