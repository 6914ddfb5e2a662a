/** What the sign-up page offers: by itself, with an invitation, or nothing. */
import { page, type PageResponse } from "../fresh/mod.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import { inviteCodeIn } from "../protocol/invite_codes.ts";
import type { RefusedField } from "../ui/field_errors.ts";
import { joinPath } from "./invites.ts";
import type { RefusedForm } from "./opening.ts";
import { SECRET_ADDRESS } from "./security.ts";
import { nextPath } from "./session.ts";
import type { Ctx } from "./state.ts";

interface Offer {
  /** Where the form leads once it is accepted. */
  next: string;
  /** Whether an account can be made here. */
  open: boolean;
  /** Nobody has an account here yet: this one becomes the owner. */
  first: boolean;
  /** Whether staff must let people in. */
  ask?: boolean;
  /** Whether an invitation is to be typed. */
  invite?: boolean;
  /** The one that its reader came with. */
  invitation?: { code: string; invitedBy: string; place: string };
  /** They came with one that lets nobody in. */
  gone?: boolean;
}

/** What the page shows besides its language. */
export interface SignupData extends Offer {
  /** What was typed, after a refusal. */
  values?: { username: string; displayName: string; invite: string; note: string };
  error?: ErrorCode;
  errors?: readonly RefusedField[] | undefined;
  /** The form was shown as the first account's, and somebody was faster. */
  late?: boolean;
}

export async function showSignup(ctx: Ctx): Promise<Response | PageResponse<SignupData>> {
  const { searchParams } = ctx.url;
  const next = nextPath(searchParams.get("next"));
  const invite = searchParams.get("invite") ?? "";
  if (ctx.state.caller !== null) {
    return ctx.redirect(invite === "" ? next : joinPath(inviteCodeIn(invite)));
  }
  const offer = await offerOf(ctx, invite, next);
  return page<SignupData>(offer, {
    status: offer.gone ? 404 : 200,
    headers: invite === "" ? {} : SECRET_ADDRESS,
  });
}

/** @param invite the code or link that its reader came with; "" for none */
async function offerOf(ctx: Ctx, invite: string, next: string): Promise<Offer> {
  const { services: { auth, workspace }, address } = ctx.state;
  const first = await auth.isNew();
  const byCode = !first && workspace.get("signup") === "invite";
  const ask = !first && workspace.get("signup") === "ask";
  const open = byCode || ask || await auth.mayOpenAccount();
  const found = invite === "" ? null : await auth.invitations.find(invite, address);
  if (found === null) return { open, first, ask, invite: byCode, gone: invite !== "", next };
  const [room] = found.rooms;
  return {
    open: true,
    first,
    invitation: {
      code: inviteCodeIn(invite),
      invitedBy: found.invitedBy.displayName,
      place: workspace.get("name"),
    },
    next: next === "/" && room !== undefined ? `/rooms/${room.id}` : next,
  };
}

/** Whether the page offered the server's first account, and no other kind. */
export function isFirstOnly(form: URLSearchParams): boolean {
  return form.get("first") !== null;
}

export function signupFields(form: URLSearchParams) {
  const { username, displayName, invite, note } = namesIn(form);
  return {
    username: username.trim(),
    password: form.get("password") ?? "",
    ...(displayName === "" ? {} : { displayName }),
    ...(invite === "" ? {} : { invite }),
    ...(note === "" ? {} : { note }),
  };
}

function namesIn(form: URLSearchParams) {
  return {
    username: form.get("username") ?? "",
    displayName: form.get("displayName")?.trim() ?? "",
    invite: form.get("invite")?.trim() ?? "",
    // Browsers send line breaks as two characters, and count them as one.
    note: form.get("note")?.replaceAll("\r\n", "\n").trim() ?? "",
  };
}

export async function refusedSignup(
  ctx: Ctx,
  { error, form, next }: RefusedForm,
): Promise<SignupData> {
  const values = namesIn(form);
  // Who guessed too often is not asked about again.
  const invite = error.code === "rate_limited" ? "" : values.invite;
  const offer = await offerOf(ctx, invite, next);
  // A code that was typed is mended where it was typed.
  const gone = offer.gone === true && !offer.invite;
  // Somebody else was faster. A person who came to be the owner is asked before becoming a member.
  const late = isFirstOnly(form) && offer.open && !offer.first;
  const { code, errors } = error;
  return { ...offer, gone, values, error: code, errors, late };
}
