/** What a PostgreSQL error means for the operations in a batch. */
import { ConnectionLost } from "../../postgres/connection.ts";
import type { Failures } from "../transaction.ts";

/** The COMMIT of an aborted transaction "succeeds" and keeps nothing. */
export class NotCommitted extends Error {
  override readonly name = "NotCommitted";
}

/**
 * SQLSTATEs (Appendix A of the manual) of being in another transaction's way: serialization
 * failure, deadlock, and a row that another transaction added first. Run again, the operation sees
 * what the other has committed.
 */
const CONFLICTS = new Set(["40001", "40P01", "23505"]);

/**
 * Classes that blame one statement: cardinality, data, integrity, SQL routine, syntax or access,
 * CHECK of a view, PL/pgSQL, program limits, unsupported. Every other one means that the server
 * cannot do its work just now: out of resources, read-only, shutting down, a timeout, …
 */
const STATEMENT_CLASSES = new Set(["0A", "21", "22", "23", "2F", "39", "42", "44", "54", "P0"]);

export const POSTGRES_FAILURES: Failures = {
  kindOf(thrown) {
    if (thrown instanceof ConnectionLost || thrown instanceof NotCommitted) return "storage";
    const state = stateOf(thrown);
    if (state === null) return "operation";
    if (CONFLICTS.has(state)) return "conflict";
    return STATEMENT_CLASSES.has(state.slice(0, 2)) ? "operation" : "storage";
  },

  /** The message alone: `detail`, `where` and `hint` hold values of rows and parameters. */
  describe(thrown) {
    if (!(thrown instanceof Error)) return "something was thrown that is no error";
    const state = stateOf(thrown);
    const message = state === null ? thrown.message : `${thrown.message} (SQLSTATE ${state})`;
    const place = thrown.stack?.split("\n").slice(1, 4).map((line) => line.trim()).join(" ") ?? "";
    return `${thrown.name}: ${message} ${place}`.trim();
  },
};

/** Null for what the server has not said. */
export function stateOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !("code" in thrown) || !("severity" in thrown)) return null;
  return typeof thrown.code === "string" ? thrown.code : null;
}
