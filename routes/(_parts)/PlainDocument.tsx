/** The document around a page of the doors: plain, in the theme of whoever is signed in. */
import type { ComponentChildren } from "preact";
import { PLAIN_STYLES } from "../../lib/http/pages.ts";
import type { State } from "../../lib/http/state.ts";
import { Document, type DocumentProps } from "../../lib/ui/pages/Document.tsx";

export interface PlainDocumentProps
  extends Pick<DocumentProps, "title" | "secretAddress" | "refresh"> {
  state: State;
  /** The entry of the page's script in the browser build; most have none. */
  entry?: string | undefined;
  children: ComponentChildren;
}

export function PlainDocument({ state, entry, children, ...page }: PlainDocumentProps) {
  const { language, caller, services: { assets } } = state;
  const { script, preload } = entry === undefined ? NO_SCRIPT : assets(entry);
  return (
    <Document
      {...page}
      language={language}
      theme={caller?.user.theme ?? "system"}
      stylesheets={assets(PLAIN_STYLES).styles}
      modules={preload}
      scripts={script === null ? [] : [script]}
    >
      {children}
    </Document>
  );
}

const NO_SCRIPT = { script: null, preload: [] };
