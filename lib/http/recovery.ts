/**
 * The page of a link that sets a new password. Its address is a secret: whoever reads it may take
 * the account. So nothing on the page leads elsewhere with it.
 */
import { siteOrigin } from "../auth/origin.ts";
import { parse } from "../chat/chat.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import { usePasswordReset } from "../protocol/recovery.ts";
import type { RefusedField } from "../ui/field_errors.ts";
import { retryAfter } from "./answer.ts";
import { formOrRefusal } from "./body.ts";
import { SECRET_ADDRESS } from "./security.ts";
import { clientOf, originFacts, signedIn } from "./session.ts";
import type { Ctx } from "./state.ts";

/** What the page shows besides its language. */
export interface ResetData {
  /** Null where the link works no more. */
  username: string | null;
  error?: ErrorCode;
  errors?: readonly RefusedField[] | undefined;
}

/** Where a link leads. */
export function resetLink(ctx: Ctx, token: string): string {
  const origin = siteOrigin(originFacts(ctx), ctx.state.services.site);
  if (origin === null) throw new ConfabError("bad_request", "The Host header is not a host.");
  return `${origin}/reset/${token}`;
}

/** Looks, and uses nothing: mail programs follow links before their readers do. */
export async function showReset(ctx: Ctx): Promise<PageResponse<ResetData>> {
  const token = ctx.params.token ?? "";
  try {
    const { username } = await ctx.state.services.recovery.ownerOf(token);
    return page({ username }, { headers: SECRET_ADDRESS });
  } catch (thrown) {
    return refused(toConfabError(thrown), null);
  }
}

export async function submitReset(ctx: Ctx): Promise<Response | PageResponse<ResetData>> {
  const { recovery } = ctx.state.services;
  const token = ctx.params.token ?? "";
  const { form, refusal } = await formOrRefusal(ctx);
  let username: string | null = null;
  try {
    username = (await recovery.ownerOf(token)).username;
    if (refusal !== null) throw refusal;
    const password = form.get("password") || undefined; // an empty field is missing
    const input = parse(usePasswordReset, { token, password });
    const session = await recovery.setPassword(input, clientOf(ctx));
    return signedIn(ctx, ctx.redirect("/", 303), session);
  } catch (thrown) {
    return refused(toConfabError(thrown), username);
  }
}

function refused(error: ConfabError, username: string | null): PageResponse<ResetData> {
  const { code, errors, status } = error;
  if (code === "internal") throw error;
  return page({ username, error: code, errors }, {
    status,
    headers: { ...SECRET_ADDRESS, ...retryAfter(error) },
  });
}
