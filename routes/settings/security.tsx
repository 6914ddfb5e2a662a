/** `/settings/security`: the password, and the devices that are signed in. */
import { settingsHandlers } from "../../lib/http/settings.ts";
import { saveSecurity } from "../../lib/http/settings_forms.ts";
import { callerOf, define } from "../../lib/http/state.ts";
import { SecurityPage } from "../../lib/ui/settings/SecurityPage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "security",
  async read(ctx) {
    const { auth, now } = ctx.state.services;
    return { sessions: await auth.sessions(callerOf(ctx)), now: now() };
  },
  submit: saveSecurity,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="security" state={state}>
    <SecurityPage {...data} />
  </SettingsDocument>
));
