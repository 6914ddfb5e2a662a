/** `/settings/notifications`: what each listed room notifies about. */
import { settingsHandlers } from "../../lib/http/settings.ts";
import { chosenIn, saveNotifications } from "../../lib/http/settings_forms.ts";
import { define, run } from "../../lib/http/state.ts";
import { parseJsonText } from "../../lib/protocol/json_text.ts";
import { NotificationsPage } from "../../lib/ui/settings/NotificationsPage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "notifications",
  async read(ctx, refused) {
    const { rooms, users, hidden } = await run(ctx, "snapshot", {});
    const chosen = refused === null ? undefined : chosenIn(refused);
    const listed = { rooms: parseJsonText(rooms), users: parseJsonText(users) };
    return { ...listed, hidden: hidden.rooms > 0, chosen };
  },
  submit: saveNotifications,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="notifications" state={state}>
    <NotificationsPage {...data} />
  </SettingsDocument>
));
