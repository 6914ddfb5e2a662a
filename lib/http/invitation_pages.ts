/** The pages of invitations, for staff and for members who may invite: what they show and do. */
import { ConfabError } from "../errors.ts";
import { mayInvite, mayInviteTo } from "../protocol/door_permissions.ts";
import type { Invite, InvitesPage } from "../protocol/invites.ts";
import { parseJsonText } from "../protocol/json_text.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { isStaff } from "../protocol/permissions.ts";
import { adminPath } from "../ui/admin/sections.ts";
import {
  INVITATIONS_NOTICES,
  type InvitationsNotice,
  invitationsPath,
} from "../ui/invites/invitations_path.ts";
import { standing } from "../ui/rights.ts";
import { DAYS, FIRST_WISH, type InvitationWish, USES } from "../ui/invites/wish.ts";
import { formHandlers, noSuchForm } from "./form_page.ts";
import { linkOf } from "./invites.ts";
import { drawQr, type QrDrawing } from "./qr.ts";
import { callerOf, type Ctx, idInQuery, run } from "./state.ts";

export interface InvitationsShown {
  listed: InvitesPage;
  ended: boolean;
  rooms: MemberRoom[];
  wish: InvitationWish;
  /** Guests were to be invited into no room. */
  roomless: boolean;
  shown: { url: string; qr: QrDrawing } | null;
}

const DAY = 24 * 3_600_000;

export async function readInvitations(
  ctx: Ctx,
  refused: URLSearchParams | null,
): Promise<InvitationsShown> {
  const ended = ctx.url.searchParams.get("state") === "ended";
  const before = idInQuery(ctx, "before");
  const [listed, rooms] = await Promise.all([
    run(ctx, "listInvites", {
      state: ended ? "ended" : "open",
      ...(before === null ? {} : { before }),
    }),
    roomsToInviteTo(ctx),
  ]);
  const wish = refused === null ? FIRST_WISH : wishOf(refused);
  const roomless = refused !== null && isRoomless(wish);
  return { listed, ended, rooms, wish, roomless, shown: await shownOf(ctx, listed) };
}

/** Throws `forbidden` for who may not invite. */
function admitInviter(ctx: Ctx): void {
  const { workspace } = ctx.state.services;
  if (mayInvite(callerOf(ctx).user, workspace.get("inviters")) === "allowed") return;
  throw new ConfabError("forbidden", "You may not invite people.");
}

/** Those in the reader's list into which they may invite. */
export async function roomsToInviteTo(ctx: Ctx): Promise<MemberRoom[]> {
  const { user } = callerOf(ctx);
  const { rooms } = await run(ctx, "snapshot", {});
  return parseJsonText(rooms).filter((room) => mayInviteTo(standing(user, room)) === "allowed");
}

async function shownOf(ctx: Ctx, { invites }: InvitesPage): Promise<InvitationsShown["shown"]> {
  const id = idInQuery(ctx, "show");
  const code = invites.find((invite) => invite.id === id)?.code ?? null;
  if (code === null) return null;
  const url = linkOf(ctx, code);
  return { url, qr: await drawQr(url) };
}

/** Of everybody's page; leads on to where the new one's link is shown. */
export async function submitForStaff(ctx: Ctx, form: URLSearchParams) {
  const done = await submitInvitation(ctx, form);
  if (done === "revoked") return done;
  const show = { notice: "invited", show: done.made.id };
  return ctx.redirect(adminPath("invitations", idInQuery(ctx, "room"), show), 303);
}

const own = formHandlers<InvitationsShown, InvitationsNotice>({
  notices: INVITATIONS_NOTICES,
  path: (ctx, notice) => invitationsPath(idInQuery(ctx, "room"), { notice }),
  admit: admitInviter,
  read: readInvitations,
  async submit(ctx, form) {
    const done = await submitInvitation(ctx, form);
    if (done === "revoked") return done;
    const show = { notice: "invited", show: done.made.id };
    return ctx.redirect(invitationsPath(idInQuery(ctx, "room"), show), 303);
  },
});

/** One's own invitations; staff are led to everybody's. */
export const ownInvitations: typeof own = {
  async GET(ctx) {
    const { caller } = ctx.state;
    if (caller === null || !isStaff(caller.user.role)) return await own.GET(ctx);
    return ctx.redirect(adminPath("invitations", idInQuery(ctx, "room")));
  },
  POST: own.POST,
};

/** Makes an invitation, or takes one back. */
async function submitInvitation(
  ctx: Ctx,
  form: URLSearchParams,
): Promise<{ made: Invite } | "revoked"> {
  const revoked = form.get("revoke");
  if (revoked !== null) {
    await run(ctx, "revokeInvite", { id: Number(revoked) });
    return "revoked";
  }
  if (form.get("form") !== "invite") throw noSuchForm();
  const wish = wishOf(form);
  if (isRoomless(wish)) throw noRoom();
  const { role, rooms, uses, days } = wish;
  const made = await run(ctx, "createInvite", {
    ...{ role, rooms },
    uses: uses === "" ? null : Number(uses),
    expiresAt: days === "" ? null : ctx.state.services.now() + Number(days) * DAY,
  });
  return { made };
}

/** Whatever else a form says is what its first choice would be. */
function wishOf(form: URLSearchParams): InvitationWish {
  const among = (name: string, choices: readonly number[]) => {
    const value = form.get(name) ?? "";
    return choices.some((choice) => String(choice) === value) ? value : "";
  };
  return {
    role: form.get("role") === "guest" ? "guest" : "member",
    rooms: chosenRooms(form),
    uses: among("uses", USES),
    days: among("days", DAYS),
  };
}

export function chosenRooms(form: URLSearchParams): number[] {
  return form.getAll("room").slice(0, 50).map(Number).filter(Number.isSafeInteger);
}

export function isRoomless({ role, rooms }: Pick<InvitationWish, "role" | "rooms">): boolean {
  return role === "guest" && rooms.length === 0;
}

/** By the API one may: staff add guests to rooms later. On the page it is forgotten, as a rule. */
export function noRoom(): ConfabError {
  const message = "Guests need a room.";
  return new ConfabError("invalid", message, {
    errors: [{ path: "rooms", message, reason: "missing" }],
  });
}
