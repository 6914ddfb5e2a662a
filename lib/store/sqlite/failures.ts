/** What a SQLite error means for the operations in a batch. */
import type { Failures } from "../transaction.ts";

/**
 * Primary result codes (sqlite.org/rescode.html) that blame one statement: ERROR, TOOBIG,
 * CONSTRAINT, MISMATCH, MISUSE, RANGE. Every other code means that the storage under all of them is
 * not reliable just now (FULL, IOERR, BUSY, READONLY, NOMEM, CORRUPT, …).
 */
const STATEMENT_CODES = new Set([1, 18, 19, 20, 21, 25]);

/** There are no conflicts: one connection writes at a time, and holds its lock from BEGIN on. */
export const SQLITE_FAILURES: Failures = {
  kindOf(thrown) {
    const code = resultCode(thrown);
    return code === null || STATEMENT_CODES.has(code & 0xff) ? "operation" : "storage";
  },

  /** SQLite's messages name tables and columns, never values. */
  describe(thrown) {
    if (!(thrown instanceof Error)) return "something was thrown that is no error";
    const code = resultCode(thrown);
    const message = code === null ? thrown.message : `${thrown.message} (SQLite result ${code})`;
    const place = thrown.stack?.split("\n").slice(1, 4).map((line) => line.trim()).join(" ") ?? "";
    return `${thrown.name}: ${message} ${place}`.trim();
  },
};

export function resultCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !("errcode" in thrown)) return null;
  return typeof thrown.errcode === "number" ? thrown.errcode : null;
}
