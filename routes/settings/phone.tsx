/** `/settings/phone`: a code that signs a phone in. */
import {
  phoneLinkOf,
  savePhoneLink,
  WATCH_ENTRY,
  WATCH_EVERY,
} from "../../lib/http/phone_links.ts";
import { settingsHandlers } from "../../lib/http/settings.ts";
import { define } from "../../lib/http/state.ts";
import { PhonePage, waitsFor } from "../../lib/ui/settings/PhonePage.tsx";
import { SettingsDocument } from "../(_parts)/SettingsDocument.tsx";

export const handler = define.handlers(settingsHandlers({
  section: "phone",
  read: (ctx) => phoneLinkOf(ctx),
  submit: savePhoneLink,
}));

export default define.page<typeof handler>(({ data, state }) => (
  <SettingsDocument
    section="phone"
    state={state}
    entry={WATCH_ENTRY}
    refresh={waitsFor(data.link) === "" || data.link?.state === "asked" ? undefined : WATCH_EVERY}
  >
    <PhonePage {...data} />
  </SettingsDocument>
));
