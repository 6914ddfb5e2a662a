/** `/settings/security`: the password, and the devices that are signed in. */
import { settingsHandlers } from "../../lib/http/settings.ts";
import { devicesOf, saveSecurity } from "../../lib/http/settings_forms.ts";
import { define } from "../../lib/http/state.ts";
import { SecurityPage } from "../../lib/ui/settings/SecurityPage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "security",
  async read(ctx) {
    return { ...await devicesOf(ctx), now: ctx.state.services.now() };
  },
  submit: saveSecurity,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="security" state={state}>
    <SecurityPage {...data} />
  </SettingsDocument>
));
