/** The document around what a phone shows that signs in by a code. */
import { PLAIN_STYLES } from "../../lib/http/pages.ts";
import { type LinkData, WATCH_ENTRY, WATCH_EVERY } from "../../lib/http/phone_links.ts";
import type { State } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { LinkPage } from "../../lib/ui/pages/LinkPage.tsx";

export function LinkDocument({ data, state }: { data: LinkData; state: State }) {
  const { language, services: { assets } } = state;
  const waits = data.step === "asked" || data.step === "ready";
  const { script, preload } = assets(WATCH_ENTRY);
  return (
    <Document
      language={language}
      theme="system"
      title={pageWords(language).devices.link.title}
      stylesheets={assets(PLAIN_STYLES).styles}
      modules={waits ? preload : []}
      scripts={waits && script !== null ? [script] : []}
      refresh={data.step === "asked" ? WATCH_EVERY : undefined}
      secretAddress
    >
      <LinkPage language={language} {...data} />
    </Document>
  );
}
