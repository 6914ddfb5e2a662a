/** What the store and its Workers say to each other. Plain data: it is copied between threads. */
import type { FieldError } from "../../errors.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { OperationName } from "../operations/operation.ts";

export type ConnectionRole = "writer" | "reader";

export interface OpenRequest {
  type: "open";
  role: ConnectionRole;
  path: string;
  /** The name of this history, should the database be new. */
  epoch: string;
}

/** Operations to run together; `inputs[i]` belongs to `names[i]`. */
export interface BatchRequest {
  type: "batch";
  names: OperationName[];
  inputs: unknown[];
}

export type WorkerRequest = OpenRequest | BatchRequest | { type: "close" };

/** A ConfabError on its way; `detail` is for the log alone. */
export interface WireError {
  code: ErrorCode;
  message: string;
  errors?: FieldError[];
  retryAfter?: number;
  detail?: string;
}

export interface BatchReply {
  type: "batch";
  /** Of a read its result; of a write what it did, as `brief.ts` shortens it. */
  outcomes: unknown[];
  /** By the operation's place in the batch. */
  errors: Map<number, WireError>;
  /** Why nothing of the batch was kept; every operation then has an error. */
  failure: string | null;
}

export type WorkerReply =
  | { type: "opened" }
  | BatchReply
  | { type: "closed" }
  /** The Worker cannot go on, and has let go of the database. */
  | { type: "broken"; detail: string };
