/** The schemas of requests to join: see `objects.ts`. */
import * as z from "zod";
import type { CommandResult as Result } from "../../../chat/chat.ts";
import type { JoinRequest } from "../../../protocol/join_requests.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { id, of, time } from "./base.ts";

export const joinRequest = of<JoinRequest>()(z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  note: z.string().meta({ description: "What they wrote to staff." }),
  address: z.string(),
  createdAt: time,
  state: z.enum(["waiting", "accepted", "refused"]),
  decidedBy: id.nullable(),
  decidedAt: time.nullable(),
  userId: id.nullable().meta({ description: "The account that it became." }),
}));

export const joinRequestsPage = of<Result<"listJoinRequests">>()(z.object({
  requests: z.array(joinRequest).max(LIMITS.pageMax),
  waiting: z.int().nonnegative().meta({ description: "How many wait." }),
  next: id.nullable().meta({ description: "The next page's `after`; `null` after the last." }),
}));

export const asked = z.object({ request: joinRequest });

/** By their names in the document. */
export const JOIN_REQUEST_OBJECTS = {
  JoinRequest: joinRequest,
  JoinRequestsPage: joinRequestsPage,
  Asked: asked,
};
