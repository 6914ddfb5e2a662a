/** The page of an invitation's link, and its button for people who have an account. */
import { type ConfabError, toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import { inviteCodeIn } from "../protocol/invite_codes.ts";
import type { Invitation } from "../protocol/invites.ts";
import type { User } from "../protocol/people.ts";
import { retryAfter } from "./answer.ts";
import { readForm } from "./body.ts";
import { joinPath } from "./invites.ts";
import { toLogin } from "./pages.ts";
import { SECRET_ADDRESS } from "./security.ts";
import { claimIn, speaksForOther } from "./session.ts";
import { type Ctx, run } from "./state.ts";

/** What the page shows besides its language. */
export interface InvitationData {
  code: string;
  /** What the chat is called. */
  place: string;
  /** Null where it lets nobody in, or `error` says why it cannot be shown. */
  invitation: Invitation | null;
  /** Who is signed in, and whose page it is. */
  caller: { user: User; sessionId: number; instance: string } | null;
  error: ErrorCode | undefined;
}

/** No search engine keeps an invitation that somebody put on a page. */
const HEADERS = { ...SECRET_ADDRESS, "x-robots-tag": "noindex" };

export async function showInvitation(ctx: Ctx): Promise<PageResponse<InvitationData>> {
  const { services: { auth }, address } = ctx.state;
  try {
    return shown(ctx, await auth.invitations.require(codeOf(ctx), address), null);
  } catch (thrown) {
    return shown(ctx, null, toConfabError(thrown));
  }
}

/** Leads into the first of its rooms. */
export async function joinByInvitation(
  ctx: Ctx,
): Promise<Response | PageResponse<InvitationData>> {
  const { services: { auth }, address, caller } = ctx.state;
  if (caller === null) return toLogin(ctx);
  const form = await readForm(ctx);
  const code = codeOf(ctx);
  // From before somebody else signed in: they are shown as whom they would join.
  if (speaksForOther(ctx, caller, claimIn(form))) return ctx.redirect(joinPath(code), 303);
  let invitation: Invitation | null = null;
  try {
    invitation = await auth.invitations.require(code, address);
    const { rooms: [room] } = await run(ctx, "acceptInvite", { code });
    return ctx.redirect(room === undefined ? "/" : `/rooms/${room}`, 303);
  } catch (thrown) {
    const error = toConfabError(thrown);
    return shown(ctx, error.code === "not_found" ? null : invitation, error);
  }
}

function codeOf({ params }: Ctx): string {
  return inviteCodeIn(params.code ?? "");
}

function shown(
  ctx: Ctx,
  invitation: Invitation | null,
  error: ConfabError | null,
): PageResponse<InvitationData> {
  if (error?.code === "internal") throw error;
  const { caller, services: { instance, workspace } } = ctx.state;
  const reader = caller && { user: caller.user, sessionId: caller.sessionId, instance };
  const data = { code: codeOf(ctx), place: workspace.get("name"), invitation, caller: reader };
  return page({ ...data, error: error?.code }, {
    status: error?.status ?? 200,
    headers: { ...HEADERS, ...(error === null ? {} : retryAfter(error)) },
  });
}
