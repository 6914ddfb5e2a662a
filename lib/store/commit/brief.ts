/**
 * How what operations did comes back from an executor: copying an object between threads costs as
 * much as writing it down, so what its caller knows already is left out. Knows no operation by name.
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

/** Where the operation was run. */
export function shorten(operation: AnyWrite, written: Written<unknown>): unknown {
  return operation.brief?.shorten(written) ?? written;
}

/** Where it was asked for: what an operation did with this input, of which `outcome` came. */
export function restore(name: OperationName, input: unknown, outcome: unknown): Written<unknown> {
  // The casts: what crossed a thread has lost its type; it is what `name` gave.
  const operation = OPERATIONS[name] as Operation<unknown, unknown>;
  if (operation.kind === "read") return { result: outcome, changes: NO_CHANGES };
  return operation.brief?.restore(input, outcome) ?? outcome as Written<unknown>;
}
