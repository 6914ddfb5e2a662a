/** One message with what goes before it: a day, the "new messages" line, its author. */
import { useComputed } from "@preact/signals";
import type { Message } from "../../protocol/objects.ts";
import type { Standing } from "../../protocol/permissions.ts";
import { formatDay, formatMoment, formatTime } from "../dates.ts";
import { authorName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { useView } from "../view.ts";
import { useActive } from "./active.ts";
import { Files } from "./Files.tsx";
import { MessageText } from "./MessageText.tsx";
import { MessageTools } from "./MessageTools.tsx";
import { Quote } from "./Quote.tsx";
import { Reactions } from "./Reactions.tsx";

export interface MessageItemProps {
  message: Message;
  /** The reader's, in this room. Not the room itself, which changes with each message in it. */
  facts: Standing;
  startsDay: boolean;
  startsRun: boolean;
  startsNew: boolean;
  /** The message it answers, where that is loaded. */
  quoted: Message | undefined;
  onJump: (seq: number) => void;
}

/** Reads signals, and so renders anew only for them and for changed properties. */
export function MessageItem(
  { message, facts, startsDay, startsRun, startsNew, quoted, onJump }: MessageItemProps,
) {
  const { state, words, clock } = useView();
  const active = useActive();
  const withTools = useComputed(() => active.id.value === message.id);
  const name = authorName(state.users.value, message);
  const deleted = message.deletedAt !== null;
  return (
    <li>
      {startsDay && (
        <h2 class="day">
          <span>{formatDay(message.ts, clock.value, words.dates)}</span>
        </h2>
      )}
      {startsNew && <p class="new-line">{words.message.newMessages}</p>}
      <div
        class={messageClass(message, startsRun, state.me.value.id, state.highlightSeq.value)}
        data-seq={message.seq}
        data-message={message.id}
        tabIndex={0}
      >
        <div class="gutter">
          {startsRun
            ? (
              <Avatar
                id={message.userId}
                name={name}
                picture={state.users.value.get(message.userId)?.avatar ?? null}
              />
            )
            : <MessageTime message={message} />}
        </div>
        <div class="message-body">
          {startsRun
            ? (
              <p class="byline">
                <span class="author">{name}</span>
                <MessageTime message={message} />
              </p>
            )
            : <span class="hidden">{name}</span>}
          {message.replyTo !== null && !deleted && <Quote quoted={quoted} onJump={onJump} />}
          {deleted ? <p class="deleted">{words.message.deleted}</p> : (
            <div class="text">
              <MessageText text={message.text} mentions={message.mentions} />
              {message.editedAt !== null && (
                <span
                  class="edited"
                  title={words.message.editedAt(
                    formatMoment(message.editedAt, clock.value, words.dates),
                  )}
                >
                  {` (${words.message.edited})`}
                </span>
              )}
            </div>
          )}
          {message.files.length > 0 && <Files files={message.files} />}
          <Reactions message={message} facts={facts} />
        </div>
        {withTools.value && !deleted && <MessageTools message={message} facts={facts} />}
      </div>
    </li>
  );
}

function messageClass(
  message: Message,
  startsRun: boolean,
  self: number,
  highlight: number | null,
): string {
  let name = startsRun ? "message run" : "message";
  if (message.userId !== self && message.mentions.includes(self)) name += " for-me";
  if (message.seq === highlight) name += " marked";
  return name;
}

function MessageTime({ message }: { message: Message }) {
  const { words, clock } = useView();
  return (
    <PlaceLink
      class="time"
      tabIndex={-1}
      place={{ room: message.room, seq: message.seq }}
      title={formatMoment(message.ts, clock.value, words.dates)}
    >
      <time dateTime={new Date(message.ts).toISOString()}>
        {formatTime(message.ts, clock.value)}
      </time>
    </PlaceLink>
  );
}
