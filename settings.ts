/**
 * The browser's entry for the settings pages. Their forms work without it, and more smoothly with
 * it.
 */
import { forgetUser } from "./lib/client/forget.ts";
import { unsentOf } from "./lib/client/unsent.ts";
import { startCopyButtons } from "./lib/ui/settings/copy_buttons.ts";
import { startPictureForms } from "./lib/ui/avatars/picture_form.ts";
import { LiveForms } from "./lib/ui/settings/live_forms.ts";
import { askToLose, tellUnsent } from "./lib/ui/settings/unsent.ts";

const unsent = (instance: string, userId: number) => unsentOf(globalThis, instance, userId);

new LiveForms({
  document,
  mayForget: async (instance, userId) => askToLose(document, await unsent(instance, userId)),
  forget: (instance, userId) => forgetUser(globalThis, instance, userId),
}).start();

const { user, instance = "" } = document.getElementById("waiting")?.dataset ?? {};
if (user) void unsent(instance, Number(user)).then((found) => tellUnsent(document, found));

startCopyButtons(document);
startPictureForms(document);
