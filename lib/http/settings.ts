/**
 * How a settings page works: as a page with forms (`form_page.ts`), at the address of its section.
 * It knows no setting.
 */
import {
  type Confirmation,
  CONFIRMATIONS,
  type Section,
  settingsPath,
} from "../ui/settings/sections.ts";
import { formHandlers, type FormPage } from "./form_page.ts";
import { idInQuery } from "./state.ts";

/** The script and the styles of these pages, in the browser build. */
export const SETTINGS_ENTRY = "settings.ts";
export const SETTINGS_STYLES = "lib/ui/styles/settings.css";

/** What a section has besides `SettingsProps`. */
export interface SettingsSection<Own> extends Pick<FormPage<Own, Confirmation>, "read" | "submit"> {
  section: Section;
}

/** The handlers of a section's route. */
export function settingsHandlers<Own>({ section, ...of }: SettingsSection<Own>) {
  return formHandlers<Own, Confirmation>({
    ...of,
    notices: CONFIRMATIONS,
    path: (ctx, notice) => settingsPath(section, idInQuery(ctx, "room"), notice),
  });
}
