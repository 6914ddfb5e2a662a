/** `/settings/profile`: the caller's name. */
import { settingsHandlers } from "../../lib/http/settings.ts";
import { saveProfile } from "../../lib/http/settings_forms.ts";
import { define } from "../../lib/http/state.ts";
import { ProfilePage } from "../../lib/ui/settings/ProfilePage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "profile",
  read: (_ctx, refused) => ({ displayName: refused?.get("displayName") ?? undefined }),
  submit: saveProfile,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="profile" state={state}>
    <ProfilePage {...data} />
  </SettingsDocument>
));
