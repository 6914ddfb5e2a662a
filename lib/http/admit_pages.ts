/** Chat pages wait for their turn (`page_turns.ts`); everything else goes past them. */
import { define } from "./state.ts";

/** Their routes' patterns. */
export const CHAT_PAGES: ReadonlySet<string | null> = new Set([
  "/",
  "/rooms/:id",
  "/rooms/:id/:seq",
]);

/** Nobody reads it: as others note it whose client has closed the connection. */
const GONE = 499;

export const admitPages = define.middleware(async (ctx) => {
  const { caller, services: { pageTurns } } = ctx.state;
  if (caller === null || !CHAT_PAGES.has(ctx.route)) return ctx.next();
  const page = await pageTurns.run(caller.user.id, () => ctx.req.signal, ctx.next);
  return page ?? new Response(null, { status: GONE });
});
