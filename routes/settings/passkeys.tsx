/** `/settings/passkeys`: one's passkeys. Making one needs a script; all else does not. */
import { readPasskeys, savePasskeys } from "../../lib/http/own_passkeys.ts";
import { PASSKEYS_ENTRY } from "../../lib/http/passkeys.ts";
import { settingsHandlers } from "../../lib/http/settings.ts";
import { define } from "../../lib/http/state.ts";
import { PasskeysPage } from "../../lib/ui/settings/PasskeysPage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "passkeys",
  read: readPasskeys,
  submit: savePasskeys,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="passkeys" state={state} entry={PASSKEYS_ENTRY}>
    <PasskeysPage {...data} />
  </SettingsDocument>
));
