/**
 * What is open to somebody who lacks the second factor that the host requires: setting one up,
 * logging out, and what strangers see as well. All else leads there, or is refused.
 */
import { factorFirst } from "../errors.ts";
import { settingsPath } from "../ui/settings/sections.ts";
import type { Ctx } from "./state.ts";

/** Pages and requests, each with all below it. */
const OPEN = [
  "/api/docs",
  "/api/login",
  "/api/logout",
  "/api/me/confirm",
  "/api/me/passkeys",
  "/api/me/recovery-codes",
  "/api/me/totp",
  "/api/openapi.json",
  "/api/workspace",
  "/confirm",
  "/healthz",
  "/login",
  "/manifest.webmanifest",
  "/metrics",
  "/readyz",
  "/reset",
  "/settings/passkeys",
  "/settings/second-factor",
  "/workspace",
];

/** Where the browser is led instead; `null` where it may go on. Throws for programs. */
export function beforeFactor(ctx: Ctx): Response | null {
  const { method, headers } = ctx.req;
  const { pathname } = ctx.url;
  const isOpen = OPEN.some((open) => pathname === open || pathname.startsWith(`${open}/`)) ||
    (pathname === "/api/me" && method === "GET");
  if (isOpen) return null;
  const isPage = method === "GET" && !pathname.startsWith("/api/") &&
    (headers.get("accept") ?? "").includes("text/html");
  if (isPage) return ctx.redirect(settingsPath("second-factor", null), 303);
  throw factorFirst();
}
