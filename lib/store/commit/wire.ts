/**
 * What goes to an executor and comes back. Plain data, even the errors: it may be copied between
 * threads.
 */
import { ConfabError, type FieldError, type FileRoom } from "../../errors.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { OperationName } from "../operations/operation.ts";
import type { Failures } from "../transaction.ts";

/** Milliseconds to wait before retrying a write that storage refused. */
const RETRY_AFTER = 1000;

/** Operations to run together; `inputs[i]` belongs to `names[i]`. */
export interface Batch {
  names: OperationName[];
  inputs: unknown[];
}

export interface BatchOutcome {
  /** For a read, its result; for a write, what it did, as shortened by `brief.ts`. */
  outcomes: unknown[];
  /** By the operation's index in the batch. */
  errors: Map<number, WireError>;
  /** Why nothing of the batch was kept; every operation then has an error. */
  failure: string | null;
  /**
   * Set if some were refused only for now, and will be sent again: what waits behind the batch must
   * not overtake them, and is refused with them.
   */
  halted?: true;
  /** In which order the operations were committed, by their indexes, if not in the batch's. */
  order?: number[];
}

/** A ConfabError in transit; `detail` is only for the log. */
export interface WireError {
  code: ErrorCode;
  message: string;
  errors?: FieldError[];
  retryAfter?: number;
  room?: FileRoom;
  detail?: string;
}

/** Nothing was stored, or it is unknown whether it was: the same send can safely be retried. */
export function unavailable(): WireError {
  return {
    code: "unavailable",
    message: "The server cannot store anything just now. Try again in a moment.",
    retryAfter: RETRY_AFTER,
  };
}

/** The outcome if nothing of a batch was kept. */
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
  if (thrown.room !== undefined) wire.room = thrown.room;
  return wire;
}

export function fromWireError(wire: WireError): ConfabError {
  const more: ConstructorParameters<typeof ConfabError>[2] = {};
  if (wire.errors !== undefined) more.errors = wire.errors;
  if (wire.retryAfter !== undefined) more.retryAfter = wire.retryAfter;
  if (wire.room !== undefined) more.room = wire.room;
  return new ConfabError(wire.code, wire.message, more);
}
