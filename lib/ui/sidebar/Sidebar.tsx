/** The column of rooms: where to go, what is new there, and the user's own menu at the bottom. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { StatusMark } from "../parts/StatusMark.tsx";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { Mark } from "../parts/Mark.tsx";
import { Menu } from "../parts/Menu.tsx";
import type { MenuItem } from "../parts/menu_items.ts";
import { Name } from "../parts/Name.tsx";
import { showInPane } from "../parts/pane.ts";
import { UNTRANSLATED } from "../parts/untranslated.ts";
import { savedPath } from "../saved/saved.ts";
import { invitationsPath } from "../invites/invitations_path.ts";
import { settingsPath } from "../settings/sections.ts";
import { mayBegin } from "../rights.ts";
import { placePath, titleOf, useView, type View } from "../view.ts";
import { LaterLink, ThreadsLink } from "./PaneLinks.tsx";
import { useRoomLinks, useSortedRooms } from "./kept_links.ts";

export function Sidebar() {
  const view = useView();
  const { words, dialog, state } = view;
  const { favourites, rooms, directs } = useSections(view);
  // While no room is open, the list is what the page is about.
  const alone = state.openRoom.value === null && state.preview.value === null;
  const pane = useOpenRoomInView(view);
  const may = mayBegin(state.me.value, state.workspace.value);
  return (
    <div class="sidebar-place" role={alone ? "main" : undefined}>
      <nav class="sidebar" aria-label={words.sidebar.label}>
        <Header alone={alone} />
        <div class="sidebar-scroll" ref={pane}>
          <a class="room-link" href={savedPath({ room: state.openRoom.value })}>
            <Icon name="bookmark" />
            {words.saved.link}
          </a>
          <ThreadsLink />
          <LaterLink />
          {state.requests.value > 0 && (
            <a class="room-link" href="/admin/requests">
              <Icon name="userAdd" />
              <span class="grow">{words.sidebar.requests}</span>
              <span class="badge">{state.requests.value}</span>
            </a>
          )}
          {favourites.length > 0 && <Section title={words.sidebar.favourites} rooms={favourites} />}
          <Section
            title={words.sidebar.rooms}
            rooms={rooms}
            action={words.sidebar.browse}
            icon="compass"
            onAction={may.browse ? () => dialog.value = { kind: "browse" } : undefined}
          />
          <Section
            title={words.sidebar.direct}
            rooms={directs}
            action={words.sidebar.newDirect}
            icon="plus"
            onAction={may.direct ? () => dialog.value = { kind: "direct" } : undefined}
            empty={words.sidebar.noDirect}
          />
          {state.hidden.value.rooms > 0 && (
            <button
              type="button"
              class={state.hidden.value.unread ? "more-rooms fresh" : "more-rooms"}
              onClick={() => dialog.value = { kind: "hidden" }}
            >
              {words.sidebar.more}
            </button>
          )}
        </div>
        <Self />
      </nav>
    </div>
  );
}

function Header({ alone }: { alone: boolean }) {
  const { words, dialog, state } = useView();
  const { name, logo } = state.workspace.value;
  const may = mayBegin(state.me.value, state.workspace.value);
  const create: MenuItem = {
    label: words.sidebar.createRoom,
    icon: "hash",
    run: () => dialog.value = { kind: "create" },
  };
  const browse: MenuItem = {
    label: words.sidebar.browse,
    icon: "compass",
    run: () => dialog.value = { kind: "browse" },
  };
  const direct: MenuItem = {
    label: words.sidebar.newDirect,
    icon: "chat",
    run: () => dialog.value = { kind: "direct" },
  };
  const items = [
    (may.public || may.private) && create,
    may.browse && browse,
    may.direct && direct,
    may.invite && {
      label: words.sidebar.invite,
      icon: "userAdd" as const,
      run: () => location.assign(invitationsPath(state.openRoom.value)),
    },
  ]
    .filter((item) => item !== false);
  return (
    <header class="sidebar-header">
      <Mark logo={logo} />
      {alone
        ? <h1 class="brand grow" {...UNTRANSLATED}>{name}</h1>
        : <span class="brand grow" {...UNTRANSLATED}>{name}</span>}
      {items.length > 0 && <Menu label={words.sidebar.add} icon="plus" groups={[{ items }]} />}
    </header>
  );
}

/**
 * The room that was opened last is in view in the list, however it was opened; where it is in view
 * already, nothing moves. Back on a phone's list, that is the room one comes from.
 */
function useOpenRoomInView({ state }: View): RefObject<HTMLDivElement | null> {
  const pane = useRef<HTMLDivElement>(null);
  const last = useRef<number | null>(null);
  const open = state.openRoom.value;
  last.current = open ?? last.current;
  const listed = last.current !== null && state.rooms.value.has(last.current);
  useLayoutEffect(() => {
    const path = placePath({ room: last.current });
    const link = pane.current?.querySelector(`[href="${path}"]`);
    if (link) showInPane(pane.current!, link, "nearest");
  }, [open, listed]);
  return pane;
}

type Entry = { room: MemberRoom; title: string };

/** Each room once: a favourite stands among the favourites only. */
function useSections(view: View): { favourites: Entry[]; rooms: Entry[]; directs: Entry[] } {
  const entries = Array.from(
    view.state.rooms.value.values(),
    (room) => ({ room, title: titleOf(view, room) }),
  );
  const sorted = useSortedRooms(entries, view.language);
  const others = sorted.filter(({ room }) => !room.membership.favourite);
  return {
    favourites: sorted.filter(({ room }) => room.membership.favourite),
    rooms: others.filter(({ room }) => room.kind !== "direct"),
    directs: others.filter(({ room }) => room.kind === "direct"),
  };
}

interface SectionProps {
  title: string;
  rooms: Entry[];
  action?: string;
  icon?: "compass" | "plus";
  /** Undefined if there is nothing to do, or the reader may not. */
  onAction?: (() => void) | undefined;
  empty?: string;
}

function Section({ title, rooms, action, icon, onAction, empty }: SectionProps) {
  const open = useView().state.openRoom.value;
  const links = useRoomLinks(rooms.map((one) => ({ ...one, current: one.room.id === open })));
  return (
    <section class="rooms">
      <div class="rooms-header">
        <h2 class="grow">{title}</h2>
        {onAction && icon && action && (
          <IconButton icon={icon} kind="small" label={action} title={action} onClick={onAction} />
        )}
      </div>
      {rooms.length === 0 && empty ? <p class="rooms-empty">{empty}</p> : <ul>{links}</ul>}
    </section>
  );
}

function Self() {
  const { state, words, dialog } = useView();
  const me = state.me.value;
  return (
    <footer class="self">
      <a class="self-button" href={settingsPath("profile", state.openRoom.value)}>
        <Avatar
          id={me.id}
          name={plainName(me)}
          picture={me.avatar}
          presence={state.connection.value.state === "online" ? "online" : "offline"}
        />
        <span class="self-names grow">
          <Name class="name">{plainName(me)}</Name>
          <Name class="handle">@{me.username}</Name>
        </span>
        <Icon name="gear" />
        <span class="hidden">{words.sidebar.settings}</span>
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label={words.sidebar.status}
        title={words.sidebar.status}
        onClick={() => dialog.value = { kind: "status" }}
      >
        {me.status === null ? <Icon name="smile" /> : <StatusMark id={me.id} />}
      </button>
    </footer>
  );
}
