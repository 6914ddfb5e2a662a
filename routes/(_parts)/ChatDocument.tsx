/** The document around the island, for all pages that show the chat. */
import { type PageProps, PiecesContext, renderStill } from "fresh";
import { useContext } from "preact/hooks";
import type { Bootstrap } from "../../lib/client/model.ts";
import StillChat from "../../islands/StillChat.tsx";
import {
  CHAT_LATER_STYLES,
  type ChatData,
  CLIENT_ENTRY,
  FILE_STYLES,
  hasFiles,
  hasFormatted,
  TEXT_STYLES,
  wordsEntry,
} from "../../lib/http/pages.ts";
import type { State } from "../../lib/http/state.ts";
import { Kept, KeptContext, type PieceMarks } from "../../lib/ui/kept/kept.ts";
import { ChatPage } from "../../lib/ui/pages/ChatPage.tsx";
import { dataBlock, dataText } from "../../lib/http/data_block.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { BOOTSTRAP_ID } from "../../lib/ui/pages/island.ts";

/** What is JSON already is put in as it is. */
function dataBlockOf(
  { rooms: _rooms, users: _users, page, ...rest }: Bootstrap,
  texts: Omit<ChatData, "bootstrap">,
  pieces: PieceMarks | null,
): string {
  const read = texts.page && pieces?.mark(texts.page.data);
  const lists = `"rooms":${dataText(texts.rooms)},"users":${dataText(texts.users)}`;
  return `${dataBlock(rest).slice(0, -1)},${lists},"page":${read ?? dataBlock(page)}}`;
}

export function ChatDocument({ data: { bootstrap, ...texts }, state }: PageProps<ChatData, State>) {
  const { assets, keptHtml } = state.services;
  const pieces = useContext(PiecesContext);
  const kept = pieces && new Kept(keptHtml, pieces, renderStill);
  const { script, styles, preload } = assets(CLIENT_ENTRY);
  const words = assets(wordsEntry(bootstrap.me.language ?? bootstrap.language));
  const text = assets(TEXT_STYLES).styles;
  const files = assets(FILE_STYLES).styles;
  const modules = [...preload, words.script ?? "", ...words.preload];
  const hasText = hasFormatted(bootstrap);
  const withFiles = hasFiles(bootstrap);
  return (
    <KeptContext.Provider value={kept}>
      <Document
        language={bootstrap.language}
        theme={bootstrap.me.theme}
        laterStyles={assets(CHAT_LATER_STYLES).styles[0]}
        stylesheets={[...styles, ...hasText ? text : [], ...withFiles ? files : []]}
        textStyles={hasText ? undefined : text[0]}
        fileStyles={withFiles ? undefined : files[0]}
        modules={modules.filter((href) => href !== script)}
        // A list that is read from its end would first stand there with its beginning, and jump.
        // The element itself would not do: Chromium takes it for there once it has begun.
        paintedFrom={BOOTSTRAP_ID}
        scripts={script === null ? [] : [script]}
      >
        <ChatPage bootstrap={bootstrap} data={dataBlockOf(bootstrap, texts, pieces)}>
          <StillChat bootstrap={bootstrap} />
        </ChatPage>
      </Document>
    </KeptContext.Provider>
  );
}
