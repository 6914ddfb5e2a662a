/** One message with what goes before it: a day, the "new messages" line, its author. */
import { useComputed } from "@preact/signals";
import { concerns } from "../../protocol/group_mentions.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Standing } from "../../protocol/permissions.ts";
import { formatDay, formatHour, formatMoment, formatTime } from "../dates.ts";
import { authorName } from "../names.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { Byline } from "../parts/Byline.tsx";
import { Name } from "../parts/Name.tsx";
import { PersonLink } from "../parts/PersonLink.tsx";
import { StatusMark } from "../parts/StatusMark.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { useView } from "../view.ts";
import { InMessage } from "../text/tab_index.ts";
import { useActive } from "./active.ts";
import { AuthorPicture } from "./AuthorPicture.tsx";
import { EditedMark } from "./EditedMark.tsx";
import { Files } from "../files/Files.tsx";
import { loadRest } from "./load_rest.ts";
import { Reactions } from "./Reactions.tsx";
import { SavedMark } from "./SavedMark.tsx";
import { TextBlock } from "./TextBlock.tsx";
import { ReplyLine, ThreadLine } from "./ThreadLine.tsx";

export interface MessageItemProps {
  message: Message;
  /** The reader's, in this room. Not the room itself, which changes with each message in it. */
  facts: Standing;
  startsDay: boolean;
  startsRun: boolean;
  startsNew: boolean;
  /** Tab comes to this message of the list. */
  tabStop: boolean;
  /** The message it answers, where that is loaded. */
  quoted: Message | undefined;
  onJump: (seq: number) => void;
}

/** Reads signals, and so renders anew only for them and for changed properties. */
export function MessageItem(
  { message, facts, startsDay, startsRun, startsNew, tabStop, quoted, onJump }: MessageItemProps,
) {
  const { state, words, clock, thread } = useView();
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
        tabIndex={tabStop ? 0 : -1}
      >
        <InMessage.Provider value={tabStop ? 0 : -1}>
          <div class="gutter">
            {startsRun
              ? <AuthorPicture message={message} />
              : <MessageTime message={message} short />}
          </div>
          <div class="message-body">
            {startsRun
              ? (
                <p class="byline">
                  <PersonLink id={message.userId} class="who" tabIndex={tabStop ? 0 : -1}>
                    <Byline users={state.users.value} message={message} />
                  </PersonLink>
                  <StatusMark id={message.userId} />
                  <MessageTime message={message} />
                </p>
              )
              : !deleted && <span class="hidden">{name}</span>}
            {!deleted && (startsRun || thread !== null) && (
              <ReplyLine message={message} quoted={quoted} onJump={onJump} />
            )}
            {deleted ? <Deleted name={name} /> : <Text message={message} />}
            {(message.files[0] ?? message.links[0]) && <Files message={message} />}
            <Reactions message={message} facts={facts} />
            {message.replies && thread === null && <ThreadLine message={message} />}
          </div>
          {withTools.value && !deleted && <Tools message={message} facts={facts} />}
        </InMessage.Provider>
      </div>
    </li>
  );
}

function Tools(props: { message: Message; facts: Standing }) {
  const { toast, words } = useView();
  const { tapped } = useActive();
  const rest = useAtRest(loadRest, true, () => {
    // A pointer that is only passing by asks for nothing.
    if (tapped.value === props.message.id) toast.value = words.connection.unreachable;
  });
  return rest && <rest.MessageTools {...props} />;
}

/** What it says, and whether that was changed. */
function Text({ message }: { message: Message }) {
  const { text, mentions } = message;
  return (
    <TextBlock
      text={text}
      mentions={mentions}
      group={message.mentionsAll}
      name={`${message.userId} ${message.clientId}`}
    >
      <EditedMark message={message} />
      <SavedMark message={message.id} />
    </TextBlock>
  );
}

/** A deleted message: its author, and that it was deleted, in one line. */
function Deleted({ name }: { name: string }) {
  const { words } = useView();
  return (
    <p class="deleted">
      <Name>{name}</Name> · <span>{words.message.deleted}</span>
    </p>
  );
}

function messageClass(
  message: Message,
  startsRun: boolean,
  self: number,
  highlight: number | null,
): string {
  let name = startsRun ? "message run" : "message";
  if (message.deletedAt !== null) name += " gone";
  if (concerns(message, self)) name += " for-me";
  if (message.seq === highlight) name += " marked";
  return name;
}

/** Short in the margin, which has no room for more than the hour and the minute. */
function MessageTime({ message, short = false }: { message: Message; short?: boolean }) {
  const { words, clock } = useView();
  return (
    <PlaceLink
      class="time"
      tabIndex={-1}
      place={{ room: message.room, seq: message.seq }}
      title={formatMoment(message.ts, clock.value, words.dates)}
    >
      <time dateTime={new Date(message.ts).toISOString()}>
        {short ? formatHour(message.ts, clock.value) : formatTime(message.ts, clock.value)}
      </time>
    </PlaceLink>
  );
}
