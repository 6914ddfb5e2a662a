/** What the executor and its Worker say to each other. Plain data: it is copied between threads. */
import type { Batch, BatchOutcome } from "../commit/wire.ts";

export type ConnectionRole = "writer" | "reader";

export interface OpenRequest {
  type: "open";
  role: ConnectionRole;
  path: string;
  /** The name of its history, if the database is new. */
  epoch: string;
}

export type WorkerRequest = OpenRequest | { type: "batch"; batch: Batch } | { type: "close" };

export type WorkerReply =
  | { type: "opened" }
  | { type: "batch"; outcome: BatchOutcome }
  | { type: "closed" }
  /** The Worker cannot continue, and has released the database. */
  | { type: "broken"; detail: string };
