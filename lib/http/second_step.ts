/**
 * How a browser keeps a sign-in that waits for its second factor: the ticket is in a cookie of five
 * minutes beside the session's, out of reach of scripts, addresses and other sites. It knows no page.
 */
import { type PendingSignIn, TICKET_LIFETIME } from "../auth/signing_in.ts";
import type { ConfabError } from "../errors.ts";
import type { Ctx } from "./state.ts";

/**
 * Where a form leads whose sign-in was refused with `second_factor`, whatever the way: to the second
 * step, and from there to `next`. `null` for other refusals.
 */
export function toSecondStep(ctx: Ctx, error: ConfabError, next: string): Response | null {
  if (error.secondFactor === undefined) return null;
  const { secure, services } = ctx.state;
  const now = services.now();
  const { ticket: token, methods } = error.secondFactor;
  // A passkey needs a page with a script; from there it is one step to a code, and back.
  const isPasskey = methods.includes("passkey") && !methods.includes("totp");
  const query = new URLSearchParams(isPasskey ? { second: "yes" } : {});
  if (next !== "/") query.set("next", next);
  const path = isPasskey ? "/login/passkey" : "/login/second";
  const response = ctx.redirect(query.size === 0 ? path : `${path}?${query}`, 303);
  const expiresAt = now + TICKET_LIFETIME;
  response.headers.append(
    "set-cookie",
    services.ticketCookie.set({ token, expiresAt, now, secure }),
  );
  return response;
}

/** The ticket that this browser has. */
export function waitingTicket({ req, state: { secure, services } }: Ctx): string | null {
  const { own } = services.ticketCookie.read(req.headers.get("cookie"), secure);
  // Of two one was planted, and there is no telling which.
  return own.length === 1 ? own[0]! : null;
}

export async function waitingSignIn(ctx: Ctx): Promise<PendingSignIn | null> {
  const ticket = waitingTicket(ctx);
  return ticket === null ? null : await ctx.state.services.auth.signingIn.pending(ticket);
}

/** Takes the ticket's cookie away. */
export function endSecondStep(ctx: Ctx, response: Response): Response {
  const { secure, services } = ctx.state;
  response.headers.append("set-cookie", services.ticketCookie.clear(secure));
  return response;
}
