/**
 * The place of a message's files, or of what it links to. What shows them is loaded when it is wanted: what the server wrote
 * into the page stays as it is until somebody comes to it, as with formatted text.
 */
import { useState } from "preact/hooks";
import type { Message } from "../../protocol/messages.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { AsWritten } from "../text/AsWritten.tsx";
import { useView } from "../view.ts";
import { loadViews, viewsAtHand } from "./shown.ts";

export interface FilesProps {
  message: Message;
  what?: "files" | "links";
}

export function Files({ message, what = "files" }: FilesProps) {
  const { mounted } = useView();
  const content = JSON.stringify(message[what]);
  // Decided once: only the browser's first render finds what the server wrote.
  const [written] = useState(viewsAtHand() === null && !mounted.peek() ? content : null);
  const anew = <Anew message={message} what={what} />;
  return content === written
    ? (
      <AsWritten
        class={what}
        load={loadViews}
        wanted={what === "files" && message.files.some(({ thumbnail }) => !thumbnail)}
      >
        {anew}
      </AsWritten>
    )
    : <div class={what}>{anew}</div>;
}

function Anew({ message, what }: Required<FilesProps>) {
  const loaded = useAtRest(loadViews, true);
  const views = viewsAtHand() ?? loaded;
  const Shown = what === "files" ? views?.MessageFiles : views?.MessageLinks;
  return Shown ? <Shown message={message} /> : null;
}
