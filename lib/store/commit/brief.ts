/**
 * How an operation's result comes back from an executor: copying an object between threads costs as
 * much as storing it, so what the caller already knows is left out. Knows no operation by name.
 */
import {
  NO_CHANGES,
  type Operation,
  type OperationName,
  type WriteOperation,
  type Written,
} from "../operations/operation.ts";
import { OPERATIONS } from "../operations/table.ts";

export type AnyWrite = WriteOperation<unknown, unknown>;

/** Called where the operation ran. */
export function shorten(operation: AnyWrite, written: Written<unknown>): unknown {
  return operation.brief?.shorten(written) ?? written;
}

export type Restore = (name: OperationName, input: unknown, outcome: unknown) => Written<unknown>;

/**
 * Called where it was requested: restores from `outcome` what the operation did with this input.
 */
export function restore(name: OperationName, input: unknown, outcome: unknown): Written<unknown> {
  // The casts: what crossed a thread has lost its type; it is the result of `name`.
  const operation = OPERATIONS[name] as Operation<unknown, unknown>;
  if (operation.kind === "read") return { result: outcome, changes: NO_CHANGES };
  return operation.brief?.restore(input, outcome) ?? outcome as Written<unknown>;
}
