/** The message that a message replies to: its author and first line, and a link to it. */
import type { Message } from "../../protocol/messages.ts";
import { Byline } from "../parts/Byline.tsx";
import { Icon } from "../parts/Icon.tsx";
import { SaidInALine } from "../files/SaidInALine.tsx";
import { placePath, useView } from "../view.ts";
import { useTabIndex } from "../text/tab_index.ts";

export interface QuoteProps {
  quoted: Message | undefined;
  onJump: (seq: number) => void;
}

export function Quote({ quoted, onJump }: QuoteProps) {
  const { words, state } = useView();
  const tabIndex = useTabIndex();
  if (!quoted) {
    return (
      <p class="quote">
        <Icon name="reply" />
        {words.message.replyEarlier}
      </p>
    );
  }
  return (
    <a
      class="quote"
      href={placePath({ room: quoted.room, seq: quoted.seq })}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.preventDefault();
        onJump(quoted.seq);
      }}
    >
      <Icon name="reply" />
      <span class="hidden">{words.message.replyTo}</span>
      <Byline users={state.users.value} message={quoted} />
      <span class="quote-text" dir="auto">
        {quoted.deletedAt === null ? <SaidInALine said={quoted} /> : words.message.replyDeleted}
      </span>
    </a>
  );
}
