/** Chat pages wait for their turn (`page_turns.ts`); everything else goes past them. */
import type { Caller } from "../auth/auth.ts";
import { findCaller } from "./identify.ts";
import { type Ctx, define } from "./state.ts";

/** Their routes' patterns. */
export const CHAT_PAGES: ReadonlySet<string | null> = new Set([
  "/",
  "/rooms/:id",
  "/rooms/:id/:seq",
]);

/** Nobody reads it: as others note it whose client has closed the connection. */
const GONE = 499;

export const admitPages = define.middleware((ctx) => {
  const { caller } = ctx.state;
  return caller === null || !CHAT_PAGES.has(ctx.route) ? ctx.next() : inTurn(ctx, caller);
});

async function inTurn(ctx: Ctx, { user }: Caller): Promise<Response> {
  const { pageTurns } = ctx.state.services;
  const make = (hasWaited: boolean) => hasWaited ? afterWaiting(ctx) : ctx.next();
  const page = await pageTurns.run(user.id, () => ctx.req.signal, make);
  return page ?? new Response(null, { status: GONE });
}

/** Seconds may have passed: the session may be over, and the caller another than they were. */
async function afterWaiting(ctx: Ctx): Promise<Response> {
  const { elsewhere } = await findCaller(ctx);
  return elsewhere ?? await ctx.next();
}
