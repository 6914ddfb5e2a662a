/**
 * A public room that the reader has not joined: its last messages as they are now, and the way in.
 * Nothing can be written here, and nothing is marked as read.
 */
import type { ComponentChildren } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RoomPreview } from "../../protocol/history.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Room } from "../../protocol/rooms.ts";
import { isolate } from "../direction.ts";
import { formatDay, formatMoment, formatTime } from "../dates.ts";
import { authorName } from "../names.ts";
import { BackLink } from "../parts/BackLink.tsx";
import { Byline } from "../parts/Byline.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { PersonLink } from "../parts/PersonLink.tsx";
import { dialogWords } from "../catalogue/dialogs.ts";
import { attempt, useView } from "../view.ts";
import { AuthorPicture } from "./AuthorPicture.tsx";
import { Files } from "../files/Files.tsx";
import { place } from "./grouping.ts";
import { TextBlock } from "./TextBlock.tsx";

export function PreviewMessages({ preview: { room, messages } }: { preview: RoomPreview }) {
  const { language, clock } = useView();
  const words = dialogWords(language);
  useMovedIn(room.id);
  const name = room.name ?? "";
  const shown = messages.filter(({ deletedAt }) => deletedAt === null);
  return (
    <Frame room={room}>
      <div class="conversation">
        <div class="scroller" tabIndex={0}>
          <div class="scroll-content">
            {shown.length === 0 && <p class="page-note">{words.preview.empty}</p>}
            <ol class="messages" aria-label={words.preview.list(name)}>
              {place(shown, undefined, null, clock.value).map((row) => (
                <PreviewItem key={row.message.id} {...row} />
              ))}
            </ol>
          </div>
        </div>
      </div>
      <JoinBar room={room.id} name={name} archived={room.archived} />
    </Frame>
  );
}

function Frame({ room, children }: { room: Room; children: ComponentChildren }) {
  const { words } = useView();
  return (
    <main class="room">
      <header class="room-header">
        <BackLink />
        <span class="room-mark">
          <Icon name="hash" />
        </span>
        <div class="room-title grow">
          <h1>
            <Name>{room.name}</Name>
          </h1>
          <p class="topic" title={isolate(room.topic)}>
            {words.room.memberCount(room.memberCount)}
            {room.topic && (
              <>
                {" · "}
                <bdi>{room.topic}</bdi>
              </>
            )}
          </p>
        </div>
      </header>
      {children}
    </main>
  );
}

/** Joined on another device, or added by somebody: the room opens. */
function useMovedIn(id: number): void {
  const { state, navigate } = useView();
  const isIn = state.rooms.value.has(id);
  useEffect(() => {
    if (isIn) navigate({ room: id }, "replace");
  }, [isIn]);
}

function JoinBar({ room, name, archived }: { room: number; name: string; archived: boolean }) {
  const view = useView();
  const words = dialogWords(view.language);
  const busy = useSignal(false);
  async function join() {
    if (busy.value) return;
    busy.value = true;
    await attempt(view, () => view.actions.joinRoom(room));
    busy.value = false;
  }
  return (
    <div class="join-bar" id="composer" tabIndex={-1}>
      <p class="grow">{archived ? view.words.room.archivedNote : words.preview.text(name)}</p>
      {!archived && (
        <button
          type="button"
          class="button primary"
          disabled={busy.value}
          onClick={() => void join()}
        >
          {words.preview.join}
        </button>
      )}
    </div>
  );
}

interface PreviewItemProps {
  message: Message;
  startsDay: boolean;
  startsRun: boolean;
}

function PreviewItem({ message, startsDay, startsRun }: PreviewItemProps) {
  const { state, words, clock } = useView();
  const users = state.users.value;
  const time = (
    <time
      class="time"
      dateTime={new Date(message.ts).toISOString()}
      title={formatMoment(message.ts, clock.value, words.dates)}
    >
      {formatTime(message.ts, clock.value)}
    </time>
  );
  return (
    <li>
      {startsDay && (
        <h2 class="day">
          <span>{formatDay(message.ts, clock.value, words.dates)}</span>
        </h2>
      )}
      <div class={startsRun ? "message run" : "message"}>
        <div class="gutter">
          {startsRun && <AuthorPicture message={message} />}
        </div>
        <div class="message-body">
          {startsRun
            ? (
              <p class="byline">
                <PersonLink id={message.userId} class="who">
                  <Byline users={users} message={message} />
                </PersonLink>
                {time}
              </p>
            )
            : (
              <span class="hidden">
                <Name>{authorName(users, message)}</Name>
              </span>
            )}
          <TextBlock
            text={message.text}
            mentions={message.mentions}
            group={message.mentionsAll}
            name={`${message.userId} ${message.clientId}`}
          />
          {(message.files[0] ?? message.links[0]) && <Files message={message} />}
        </div>
      </div>
    </li>
  );
}
