/**
 * What goes to an executor and comes back. Plain data, also the errors: it may be copied between
 * threads.
 */
import { ConfabError, type FieldError } from "../../errors.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { OperationName } from "../operations/operation.ts";
import type { Failures } from "../transaction.ts";

/** Milliseconds after which a write that storage refused is worth another try. */
const RETRY_AFTER = 1000;

/** Operations to run together; `inputs[i]` belongs to `names[i]`. */
export interface Batch {
  names: OperationName[];
  inputs: unknown[];
}

export interface BatchOutcome {
  /** Of a read its result; of a write what it did, as `brief.ts` shortens it. */
  outcomes: unknown[];
  /** By the operation's place in the batch. */
  errors: Map<number, WireError>;
  /** Why nothing of the batch was kept; every operation then has an error. */
  failure: string | null;
}

/** A ConfabError on its way; `detail` is for the log alone. */
export interface WireError {
  code: ErrorCode;
  message: string;
  errors?: FieldError[];
  retryAfter?: number;
  detail?: string;
}

/** Nothing was stored, or it is not known whether it was: the same send may safely be repeated. */
export function unavailable(): WireError {
  return {
    code: "unavailable",
    message: "The server cannot store anything just now. Try again in a moment.",
    retryAfter: RETRY_AFTER,
  };
}

/** The outcome where nothing of a batch was kept. */
export function refuseAll({ names }: Batch, failure: string): BatchOutcome {
  const errors = new Map(names.map((_, index) => [index, unavailable()]));
  return { outcomes: [], errors, failure };
}

export function toWireError(thrown: unknown, failures: Failures): WireError {
  if (failures.kindOf(thrown) !== "operation") {
    return { ...unavailable(), detail: failures.describe(thrown) };
  }
  if (!(thrown instanceof ConfabError)) {
    const message = "Something went wrong on the server.";
    return { code: "internal", message, detail: failures.describe(thrown) };
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
