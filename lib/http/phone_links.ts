/**
 * The pages and answers about signing in on a phone. The address of a code is a secret until it is
 * used; from then on the phone is known by a cookie that lives as long as it may wait. It knows no
 * route.
 */
import { addressNetwork } from "../auth/address.ts";
import type { ShownLink } from "../auth/phone_links.ts";
import { parse } from "../chat/chat.ts";
import { toConfabError } from "../errors.ts";
import { page, type PageResponse } from "../fresh/mod.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import { decidePhoneLink, type LinkStep, type PhoneLink } from "../protocol/devices.ts";
import { retryAfter } from "./answer.ts";
import { noSuchForm } from "./form_page.ts";
import { drawQr, type QrDrawing } from "./qr.ts";
import { SECRET_ADDRESS } from "./security.ts";
import { clientOf, ownOrigin, signedIn } from "./session.ts";
import { settingsPath } from "../ui/settings/sections.ts";
import { callerOf, type Ctx, idInQuery } from "./state.ts";

/** The script of pages that wait for another device. */
export const WATCH_ENTRY = "watch.ts";
/** Seconds after which such a page is loaded again where there is no script. */
export const WATCH_EVERY = 4;

/** With where the code leads. */
export function withAddress(ctx: Ctx, { code, ...link }: ShownLink): PhoneLink {
  return { ...link, url: code === null ? null : `${ownOrigin(ctx)}/link/${code}` };
}

/** What the device that shows the code shows. */
export async function phoneLinkOf(
  ctx: Ctx,
): Promise<{ link: PhoneLink | null; qr: QrDrawing | null; sameNetwork: boolean }> {
  const shown = await ctx.state.services.devices.phoneLinks.shown(callerOf(ctx));
  if (shown === null) return { link: null, qr: null, sameNetwork: false };
  const link = withAddress(ctx, shown);
  const { url, address } = link;
  return {
    link,
    qr: url === null ? null : await drawQr(url),
    sameNetwork: address !== null &&
      addressNetwork(address) === addressNetwork(ctx.state.address),
  };
}

/** The forms of that page: show a code, let the phone in or not. The page says what came of it. */
export async function savePhoneLink(ctx: Ctx, form: URLSearchParams): Promise<Response> {
  const { phoneLinks } = ctx.state.services.devices;
  const caller = callerOf(ctx);
  const done = ctx.redirect(settingsPath("phone", idInQuery(ctx, "room")), 303);
  const named = form.get("form");
  if (named === "show") {
    await phoneLinks.make(caller);
    return done;
  }
  if (named !== "decide") throw noSuchForm();
  const { id, allow } = parse(decidePhoneLink, {
    id: Number(form.get("id")),
    allow: form.get("allow") === "yes",
  });
  await phoneLinks.decide(caller, id, allow).catch(unlessGone);
  return done;
}

/** What the phone shows. */
export type LinkData = LinkStep & { error?: ErrorCode };

/** Looks, and uses nothing: programs that show what is behind a link open it before its reader does. */
export async function showCode(ctx: Ctx): Promise<PageResponse<LinkData>> {
  try {
    const user = await ctx.state.services.devices.phoneLinks.offered(codeOf(ctx), clientOf(ctx));
    return step(mayTake(ctx, user.id) ?? { step: "offered", user });
  } catch (thrown) {
    return refused(thrown);
  }
}

/** Takes the code for this browser. */
export async function takeCode(ctx: Ctx): Promise<Response | PageResponse<LinkData>> {
  const { phoneLinks } = ctx.state.services.devices;
  try {
    const user = await phoneLinks.offered(codeOf(ctx), clientOf(ctx));
    const other = mayTake(ctx, user.id);
    if (other !== null) return step(other);
    const { ticket } = await phoneLinks.claim(codeOf(ctx), clientOf(ctx));
    const response = ctx.redirect("/link", 303);
    response.headers.append("set-cookie", ticketCookie(ctx, ticket, TICKET_SECONDS));
    return response;
  } catch (thrown) {
    return refused(thrown);
  }
}

/**
 * A browser that is signed in keeps its account: a link that somebody sends must not make it
 * another's, who would then read what is written there.
 */
function mayTake(ctx: Ctx, userId: number): LinkStep | null {
  const { caller } = ctx.state;
  if (caller === null) return null;
  return { step: "signedIn", username: caller.user.username, same: caller.user.id === userId };
}

/** What has become of the code that this browser has taken. */
export async function showWait(ctx: Ctx): Promise<Response | PageResponse<LinkData>> {
  if (ctx.state.caller !== null) return ctx.redirect("/", 303);
  const ticket = ticketOf(ctx);
  const claimed = ticket === null
    ? null
    : await ctx.state.services.devices.phoneLinks.claimed(ticket);
  if (claimed?.state === "asked") return step({ step: "asked", check: claimed.check });
  if (claimed?.state === "allowed") return step({ step: "ready" });
  return claimed?.state === "refused"
    ? step({ step: "refused" }, 403)
    : step({ step: "gone" }, 404);
}

/** Opens the session, if it was confirmed. */
export async function openClaimed(ctx: Ctx): Promise<Response | PageResponse<LinkData>> {
  const ticket = ticketOf(ctx);
  if (ctx.state.caller !== null) return ctx.redirect("/", 303);
  if (ticket === null) return step({ step: "gone" }, 404);
  try {
    const session = await ctx.state.services.devices.phoneLinks.open(ticket, clientOf(ctx));
    if (session === null) return ctx.redirect("/link", 303);
    const response = signedIn(ctx, ctx.redirect("/", 303), session);
    response.headers.append("set-cookie", ticketCookie(ctx, "", 0));
    return response;
  } catch (thrown) {
    return refused(thrown);
  }
}

function step(data: LinkData, status = 200, headers: HeadersInit = {}): PageResponse<LinkData> {
  return page(data, { status, headers: { ...SECRET_ADDRESS, ...headers } });
}

function refused(thrown: unknown): PageResponse<LinkData> {
  const error = toConfabError(thrown);
  if (error.code === "internal") throw thrown;
  if (error.code === "not_found") return step({ step: "gone" }, 404);
  const data: LinkData = error.code === "forbidden"
    ? { step: "refused" }
    : { step: "gone", error: error.code };
  return step(data, error.status, retryAfter(error));
}

function codeOf(ctx: Ctx): string {
  return (ctx.params.code ?? "").slice(0, 100);
}

/** A session that is gone, a code that was replaced: the page shows what there is. */
function unlessGone(error: unknown): void {
  if (toConfabError(error).code !== "not_found") throw error;
}

const TICKET = "confab_phone";
/** As long as it may take to confirm, and to pick the session up. */
const TICKET_SECONDS = 240;

/** Only sent to `/link`, and only by this site's own pages. */
function ticketCookie({ state: { secure } }: Ctx, ticket: string, seconds: number): string {
  return `${TICKET}=${ticket}; Path=/link; Max-Age=${seconds}; HttpOnly; SameSite=Strict` +
    (secure ? "; Secure" : "");
}

/**
 * Of two one was planted, by a neighbour of this host, to sign the phone in as somebody else; there is
 * no telling which.
 */
function ticketOf(ctx: Ctx): string | null {
  const cookies = ctx.req.headers.get("cookie") ?? "";
  const found = [...cookies.matchAll(/(?:^|;\s*)confab_phone=([^;\s]*)/g)];
  const ticket = found.length === 1 ? found[0]![1]! : "";
  return /^[\w-]{43}$/.test(ticket) ? ticket : null;
}
