/**
 * How what operations did crosses from their Worker: copying an object between threads costs as much
 * as writing it down, so what its caller knows already is left out. Knows no operation by name.
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

/** In the Worker. */
export function shorten(operation: AnyWrite, written: Written<unknown>): unknown {
  return operation.brief?.shorten(written) ?? written;
}

/** On the other side: what an operation did with this input, of which `outcome` came. */
export function restore(name: OperationName, input: unknown, outcome: unknown): Written<unknown> {
  // The casts: what crossed a thread has lost its type; it is what `name` gave in the Worker.
  const operation = OPERATIONS[name] as Operation<unknown, unknown>;
  if (operation.kind === "read") return { result: outcome, changes: NO_CHANGES };
  return operation.brief?.restore(input, outcome) ?? outcome as Written<unknown>;
}
