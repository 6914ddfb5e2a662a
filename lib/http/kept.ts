/**
 * What a browser keeps for a few minutes besides its session: sealed, in cookies whose names begin
 * with the instance's own. It knows no door.
 */
import type { Ctx } from "./state.ts";

/** Begun and not finished: more than these are forgotten, the cookie header has an end. */
const MOST_KEPT = 4;

/** @param name letters and digits; `until`: milliseconds since the epoch */
export function keep(
  ctx: Ctx,
  response: Response,
  { name, value, until }: { name: string; value: string; until: number },
): void {
  const { secure, services: { cookie, now } } = ctx.state;
  const seconds = Math.max(0, Math.floor((until - now()) / 1000));
  response.headers.append("set-cookie", cookie.keep(name, value, seconds, secure));
}

export function keptIn(ctx: Ctx, name: string): string | null {
  const { secure, services: { cookie } } = ctx.state;
  return cookie.kept(ctx.req.headers.get("cookie"), secure).get(name) ?? null;
}

export function forget(ctx: Ctx, response: Response, name: string): void {
  if (keptIn(ctx, name) !== null) keep(ctx, response, { name, value: "", until: 0 });
}

/** Makes room for another one whose name begins like this. */
export function forgetSurplus(ctx: Ctx, response: Response, beginning: string): void {
  const { secure, services: { cookie } } = ctx.state;
  const names = [...cookie.kept(ctx.req.headers.get("cookie"), secure).keys()]
    .filter((name) => name.startsWith(beginning));
  for (const name of names.slice(0, Math.max(0, names.length + 1 - MOST_KEPT))) {
    keep(ctx, response, { name, value: "", until: 0 });
  }
}
