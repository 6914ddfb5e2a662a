/**
 * How a page asks its reader to show once more who they are, and goes on with what they were about to
 * do, without a script. A form whose act is refused for that reason is sent on by the browser, as it
 * is, to `/confirm` (307); there it is asked for a proof, with the form's fields kept beside it; and
 * with the proof it is sent back to where it was going. So no route and no page of such an act needs
 * to know of this. It knows no act.
 */
import { parse } from "../chat/chat.ts";
import { ConfabError } from "../errors.ts";
import { confirm, CONFIRM_METHODS, type ConfirmMethod } from "../protocol/confirming.ts";
import { jsonIn, passkeySiteOf } from "./passkeys.ts";
import { clientOf, nextPath } from "./session.ts";
import { callerOf, type Ctx } from "./state.ts";

/** The page's own fields, beside those of the form that waits. */
const FIELD = { password: "confirm.password", code: "confirm.code", passkey: "confirm.passkey" };

/** Leads the browser to the page that asks. A form goes along. */
export function askToConfirm(ctx: Ctx): Response {
  const { pathname, search } = ctx.url;
  const here = encodeURIComponent(pathname + search);
  return ctx.req.method === "GET" || ctx.req.method === "HEAD"
    ? ctx.redirect(`/confirm?next=${here}`)
    : ctx.redirect(`/confirm?act=${here}`, 307);
}

/** Where a form was going. Only from a form of ours: a foreign link must not name an act. */
export function actOf(ctx: Ctx): string | null {
  const act = ctx.url.searchParams.get("act");
  return ctx.req.method !== "POST" || act === null ? null : nextPath(act);
}

/** The form that waits, field by field. */
export function waitingFields(form: URLSearchParams): [string, string][] {
  return [...form].filter(([name]) => !name.startsWith("confirm."));
}

/** Whether the page itself was sent, and not yet the form that waits. */
export function isAnswer(form: URLSearchParams): boolean {
  return Object.values(FIELD).some((name) => form.has(name));
}

/** Checks the proof in the page's form. Throws why it is refused. */
export async function confirmByForm(ctx: Ctx, form: URLSearchParams): Promise<void> {
  const proof: Record<string, unknown> = {};
  for (const method of CONFIRM_METHODS) {
    const given = form.get(FIELD[method]);
    if (given === "") throw missing(method); // not a guess
    if (given !== null) proof[method] = method === "passkey" ? jsonIn(given) : given;
  }
  await confirmByProof(ctx, proof);
}

/** Checks a proof, and notes it in the session. */
export async function confirmByProof(ctx: Ctx, proof: unknown): Promise<void> {
  const where = { client: clientOf(ctx), site: passkeySiteOf(ctx) };
  const { confirming } = ctx.state.services.auth;
  await confirming.confirm(callerOf(ctx), parse(confirm, proof), where);
}

function missing(path: ConfirmMethod): ConfabError {
  const message = "must not be empty";
  return new ConfabError("invalid", message, { errors: [{ path, message, reason: "missing" }] });
}
