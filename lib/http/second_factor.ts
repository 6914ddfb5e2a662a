/** What the second factor's page of the settings shows, and what its forms do. It knows no page. */
import { type Confirmation, settingsPath } from "../ui/settings/sections.ts";
import { ConfabError } from "../errors.ts";
import type { FactorState, TotpSecret } from "../protocol/second_factor.ts";
import { Once } from "./form_page.ts";
import { drawQr, type QrDrawing } from "./qr.ts";
import { clientOf } from "./session.ts";
import { callerOf, type Ctx, idInQuery } from "./state.ts";

/** What the page has besides `SettingsProps`; it says what each is. */
interface Own {
  state: FactorState;
  waiting: (TotpSecret & QrDrawing) | null;
  codes: readonly string[] | null;
  required: "staff" | "all" | null;
  lacking: boolean;
}

export async function readSecondFactor(ctx: Ctx): Promise<Own> {
  const caller = callerOf(ctx);
  const factors = await ctx.state.services.auth.factors();
  const waiting = await factors.waitingTotp(caller);
  return {
    state: await factors.state(caller),
    waiting: waiting && { ...waiting, ...await drawQr(waiting.uri) },
    codes: null,
    required: requiredOf(ctx),
    lacking: caller.lacksFactor ?? false,
  };
}

function requiredOf(ctx: Ctx): Own["required"] {
  const { auth, workspace } = ctx.state.services;
  const required = workspace.get("secondFactor");
  if (required === "optional") return null;
  return auth.requiredFactor.isRequiredOf(callerOf(ctx).user.role) ? required : null;
}

/** Each form asks for a session that has shown lately whose it is; the page that asks leads back. */
export async function saveSecondFactor(
  ctx: Ctx,
  form: URLSearchParams,
): Promise<Confirmation | Once<Own> | Response> {
  const caller = callerOf(ctx);
  const client = clientOf(ctx);
  const factors = await ctx.state.services.auth.factors();
  switch (form.get("form")) {
    case "begin":
      await factors.beginTotp(caller, "confirmed");
      return again(ctx);
    case "confirm": {
      if (form.get("cancel") !== null) {
        await factors.cancelTotp(caller);
        return again(ctx);
      }
      const codes = await factors.confirmTotp(caller, codeIn(form), client);
      return codes.length === 0 ? "secondOn" : new Once<Own>({ codes });
    }
    case "codes":
      return new Once<Own>({ codes: await factors.renewCodes(caller, undefined, client) });
    case "remove":
      await factors.removeTotp(caller, undefined, client);
      return "secondOff";
    default:
      throw new ConfabError("bad_request", "No such form.");
  }
}

function again(ctx: Ctx): Response {
  return ctx.redirect(settingsPath("second-factor", idInQuery(ctx, "room")), 303);
}

/** An empty field is missing, not a guess. */
function codeIn(form: URLSearchParams): string {
  const code = form.get("code")?.trim() ?? "";
  if (code !== "") return code;
  const message = "must not be empty";
  throw new ConfabError("invalid", message, {
    errors: [{ path: "code", message, reason: "missing" }],
  });
}
