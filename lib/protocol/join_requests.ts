/**
 * Requests to join: where the workspace is set so, people ask and staff let them in or refuse.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { Timestamp } from "./time.ts";

export type JoinRequestState = "waiting" | "accepted" | "refused";

export interface JoinRequest {
  id: number;
  username: string;
  displayName: string;
  /** What they wrote to staff; may be "". */
  note: string;
  /** From which network address they asked. */
  address: string;
  createdAt: Timestamp;
  state: JoinRequestState;
  /** The staff's id who decided; null while it waits. */
  decidedBy: number | null;
  decidedAt: Timestamp | null;
  /** The account that it became, if it was accepted. */
  userId: number | null;
}

export interface JoinRequestsPage {
  /** Those that wait: who asked first comes first. Those decided: the latest first. */
  requests: JoinRequest[];
  /** How many wait. */
  waiting: number;
  /** The next page's `after`; null after the last. */
  next: number | null;
}

const page = (written: field.NumberForm) => ({
  /** `waiting` unless told. */
  state: z.enum(["waiting", "decided"]).optional(),
  after: written(field.id).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

export const listJoinRequests = field.object(() => page(field.asNumber));

/** Of `GET /api/join-requests`. */
export const joinRequestsQuery = field.object(() => page(field.asDigits));

/** `role` and `rooms` are of whoever is let in. */
export const decideJoinRequest = field.object(() => ({
  id: field.id,
  state: z.enum(["accepted", "refused"]),
  role: z.enum(["member", "guest"]).optional(),
  rooms: field.idList(50).optional(),
}));
