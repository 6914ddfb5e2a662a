/**
 * A message's text. One without markup is shown by what is at hand. What shows markup is loaded
 * when it is wanted, and until it is there the text is shown as it was written; what the server
 * wrote into the page stays as it is.
 */
import { useState } from "preact/hooks";
import { hasMarkup } from "../../protocol/markup.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { useView } from "../view.ts";
import { formattingAtHand, loadFormatting } from "./at_hand.ts";
import type { MessageTextProps } from "./message_text.ts";
import { mentionIndex, plainPieces } from "./pieces.ts";
import { Pieces } from "./Pieces.tsx";
import { AsWritten } from "./AsWritten.tsx";

/** Code whose language is told gets its colours. */
const COLOURED = /^ *[`~]{3,} *\w/m;

export function MessageText(props: MessageTextProps) {
  return hasMarkup(props.text) ? <WithMarkup {...props} /> : <Plain {...props} />;
}

function WithMarkup(props: MessageTextProps) {
  const { mounted } = useView();
  const content = [props.text, props.group, ...props.mentions].join();
  // Decided once: only the browser's first render finds what the server wrote.
  const [written] = useState(formattingAtHand() === null && !mounted.peek() ? content : null);
  const anew = <Anew {...props} />;
  return content === written
    ? (
      <AsWritten class="formatted" load={loadFormatting} wanted={COLOURED.test(props.text)}>
        {anew}
      </AsWritten>
    )
    : <div class="formatted">{anew}</div>;
}

function Anew(props: MessageTextProps) {
  const loaded = useAtRest(loadFormatting, true);
  const formatting = formattingAtHand() ?? loaded;
  return formatting === null ? <Plain {...props} /> : <formatting.Formatted {...props} />;
}

function Plain({ text, mentions, group }: MessageTextProps) {
  const users = useView().state.users.value;
  const index = mentionIndex(mentions, (id) => users.get(id)?.username, group);
  return <Pieces pieces={plainPieces(text, index)} />;
}
