/** `/settings/email`: the caller's e-mail address. */
import { saveEmail } from "../../lib/http/email_forms.ts";
import { settingsHandlers } from "../../lib/http/settings.ts";
import { define, run } from "../../lib/http/state.ts";
import { EmailPage } from "../../lib/ui/settings/EmailPage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "email",
  read: async (ctx, refused) => ({
    email: await run(ctx, "getEmail", {}),
    typed: refused?.get("address") ?? undefined,
  }),
  submit: saveEmail,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument section="email" state={state}>
    <EmailPage {...data} />
  </SettingsDocument>
));
