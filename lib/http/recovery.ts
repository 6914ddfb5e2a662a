/**
 * "Forgot your password?", and the page of a link that sets a new one. The link's address is a
 * secret: whoever reads it may take the account. So nothing on the page leads elsewhere with it.
 */
import type { SignedIn } from "../auth/auth.ts";
import { parse } from "../chat/chat.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import { askReset, usePasswordReset } from "../protocol/recovery.ts";
import type { RefusedField } from "../ui/field_errors.ts";
import { retryAfter } from "./answer.ts";
import { formOrRefusal } from "./body.ts";
import { toSecondStep } from "./second_step.ts";
import { SECRET_ADDRESS } from "./security.ts";
import { clientOf, ownOrigin, signedIn } from "./session.ts";
import type { Ctx } from "./state.ts";

/** What the page of a link shows besides its language. */
export interface ResetData {
  /** Null where the link works no more. */
  username: string | null;
  error?: ErrorCode;
  errors?: readonly RefusedField[] | undefined;
}

export interface ForgotData {
  /** Whether this server sends mail; otherwise staff help. */
  sendsMail: boolean;
  /** A letter was asked for. Whether one will come is told to nobody. */
  asked: boolean;
  /** As it was typed, after a refusal. */
  name?: string;
  error?: ErrorCode;
  errors?: readonly RefusedField[] | undefined;
}

/** Where a link leads. */
export function resetLink(ctx: Ctx, token: string): string {
  return `${ownOrigin(ctx)}/reset/${token}`;
}

/** Throws `forbidden` where this server sends no mail, and what `Recovery.ask` throws. */
export async function askForLetter(ctx: Ctx, name: string): Promise<void> {
  const { recovery, mail } = ctx.state.services;
  if (mail === null) throw new ConfabError("forbidden", "This server sends no mail.");
  await recovery.ask(name, ctx.state.language, clientOf(ctx));
  mail.wake();
}

export function showForgot(ctx: Ctx): PageResponse<ForgotData> {
  const asked = ctx.url.searchParams.get("sent") !== null;
  return page({ sendsMail: ctx.state.services.mail !== null, asked });
}

export async function submitForgot(ctx: Ctx): Promise<Response | PageResponse<ForgotData>> {
  const { form, refusal } = await formOrRefusal(ctx);
  const name = form.get("name") ?? "";
  try {
    if (refusal !== null) throw refusal;
    // An empty field is missing, and no name.
    await askForLetter(ctx, parse(askReset, { name: name.trim() === "" ? undefined : name }).name);
    return ctx.redirect("/forgot?sent", 303);
  } catch (thrown) {
    const error = toConfabError(thrown);
    const { code, errors, status } = error;
    if (code === "internal") throw thrown;
    const sendsMail = ctx.state.services.mail !== null;
    const data = { sendsMail, asked: false, name, error: code, errors };
    return page<ForgotData>(data, { status, headers: retryAfter(error) });
  }
}

/** As `Recovery.setPassword`; the account's own address is told. */
export async function setPasswordByLink(
  ctx: Ctx,
  input: { token: string; password: string },
): Promise<SignedIn> {
  const { recovery, mail } = ctx.state.services;
  try {
    return await recovery.setPassword(input, clientOf(ctx));
  } finally {
    mail?.wake();
  }
}

/** Looks, and uses nothing: mail programs follow links before their readers do. */
export async function showReset(ctx: Ctx): Promise<PageResponse<ResetData>> {
  const token = ctx.params.token ?? "";
  try {
    const { username } = await ctx.state.services.recovery.ownerOf(token, clientOf(ctx));
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
    username = (await recovery.ownerOf(token, clientOf(ctx))).username;
    if (refusal !== null) throw refusal;
    const password = form.get("password") || undefined; // an empty field is missing
    const input = parse(usePasswordReset, { token, password });
    const session = await setPasswordByLink(ctx, input);
    return signedIn(ctx, ctx.redirect("/", 303), session);
  } catch (thrown) {
    const error = toConfabError(thrown);
    // The password is set; the second factor is asked for on a page of its own.
    return toSecondStep(ctx, error, "/") ?? refused(error, username);
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
