/** The page of requests to join, for staff: what it shows and does. */
import type { JoinRequestsPage } from "../protocol/join_requests.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { AdminNotice } from "../ui/admin/sections.ts";
import type { RefusedDecision } from "../ui/invites/wish.ts";
import { chosenRooms, isRoomless, noRoom, roomsToInviteTo } from "./invitation_pages.ts";
import { type Ctx, idInQuery, run } from "./state.ts";

export interface RequestsShown {
  listed: JoinRequestsPage;
  decided: boolean;
  rooms: MemberRoom[];
  /** Whether people can ask just now. */
  open: boolean;
  /** What was chosen for one of them, after a refusal. */
  refused: RefusedDecision | null;
}

export async function readRequests(
  ctx: Ctx,
  refused: URLSearchParams | null,
): Promise<RequestsShown> {
  const decided = ctx.url.searchParams.get("state") === "decided";
  const after = idInQuery(ctx, "after");
  const [listed, rooms] = await Promise.all([
    run(ctx, "listJoinRequests", {
      state: decided ? "decided" : "waiting",
      ...(after === null ? {} : { after }),
    }),
    roomsToInviteTo(ctx),
  ]);
  return {
    ...{ listed, decided, rooms },
    open: ctx.state.services.workspace.get("signup") === "ask",
    refused: refused && { id: idIn(refused), ...admissionIn(refused) },
  };
}

export async function submitRequest(ctx: Ctx, form: URLSearchParams): Promise<AdminNotice> {
  const id = idIn(form);
  if (form.get("decision") !== "accept") {
    await run(ctx, "decideJoinRequest", { id, state: "refused" });
    return "refused";
  }
  const admission = admissionIn(form);
  if (isRoomless(admission)) throw noRoom();
  await run(ctx, "decideJoinRequest", { id, state: "accepted", ...admission });
  return "letIn";
}

function idIn(form: URLSearchParams): number {
  return Number(form.get("request"));
}

function admissionIn(form: URLSearchParams): Omit<RefusedDecision, "id"> {
  return { role: form.get("role") === "guest" ? "guest" : "member", rooms: chosenRooms(form) };
}
