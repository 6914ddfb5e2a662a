/** The document around a page of the settings. */
import type { ComponentChildren } from "preact";
import { SETTINGS_ENTRY, SETTINGS_STYLES } from "../../lib/http/settings.ts";
import type { State } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import type { Section } from "../../lib/ui/settings/sections.ts";

export interface SettingsDocumentProps {
  section: Section;
  state: State;
  /** A script of the page's own. */
  entry?: string;
  /** Without a script it is loaded again after so many seconds. */
  refresh?: number | undefined;
  children: ComponentChildren;
}

export function SettingsDocument(
  { section, state, entry, refresh, children }: SettingsDocumentProps,
) {
  const { language, caller, services: { assets } } = state;
  const { settings } = pageWords(language);
  const scripts = [SETTINGS_ENTRY, ...(entry === undefined ? [] : [entry])].map(assets);
  return (
    <Document
      language={language}
      theme={caller?.user.theme ?? "system"}
      title={`${settings.sections[section]} · ${settings.title}`}
      stylesheets={assets(SETTINGS_STYLES).styles}
      modules={scripts.flatMap(({ preload }) => preload)}
      scripts={scripts.flatMap(({ script }) => script ?? [])}
      refresh={refresh}
    >
      {children}
    </Document>
  );
}
