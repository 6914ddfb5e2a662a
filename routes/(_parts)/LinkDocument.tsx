/** The document around what a phone shows that signs in by a code. */
import { type LinkData, WATCH_ENTRY, WATCH_EVERY } from "../../lib/http/phone_links.ts";
import type { State } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { LinkPage } from "../../lib/ui/pages/LinkPage.tsx";
import { PlainDocument } from "./PlainDocument.tsx";

export function LinkDocument({ data, state }: { data: LinkData; state: State }) {
  const waits = data.step === "asked" || data.step === "ready";
  return (
    <PlainDocument
      state={state}
      title={pageWords(state.language).devices.link.title}
      entry={waits ? WATCH_ENTRY : undefined}
      refresh={data.step === "asked" ? WATCH_EVERY : undefined}
      secretAddress
    >
      <LinkPage language={state.language} {...data} />
    </PlainDocument>
  );
}
