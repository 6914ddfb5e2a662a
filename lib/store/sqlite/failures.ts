/** What an error of SQLite means for the operations in a batch, and how errors cross threads. */
import { ConfabError } from "../../errors.ts";
import type { WireError } from "../commit/wire.ts";

/** Milliseconds after which a write that storage refused is worth another try. */
const RETRY_AFTER = 1000;

/**
 * Primary result codes (sqlite.org/rescode.html) that blame one statement: ERROR, TOOBIG,
 * CONSTRAINT, MISMATCH, MISUSE, RANGE. Every other code says that the storage under all of them
 * cannot be relied on just now (FULL, IOERR, BUSY, READONLY, NOMEM, CORRUPT, …).
 */
const STATEMENT_CODES = new Set([1, 18, 19, 20, 21, 25]);

/** Whether the database itself failed, and not the statement. */
export function isStorageFailure(thrown: unknown): boolean {
  const code = resultCode(thrown);
  return code !== null && !STATEMENT_CODES.has(code & 0xff);
}

function resultCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !("errcode" in thrown)) return null;
  return typeof thrown.errcode === "number" ? thrown.errcode : null;
}

/** For the log. SQLite's messages name tables and columns, never values. */
export function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "something was thrown that is no error";
  const code = resultCode(thrown);
  const message = code === null ? thrown.message : `${thrown.message} (SQLite result ${code})`;
  const place = thrown.stack?.split("\n").slice(1, 4).map((line) => line.trim()).join(" ") ?? "";
  return `${thrown.name}: ${message} ${place}`.trim();
}

/** Nothing was stored, or it is not known whether it was: the same send may safely be repeated. */
export function unavailable(): WireError {
  return {
    code: "unavailable",
    message: "The server cannot store anything just now. Try again in a moment.",
    retryAfter: RETRY_AFTER,
  };
}

export function toWireError(thrown: unknown): WireError {
  if (isStorageFailure(thrown)) return { ...unavailable(), detail: describe(thrown) };
  if (!(thrown instanceof ConfabError)) {
    const message = "Something went wrong on the server.";
    return { code: "internal", message, detail: describe(thrown) };
  }
  const wire: WireError = { code: thrown.code, message: thrown.message };
  if (thrown.errors !== undefined) wire.errors = thrown.errors;
  if (thrown.retryAfter !== undefined) wire.retryAfter = thrown.retryAfter;
  return wire;
}

export function fromWireError(wire: WireError): ConfabError {
  const more: ConstructorParameters<typeof ConfabError>[2] = {};
  if (wire.errors !== undefined) more.errors = wire.errors;
  if (wire.retryAfter !== undefined) more.retryAfter = wire.retryAfter;
  return new ConfabError(wire.code, wire.message, more);
}
