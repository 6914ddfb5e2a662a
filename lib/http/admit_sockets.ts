/**
 * Who asks for a socket waits for a turn (`socket_turns.ts`) before anybody asks who it is: so
 * whoever was signed out meanwhile is refused as ever. Everything else goes past.
 */
import { type Ctx, define } from "./state.ts";

/** Its route's pattern. */
export const SOCKET = "/chat";

export const admitSockets = define.middleware((ctx) => {
  if (ctx.route !== SOCKET) return ctx.next();
  const turn = ctx.state.services.socketTurns.take();
  return turn === null ? ctx.next() : inTurn(ctx, turn);
});

async function inTurn(ctx: Ctx, turn: Promise<void>): Promise<Response> {
  await turn;
  return await ctx.next();
}
