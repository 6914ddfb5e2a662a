/**
 * The place of a message's files, and of what it links to. What shows them is loaded when it is wanted: what the server wrote
 * into the page stays as it is until somebody comes to it, as with formatted text.
 */
import { useState } from "preact/hooks";
import type { Message } from "../../protocol/messages.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { AsWritten } from "../text/AsWritten.tsx";
import { useView } from "../view.ts";
import { loadViews, viewsAtHand } from "./shown.ts";

export function Files({ message }: { message: Message }) {
  const { mounted } = useView();
  const content = JSON.stringify([message.files, message.links]);
  // Decided once: only the browser's first render finds what the server wrote.
  const [written] = useState(viewsAtHand() === null && !mounted.peek() ? content : null);
  const anew = <Anew message={message} />;
  return content === written
    ? (
      <AsWritten
        class="files"
        load={loadViews}
        wanted={message.files.some(({ thumbnail }) => !thumbnail)}
      >
        {anew}
      </AsWritten>
    )
    : <div class="files">{anew}</div>;
}

function Anew({ message }: { message: Message }) {
  const loaded = useAtRest(loadViews, true);
  const views = viewsAtHand() ?? loaded;
  return views && <views.MessageFiles message={message} />;
}
