/** A room's files of one kind, or its links, the newest first: each with who sent it and where it stands. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { FileKind, RoomFiles, RoomLinks } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import { formatDay } from "../dates.ts";
import { useDialogView } from "../dialog_view.ts";
import { plainName } from "../names.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { type Listing, useListing } from "../parts/listing.ts";
import { Name } from "../parts/Name.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { TryAgain } from "../parts/TryAgain.tsx";
import { type ShownFile, useView, type View } from "../view.ts";
import { Beside } from "./beside.ts";
import { FileCard } from "./FileCard.tsx";
import { shownAs } from "./kinds.ts";
import { Picture } from "./Picture.tsx";
import { SoundFile } from "./SoundFile.tsx";
import { VideoFile } from "./VideoFile.tsx";
import { VoicePlayer } from "./VoicePlayer.tsx";

type Link = RoomLinks["links"][number];
type Standing = Pick<RoomFiles["files"][number], "seq" | "userId" | "ts">;

export function FileList({ room, kind }: { room: number; kind: FileKind }) {
  const { words, actions, state } = useDialogView();
  const listing = useListing<RoomFiles["files"][number], number>(
    async (before) => {
      const { files, next } = await (await actions.fileCalls()).files(room, kind, before);
      return { items: files, next };
    },
    kind,
    [newsOf(state, ({ files }) => files.length > 0)],
  );
  const items = useRemaining(listing);
  const shown = useMemo(() => items?.map((item) => shownOf(room, item)) ?? [], [items]);
  return (
    <Page listing={{ ...listing, items }} none={words.roomFiles.none[kind]}>
      <Beside.Provider value={shown}>
        <ul
          class={kind === "picture" ? "pictures room-pictures" : "room-file-list"}
          aria-label={words.roomFiles.tabs[kind]}
        >
          {shown.map((one) => (
            <li key={one.file.id}>
              {kind === "picture" ? <Picture {...one} tile /> : <Entry {...one} />}
            </li>
          ))}
        </ul>
      </Beside.Provider>
    </Page>
  );
}

/** Where it stands, as views of files know it; the name comes with the person. */
function shownOf(
  room: number,
  { file, message: id, seq, userId, ts }: RoomFiles["files"][number],
): ShownFile {
  return { file, message: { id, room, seq, userId, username: "", ts, text: "" } };
}

/** Without those of messages that were deleted since, also where the conversation has not loaded them. */
function useRemaining<Item extends { message: number }>(
  { items }: Listing<Item>,
): readonly Item[] | null {
  const deleted = useView().state.deleted.value;
  return useMemo(() => items?.filter(({ message }) => !deleted.has(message)) ?? null, [
    items,
    deleted,
  ]);
}

/** Changes when a message that is listed comes, changes or goes, as far as is loaded. */
function newsOf({ timeline }: View["state"], isListed: (message: Message) => boolean): string {
  const messages: readonly Message[] = timeline.value?.messages ?? [];
  return messages.filter(isListed).map(({ id, rev }) => `${id} ${rev}`).join();
}

function Entry(props: ShownFile) {
  return (
    <>
      <One {...props} />
      <From {...props.message} />
    </>
  );
}

function One(props: ShownFile) {
  switch (shownAs(props.file)) {
    case "video":
      return <VideoFile {...props} />;
    case "audio":
      return <SoundFile {...props} />;
    case "voice":
      return <VoicePlayer {...props} />;
    default:
      return <FileCard {...props} />;
  }
}

export function LinkList({ room }: { room: number }) {
  const { words, actions, state } = useDialogView();
  const listing = useListing<Link, number>(
    async (before) => {
      const { links, next } = await (await actions.fileCalls()).links(room, before);
      return { items: links, next };
    },
    "link",
    [newsOf(state, ({ text }) => text.includes("://"))],
  );
  const items = useRemaining(listing);
  return (
    <Page listing={{ ...listing, items }} none={words.roomFiles.none.link}>
      <ul class="room-file-list" aria-label={words.roomFiles.tabs.link}>
        {items?.map((item) => (
          <li key={`${item.message} ${item.url}`}>
            <LinkEntry {...item} />
            <From room={room} {...item} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function LinkEntry({ url, link }: Link) {
  return (
    <a
      class="file file-main"
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={url}
    >
      <span class="file-kind" aria-hidden="true">
        <AnyIcon name="link" />
      </span>
      <span class="file-about">
        <span class="file-name" dir="auto">{link?.title || withoutScheme(url)}</span>
        <span class="file-size">
          <bdi>{hostOf(url)}</bdi>
        </span>
      </span>
    </a>
  );
}

function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//i, "");
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Who sent it and when, and the way to the message. */
function From({ room, seq, userId, ts }: Standing & { room: number }) {
  const view = useDialogView();
  const { clock, words } = view;
  return (
    <p class="room-file-from">
      <Name>{nameOf(view, userId)}</Name> · {formatDay(ts, clock.value, words.dates)} ·{" "}
      <PlaceLink class="link" place={{ room, seq }} title={words.roomFiles.toMessage}>
        {words.roomFiles.toMessage}
      </PlaceLink>
    </p>
  );
}

function nameOf({ state }: View, userId: number): string {
  const user = state.users.value.get(userId);
  return user === undefined ? "…" : plainName(user);
}

interface PageProps {
  listing: Listing<unknown>;
  /** Said where there is none. */
  none: string;
  children: ComponentChildren;
}

function Page({ listing: { items, error, again, more }, none, children }: PageProps) {
  const { words } = useDialogView();
  if (items === null && error) return <TryAgain error={error} again={again} />;
  if (items === null) return <p class="panel-note" role="status">{words.common.loading}</p>;
  if (items.length === 0 && !more) return <p class="panel-note">{none}</p>;
  return (
    <>
      {children}
      {Boolean(error) && <TryAgain error={error} again={again} />}
      {more && !error && (
        <button type="button" class="link-button" onClick={more}>{words.threadPane.more}</button>
      )}
    </>
  );
}
