/** The document around the island, for all pages that show the chat. */
import { type PageProps, PiecesContext } from "fresh";
import { useContext } from "preact/hooks";
import StillChat from "../../islands/StillChat.tsx";
import type { Bootstrap } from "../../lib/client/model.ts";
import {
  CHAT_LATER_STYLES,
  CLIENT_ENTRY,
  FILE_STYLES,
  hasFiles,
  hasFormatted,
  TEXT_STYLES,
  wordsEntry,
} from "../../lib/http/pages.ts";
import type { State } from "../../lib/http/state.ts";
import { Kept, KeptContext } from "../../lib/ui/kept/kept.ts";
import { ChatPage } from "../../lib/ui/pages/ChatPage.tsx";
import { Document } from "../../lib/ui/pages/Document.tsx";

export function ChatDocument({ data, state }: PageProps<Bootstrap, State>) {
  const { assets, keptHtml } = state.services;
  const pieces = useContext(PiecesContext);
  const kept = pieces && new Kept(keptHtml, pieces);
  const { script, styles, preload } = assets(CLIENT_ENTRY);
  const words = assets(wordsEntry(data.me.language ?? data.language));
  const text = assets(TEXT_STYLES).styles;
  const files = assets(FILE_STYLES).styles;
  const hasText = hasFormatted(data);
  const withFiles = hasFiles(data);
  return (
    <Document
      language={data.language}
      theme={data.me.theme}
      laterStyles={assets(CHAT_LATER_STYLES).styles[0]}
      stylesheets={[...styles, ...hasText ? text : [], ...withFiles ? files : []]}
      textStyles={hasText ? undefined : text[0]}
      fileStyles={withFiles ? undefined : files[0]}
      modules={[...preload, words.script ?? "", ...words.preload].filter((href) => href !== script)}
      scripts={script === null ? [] : [script]}
    >
      <ChatPage bootstrap={data}>
        <KeptContext.Provider value={kept}>
          <StillChat bootstrap={data} />
        </KeptContext.Provider>
      </ChatPage>
    </Document>
  );
}
