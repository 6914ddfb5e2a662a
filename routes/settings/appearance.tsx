/** `/settings/appearance`: language and theme. */
import { settingsHandlers } from "../../lib/http/settings.ts";
import { saveAppearance } from "../../lib/http/settings_forms.ts";
import { define } from "../../lib/http/state.ts";
import { AppearancePage } from "../../lib/ui/settings/AppearancePage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "appearance",
  read: () => ({}),
  submit: saveAppearance,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="appearance" state={state}>
    <AppearancePage {...data} />
  </SettingsDocument>
));
