/** The document of a room, for its page and its permalinks. */
import type { PageProps } from "fresh";
import { PLAIN_STYLES, type RoomPage } from "../../lib/http/pages.ts";
import type { State } from "../../lib/http/state.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { JoinPage } from "../../lib/ui/pages/JoinPage.tsx";
import { ChatDocument } from "./ChatDocument.tsx";

export function RoomDocument({ data, ...props }: PageProps<RoomPage, State>) {
  if (data.toJoin === null) return <ChatDocument {...props} data={data.bootstrap} />;
  const { language, caller, services } = props.state;
  return (
    <Document
      language={language}
      theme={caller?.user.theme ?? "system"}
      title={data.toJoin.name ?? undefined}
      stylesheets={services.assets(PLAIN_STYLES).styles}
    >
      <JoinPage language={language} room={data.toJoin} sessionId={data.sessionId} />
    </Document>
  );
}
