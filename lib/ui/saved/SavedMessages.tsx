/**
 * The page of the reader's saved messages: each with its room, a link to it, and a form to remove
 * it. The server writes it; it needs no script.
 */
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../ago.ts";
import { plainName, roomTitle } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Byline } from "../parts/Byline.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { Whose } from "../parts/Whose.tsx";
import { plainLines } from "../text/plain_line.ts";
import { FileLinks } from "../files/FileLinks.tsx";
import { placePath } from "../view.ts";
import { savedPath, type SavedProps } from "./saved.ts";

export function SavedMessages(props: SavedProps) {
  const { language, place, messages, next } = props;
  const words = pageWords(language);
  const isFirst = (place.before ?? null) === null;
  return (
    <div class="saved-page">
      <header>
        <a class="saved-back" href={placePath({ room: place.room })}>
          <Icon name="back" />
          {words.common.back}
        </a>
      </header>
      <main>
        <h1>{words.saved.link}</h1>
        {messages.length === 0
          ? <p class="hint">{isFirst ? words.savedPage.empty : words.savedPage.emptyPage}</p>
          : <p class="hint">{words.savedPage.private}</p>}
        <Entries {...props} />
        <div class="saved-pages">
          {!isFirst && (
            <a class="button" href={savedPath({ room: place.room })}>{words.savedPage.newest}</a>
          )}
          {next !== null && (
            <a class="button" href={savedPath({ room: place.room, before: next })}>
              {words.savedPage.older}
            </a>
          )}
        </div>
      </main>
    </div>
  );
}

/**
 * After one is removed, reading goes on at the next one, or after the last, at the one before it.
 */
function Entries(props: SavedProps) {
  const { messages, language, me } = props;
  const words = pageWords(language);
  const users = new Map([...props.users, me].map((user) => [user.id, user]));
  const rooms = new Map(props.rooms.map((room) => [room.id, room]));
  return (
    <ul class="saved-list">
      {messages.map((message, at) => {
        const room = rooms.get(message.room);
        return (
          <Entry
            key={message.id}
            message={message}
            users={users}
            title={room === undefined ? "" : roomTitle(room, users, me.id, words)}
            beside={messages[at + 1] ?? messages[at - 1]}
            page={props}
            words={words}
          />
        );
      })}
    </ul>
  );
}

interface EntryProps {
  message: Message;
  users: ReadonlyMap<number, User>;
  title: string;
  beside: Message | undefined;
  page: SavedProps;
  words: PageWords;
}

function Entry({ message, users, title, beside, page, words }: EntryProps) {
  const author = users.get(message.userId);
  return (
    <li class="saved-entry" id={`saved-${message.id}`} tabIndex={-1}>
      <Avatar
        id={message.userId}
        name={author === undefined ? message.username : plainName(author)}
        picture={author?.avatar ?? null}
      />
      <div class="saved-body">
        <p class="saved-byline">
          <Byline users={users} message={message} />
          <span class="handle">
            <Name>{title}</Name> · <Moment message={message} page={page} words={words} />
          </span>
        </p>
        {message.text !== "" && <p class="saved-text" dir="auto">{plainLines(message.text)}</p>}
        <FileLinks files={message.files} language={page.language} />
        <div class="saved-actions">
          <a class="button small" href={placePath({ room: message.room, seq: message.seq })}>
            {words.savedPage.open}
          </a>
          <form method="post" action={savedPath(page.place)}>
            <Whose sessionId={page.sessionId} instance={page.instance} />
            <input type="hidden" name="message" value={message.id} />
            <input type="hidden" name="next" value={beside?.id ?? ""} />
            <button type="submit" class="button small">{words.messageMenu.unsave}</button>
          </form>
        </div>
      </div>
    </li>
  );
}

/** How long ago: without a script the server does not know the reader's day. */
function Moment({ message: { ts }, page: { now, language }, words }: Pick<
  EntryProps,
  "message" | "page" | "words"
>) {
  return (
    <time dateTime={new Date(ts).toISOString()}>
      {formatAgo(ts, { now, ahead: () => 0 }, language, words.dates)}
    </time>
  );
}
