/**
 * The rooms of a list, as the server renders them: each once for all to whom it looks the same. The
 * browser's build puts `links_in_browser.ts` in place of this file.
 */
import { type ComponentChildren, h } from "preact";
import { useContext } from "preact/hooks";
import type { CustomEmoji } from "../../protocol/custom_emoji.ts";
import type { Language } from "../../protocol/accounts.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { type Kept, KeptContext, marked } from "../kept/kept.ts";
import {
  NO_CHAT,
  NO_READER,
  readerOf,
  still,
  stillRoom,
  stillState,
  stillView,
} from "../kept/still_view.ts";
import { sortRooms } from "../names.ts";
import { useView, type View, ViewContext } from "../view.ts";
import { RoomLink, type RoomLinkProps } from "./RoomLink.tsx";

/** All that decides how a room stands in the list. */
interface LinkInputs {
  language: Language;
  /** As far as the list shows it: see `shownOf`. */
  room: MemberRoom;
  title: string;
  current: boolean;
  hasDraft: boolean;
  /** Of a direct room: the reader, and the only other one in it, or the reader again. */
  self: number;
  user: User | undefined;
  emoji: CustomEmoji[];
}

export function useRoomLinks(links: readonly RoomLinkProps[]): ComponentChildren {
  const view = useView();
  const kept = useContext(KeptContext);
  if (kept === null) {
    return links.map((link) => h("li", { key: link.room.id }, h(RoomLink, link)));
  }
  return marked(links.map((link) => {
    const inputs = inputsOf(view, link);
    return kept.mark(keyOf(inputs, kept), () => linkFrom(inputs));
  }));
}

/** Two lists of the same titles have the same order. */
export function useSortedRooms<Entry extends Pick<RoomLinkProps, "room" | "title">>(
  entries: Entry[],
  language: Language,
): Entry[] {
  const kept = useContext(KeptContext);
  const sort = () => sortRooms(entries, language);
  if (kept === null) return sort();
  const decisive = entries.map(({ room, title }) => room.archived ? [title] : title);
  return kept.ordered(`${language} ${JSON.stringify(decisive)}`, entries, sort);
}

function inputsOf({ state, language }: View, { room, title, current }: RoomLinkProps): LinkInputs {
  const isDirect = room.kind === "direct";
  const self = isDirect ? state.me.value.id : NO_READER;
  const others = room.users?.filter((id) => id !== self) ?? [];
  const user = isDirect && others.length < 2 ? state.users.value.get(others[0] ?? self) : undefined;
  return {
    language,
    room,
    title,
    current,
    hasDraft: state.draftRooms.value.has(room.id),
    self,
    user,
    emoji: user?.status ? [...state.emoji.value.values()] : [],
  };
}

function keyOf(inputs: LinkInputs, names: Pick<Kept, "nameOf">): string {
  const { language, room, title, current, hasDraft, self, user, emoji, ...none } = inputs;
  none satisfies Record<string, never>;
  const { id, kind, archived, picture, users, membership } = room;
  const { unread, mentions, threads, notify } = membership;
  const waiting = `${unread} ${mentions} ${threads} ${notify}`;
  const bits = `${+archived}${+current}${+hasDraft}`;
  let key = `room ${language} ${id} ${kind} ${waiting} ${bits}`;
  if (users) key += ` of ${self} ${users.join()}`;
  if (user) key += ` with ${names.nameOf(user)}`;
  for (const one of emoji) key += ` has ${names.nameOf(one)}`;
  // What people wrote comes last, where it can pass for nothing else.
  return `${key} ${JSON.stringify(picture ?? null)} ${title}`;
}

function linkFrom({ room, title, current, ...inputs }: LinkInputs): ComponentChildren {
  const { user, emoji, language, hasDraft } = inputs;
  const state = {
    ...stillState({
      ...NO_CHAT,
      me: readerOf(inputs.self),
      rooms: new Map(),
      users: new Map(user ? [[user.id, user]] : []),
      emoji: new Map(emoji.map((one) => [one.name, one])),
    }),
    ...(hasDraft && { draftRooms: still(new Set([room.id])) }),
  };
  const link = h(RoomLink, { room: shownOf(room), title, current });
  return h(ViewContext.Provider, { value: stillView(state, language) }, h("li", null, link));
}

/** What `keyOf` has of it, and nothing else. */
function shownOf({ id, kind, archived, picture, users, membership }: MemberRoom): MemberRoom {
  const { unread, mentions, threads, notify } = membership;
  const room = stillRoom({ id, kind, archived });
  return {
    ...room,
    ...(picture === undefined ? {} : { picture }),
    ...(users === undefined ? {} : { users }),
    membership: { ...room.membership, unread, mentions, threads, notify },
  };
}
