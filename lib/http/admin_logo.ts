/** The form with a picture on the page of the settings. What became of it is said by the address. */
import { toConfabError } from "../errors.ts";
import { type AdminNotice, adminPath } from "../ui/admin/sections.ts";
import { readFileForm, textIn } from "./file_form.ts";
import { noSuchForm } from "./form_page.ts";
import { LOGO } from "../protocol/limits.ts";
import { keepLogo } from "./logo.ts";
import { speaksForOther } from "./session.ts";
import { callerOf, type Ctx, idInQuery, run } from "./state.ts";

export async function saveLogo(ctx: Ctx): Promise<Response> {
  const caller = callerOf(ctx);
  const done = (notice: AdminNotice) =>
    ctx.redirect(adminPath("settings", idInQuery(ctx, "room"), { notice }), 303);
  try {
    const form = await readFileForm(ctx, LOGO.bytes);
    const text = (name: string) => textIn(form, name);
    const claim = { session: text("session"), instance: text("instance") };
    if (speaksForOther(ctx, caller, claim)) return done("otherSession");
    const file = form.get("logo");
    if (text("remove") !== null) await run(ctx, "updateWorkspace", { logo: null });
    else if (file instanceof File) await keepLogo(ctx, new Uint8Array(await file.arrayBuffer()));
    else throw noSuchForm();
    return done("saved");
  } catch (thrown) {
    const { code } = toConfabError(thrown);
    if (code === "invalid" || code === "too_large") return done("logoRefused");
    throw thrown;
  }
}
