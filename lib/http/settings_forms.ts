/** Passes what settings forms ask for to the commands and to auth. It knows no page. */
import { addressNetwork } from "../auth/address.ts";
import { parse } from "../chat/chat.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import { changePassword } from "../protocol/accounts.ts";
import * as input from "../protocol/devices.ts";
import type { Session } from "../protocol/sessions.ts";
import type { Confirmation } from "../ui/settings/sections.ts";
import { callerOf, type Ctx, run } from "./state.ts";

export async function saveProfile(ctx: Ctx, form: URLSearchParams): Promise<Confirmation> {
  await run(ctx, "updateMe", {
    displayName: (form.get("displayName") ?? "").trim(),
    // A box that is not ticked is not sent: only a form that has it says anything of it.
    ...(form.has("asksLocalTime") ? { showLocalTime: form.has("showLocalTime") } : {}),
  });
  return "saved";
}

/** A live choice is sent alone: the other one stays as it is. */
export async function saveAppearance(ctx: Ctx, form: URLSearchParams): Promise<Confirmation> {
  const language = form.get("language");
  const theme = form.get("theme");
  await run(ctx, "updateMe", {
    ...(language === null ? {} : { language: language === "" ? null : language }),
    ...(theme === null ? {} : { theme }),
  });
  return "saved";
}

/** The page has two forms: the password's, and the devices'. */
export async function saveSecurity(ctx: Ctx, form: URLSearchParams): Promise<Confirmation> {
  const { auth } = ctx.state.services;
  const caller = callerOf(ctx);
  const end = form.get("end");
  if (form.get("form") === "devices" && end !== null) return await endSessions(ctx, end);
  if (form.has("seen")) return await seeSignIns(ctx, form);
  const { current, password } = parse(changePassword, {
    // An empty field is missing, not a guess.
    current: form.get("current") || undefined,
    password: form.get("password") || undefined,
  });
  await auth.changePassword(caller, current, password);
  return "password";
}

/** The caller's devices: which of them are news, and which are in the network of this request. */
export async function devicesOf(
  ctx: Ctx,
): Promise<{ sessions: Session[]; news: number[]; near: number[] }> {
  const { auth, devices } = ctx.state.services;
  const caller = callerOf(ctx);
  const here = addressNetwork(ctx.state.address);
  const sessions = await auth.sessions(caller);
  return {
    sessions,
    news: (await devices.signIns.list(caller)).map(({ id }) => id),
    near: sessions.filter(({ address }) => addressNetwork(address) === here).map(({ id }) => id),
  };
}

/** Those that the page showed: another one may have come since. */
async function seeSignIns(ctx: Ctx, form: URLSearchParams): Promise<Confirmation> {
  const shown = (form.get("news") ?? "").split(" ").map(Number);
  const { ids } = parse(input.seeSignIns, { ids: shown });
  await ctx.state.services.devices.signIns.see(callerOf(ctx), ids);
  return "saved";
}

async function endSessions(ctx: Ctx, which: string): Promise<Confirmation> {
  const { auth } = ctx.state.services;
  const caller = callerOf(ctx);
  if (which === "others") {
    const others = (await auth.sessions(caller)).filter(({ current }) => !current);
    await Promise.all(others.map(({ id }) => auth.revokeSession(caller, id).catch(unlessGone)));
    return "devices";
  }
  if (!/^[1-9]\d{0,14}$/.test(which)) throw new ConfabError("bad_request", "No such session.");
  await auth.revokeSession(caller, Number(which)).catch(unlessGone);
  return "device";
}

/**
 * Each room whose choice differs from the page's, one after another: if one is refused, the earlier
 * ones stay saved.
 */
export async function saveNotifications(ctx: Ctx, form: URLSearchParams): Promise<Confirmation> {
  for (const [room, notify] of Object.entries(chosenIn(form))) {
    if (form.get(`was.${room}`) === notify) continue;
    await run(ctx, "updateMembership", { room: Number(room), notify }).catch(unlessGone);
  }
  return "saved";
}

/** What the form says of each room. */
export function chosenIn(form: URLSearchParams): Record<number, string> {
  const chosen: Record<number, string> = {};
  for (const [name, value] of form) {
    const [, room] = /^room\.([1-9]\d{0,14})$/.exec(name) ?? [];
    if (room !== undefined) chosen[Number(room)] = value;
  }
  return chosen;
}

/** A device that has signed out meanwhile, a room that was left: there is nothing to do. */
function unlessGone(error: unknown): void {
  if (!["not_found", "forbidden"].includes(toConfabError(error).code)) throw error;
}
