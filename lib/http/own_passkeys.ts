/** What the passkeys' page of the settings shows, and what its forms do. It knows no page. */
import { parse } from "../chat/chat.ts";
import { ConfabError } from "../errors.ts";
import { mayEndanger } from "../protocol/permissions.ts";
import {
  addPasskey,
  type CreationOptions,
  type OwnedPasskeys,
  renamePasskey,
} from "../protocol/passkeys.ts";
import type { Timestamp } from "../protocol/time.ts";
import { type Confirmation, settingsPath } from "../ui/settings/sections.ts";
import { Once } from "./form_page.ts";
import { jsonIn, passkeySiteOf, requirePasskeySite } from "./passkeys.ts";
import { clientOf } from "./session.ts";
import { callerOf, type Ctx, idInQuery } from "./state.ts";

/** What the page has besides `SettingsProps`; it says what each is. */
interface Own {
  own: OwnedPasskeys;
  options: CreationOptions | null;
  possible: boolean;
  recoveryCodes: number;
  codes: readonly string[] | null;
  now: Timestamp;
}

export async function readPasskeys(ctx: Ctx): Promise<Own> {
  const { auth, now } = ctx.state.services;
  const caller = callerOf(ctx);
  const { own } = await auth.passkeys();
  const site = passkeySiteOf(ctx);
  const isConfirmed = mayEndanger(caller.confirmedAt, now()) === "allowed";
  return {
    own: await own.list(caller),
    options: site !== null && isConfirmed ? await own.optionsToAdd(caller, site) : null,
    possible: site !== null,
    recoveryCodes: (await (await auth.factors()).state(caller)).recoveryCodes,
    codes: null,
    now: now(),
  };
}

export async function savePasskeys(
  ctx: Ctx,
  form: URLSearchParams,
): Promise<Confirmation | Once<Own> | Response> {
  const { auth } = ctx.state.services;
  const caller = callerOf(ctx);
  const client = clientOf(ctx);
  const { own } = await auth.passkeys();
  switch (form.get("act")) {
    case "begin":
      await own.optionsToAdd(caller, requirePasskeySite(ctx)); // asks for a proof where one is due
      return ctx.redirect(`${settingsPath("passkeys", idInQuery(ctx, "room"))}#add`, 303);
    case "add":
      return await add(ctx, form);
    case "rename": {
      const { name } = parse(renamePasskey, { name: form.get("name") ?? "" });
      await own.rename(caller, idIn(form), name);
      return "saved";
    }
    case "remove":
      await own.remove(caller, idIn(form), client);
      return "passkeyRemoved";
    case "after":
      await own.setAfterPassword(caller, form.get("on") === "yes", client);
      return "saved";
    case "codes":
      return new Once<Own>({
        codes: await (await auth.factors()).renewCodes(caller, undefined, client),
      });
    default:
      throw new ConfabError("bad_request", "No such form.");
  }
}

/** With the first second factor come the codes that stand in for it. */
async function add(ctx: Ctx, form: URLSearchParams): Promise<Confirmation | Once<Own>> {
  const { auth } = ctx.state.services;
  const caller = callerOf(ctx);
  const client = clientOf(ctx);
  const { passkey, name } = parse(addPasskey, {
    passkey: jsonIn(form.get("passkey") ?? ""),
    name: form.get("name") ?? "",
  });
  if (passkey === undefined) throw new ConfabError("bad_request", "There is no passkey in it.");
  const { own } = await auth.passkeys();
  await own.add(caller, { passkey, name }, requirePasskeySite(ctx), client);
  const factors = await auth.factors();
  const { afterPassword } = await own.list(caller);
  const { recoveryCodes } = await factors.state(caller);
  if (!afterPassword || recoveryCodes > 0) return "passkeyAdded";
  return new Once<Own>({ codes: await factors.renewCodes(caller, undefined, client) });
}

function idIn(form: URLSearchParams): number {
  const id = form.get("id") ?? "";
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new ConfabError("bad_request", "No such passkey.");
  return Number(id);
}
