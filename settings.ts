/**
 * The browser's entry for the settings pages. Their forms work without it, and more smoothly with
 * it.
 */
import { forgetUser } from "./lib/client/forget.ts";
import { startCopyButtons } from "./lib/ui/settings/copy_buttons.ts";
import { startPictureForms } from "./lib/ui/avatars/picture_form.ts";
import { LiveForms } from "./lib/ui/settings/live_forms.ts";

new LiveForms({
  document,
  forget: (instance, userId) => forgetUser(globalThis, instance, userId),
}).start();

startCopyButtons(document);
startPictureForms(document);
