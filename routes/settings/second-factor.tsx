/** `/settings/second-factor`: the authenticator app and the recovery codes. */
import { readSecondFactor, saveSecondFactor } from "../../lib/http/second_factor.ts";
import { settingsHandlers } from "../../lib/http/settings.ts";
import { define } from "../../lib/http/state.ts";
import { SecondFactorPage } from "../../lib/ui/settings/SecondFactorPage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "second-factor",
  read: readSecondFactor,
  submit: saveSecondFactor,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="second-factor" state={state}>
    <SecondFactorPage {...data} />
  </SettingsDocument>
));
