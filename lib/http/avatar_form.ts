/** The form with the reader's picture. What became of it is said by the address that it leads to. */
import { toConfabError } from "../errors.ts";
import { PICTURE } from "../protocol/limits.ts";
import { type Confirmation, settingsPath } from "../ui/settings/sections.ts";
import { readFileForm, textIn } from "./file_form.ts";
import { speaksForOther } from "./session.ts";
import { pictureOf } from "./small_pictures.ts";
import { callerOf, type Ctx, idInQuery, run } from "./state.ts";

export async function saveAvatar(ctx: Ctx): Promise<Response> {
  const caller = callerOf(ctx);
  const done = (notice: Confirmation) =>
    ctx.redirect(settingsPath("profile", idInQuery(ctx, "room"), notice), 303);
  try {
    await run(ctx, "takePicture", {});
    const form = await readFileForm(ctx, PICTURE.taken);
    const claim = { session: textIn(form, "session"), instance: textIn(form, "instance") };
    if (speaksForOther(ctx, caller, claim)) return done("otherSession");
    if (form.has("remove")) await run(ctx, "removeAvatar", {});
    else await run(ctx, "setAvatar", { picture: await pictureOf(ctx, form.get("file")) });
    return done("saved");
  } catch (thrown) {
    const { code } = toConfabError(thrown);
    if (code === "invalid" || code === "too_large") return done("pictureRefused");
    if (code === "rate_limited" || code === "unavailable") return done("pictureLater");
    throw thrown;
  }
}
