/** `/settings/connections`: the accounts elsewhere by which one signs in here. */
import { readConnections, saveConnections } from "../../lib/http/connections.ts";
import { settingsHandlers } from "../../lib/http/settings.ts";
import { define } from "../../lib/http/state.ts";
import { ConnectionsPage } from "../../lib/ui/settings/ConnectionsPage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "connections",
  read: readConnections,
  submit: saveConnections,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="connections" state={state}>
    <ConnectionsPage {...data} />
  </SettingsDocument>
));
