/** The page of requests to join, for staff: what it shows and does. */
import type { JoinRequestsPage } from "../protocol/join_requests.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { AdminNotice } from "../ui/admin/sections.ts";
import { chosenRooms, noRoom, roomsToInviteTo } from "./invitation_pages.ts";
import { type Ctx, idInQuery, run } from "./state.ts";

export interface RequestsShown {
  listed: JoinRequestsPage;
  decided: boolean;
  rooms: MemberRoom[];
  /** Whether people can ask just now. */
  open: boolean;
}

export async function readRequests(ctx: Ctx): Promise<RequestsShown> {
  const decided = ctx.url.searchParams.get("state") === "decided";
  const after = idInQuery(ctx, "after");
  const [listed, rooms] = await Promise.all([
    run(ctx, "listJoinRequests", {
      state: decided ? "decided" : "waiting",
      ...(after === null ? {} : { after }),
    }),
    roomsToInviteTo(ctx),
  ]);
  return { listed, decided, rooms, open: ctx.state.services.workspace.get("signup") === "ask" };
}

export async function submitRequest(ctx: Ctx, form: URLSearchParams): Promise<AdminNotice> {
  const id = Number(form.get("request"));
  if (form.get("decision") !== "accept") {
    await run(ctx, "decideJoinRequest", { id, state: "refused" });
    return "refused";
  }
  const role = form.get("role") === "guest" ? "guest" : "member";
  const rooms = chosenRooms(form);
  if (role === "guest" && rooms.length === 0) throw noRoom();
  await run(ctx, "decideJoinRequest", { id, state: "accepted", role, rooms });
  return "letIn";
}
