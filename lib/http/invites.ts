/** Invitations as HTTP shows them: with their links. It knows no page. */
import { siteOrigin } from "../auth/origin.ts";
import type { Invite } from "../protocol/invites.ts";
import { originFacts } from "./session.ts";
import type { Ctx } from "./state.ts";

export type InviteWithLink = Invite & { url: string | null };

/** Where the link of an invitation leads, without this site's origin. */
export function joinPath(code: string): string {
  return `/join/${encodeURIComponent(code)}`;
}

/** `url`: for people to follow; a path where this site's origin is not known. */
export function withLink(ctx: Ctx, invite: Invite): InviteWithLink {
  return { ...invite, url: invite.code === null ? null : linkOf(ctx, invite.code) };
}

export function linkOf(ctx: Ctx, code: string): string {
  return (siteOrigin(originFacts(ctx), ctx.state.services.site) ?? "") + joinPath(code);
}
