/** The document around a page for staff. */
import type { ComponentChildren } from "preact";
import { ADMIN_STYLES } from "../../lib/http/admin.ts";
import { SETTINGS_ENTRY } from "../../lib/http/settings.ts";
import type { State } from "../../lib/http/state.ts";
import type { AdminSection } from "../../lib/ui/admin/sections.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";

export interface AdminDocumentProps {
  section: AdminSection;
  state: State;
  children: ComponentChildren;
}

export function AdminDocument({ section, state, children }: AdminDocumentProps) {
  const { language, caller, services: { assets } } = state;
  const { admin } = pageWords(language);
  const { script, preload } = assets(SETTINGS_ENTRY);
  return (
    <Document
      language={language}
      theme={caller?.user.theme ?? "system"}
      title={`${admin.sections[section]} · ${admin.title}`}
      stylesheets={assets(ADMIN_STYLES).styles}
      modules={preload}
      scripts={script === null ? [] : [script]}
    >
      {children}
    </Document>
  );
}
