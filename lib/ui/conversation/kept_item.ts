/** A message's item, made of its inputs and of nothing else: of a view that has only them. */
import { type ComponentChildren, h } from "preact";
import type { Me } from "../../protocol/accounts.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { FreshThread } from "../../protocol/threads.ts";
import { NO_CHAT, stillState, stillView } from "../kept/still_view.ts";
import { ViewContext } from "../view.ts";
import { ActiveMessage, createActiveMessage } from "./active.ts";
import type { ItemInputs } from "./item_inputs.ts";
import { MessageItem } from "./MessageItem.tsx";

export function itemFrom(inputs: ItemInputs): ComponentChildren {
  const item = h(MessageItem, { ...inputs, onJump: () => {} });
  return h(
    ViewContext.Provider,
    { value: stillView(stateOf(inputs), inputs.language) },
    h(ActiveMessage.Provider, { value: createActiveMessage() }, item),
  );
}

function stateOf(inputs: ItemInputs) {
  const { message, users, emoji, isMarked, isSaved, isFresh } = inputs;
  return stillState({
    ...NO_CHAT,
    me: readerOf(inputs),
    rooms: roomsOf(inputs),
    users: new Map(users.map((user) => [user.id, user])),
    emoji: new Map(emoji.map((one) => [one.name, one])),
    highlightSeq: isMarked ? message.seq : null,
    saved: new Set(isSaved ? [message.id] : []),
    freshThreads: new Map(isFresh ? [[message.id, FRESH]] : []),
  });
}

/** What is new in its thread: an item says only that there is something. */
const FRESH: FreshThread = { room: 0, root: 0, readSeq: 0 };

function readerOf({ self, facts: { user } }: ItemInputs): Me {
  const nameless = { username: "", displayName: "", avatar: null, status: null };
  const settings = { language: null, theme: "system" as const, showLocalTime: false };
  return { id: self, role: user.role, disabled: user.disabled, ...nameless, ...settings };
}

/** The room it stands in, as far as rules ask for it, and those that it may name. */
function roomsOf({ message: { room: home }, rooms, facts }: ItemInputs): Map<number, MemberRoom> {
  const names = new Map<number, string | null>([[home, null], ...rooms]);
  return new Map(Array.from(names, ([id, name]) => [id, roomOf(id, name, facts)]));
}

function roomOf(
  id: number,
  name: string | null,
  { kind, archived, member, group }: ItemInputs["facts"],
): MemberRoom {
  const reading = { readSeq: 0, unread: 0, mentions: 0, threads: 0, joinedAt: 0 };
  return {
    ...{ id, kind, name, topic: "", head: 0, createdBy: 0, createdAt: 0, archived, memberCount: 0 },
    ...(group ? { group } : {}),
    membership: { role: member ?? "member", notify: "all", favourite: false, ...reading },
  };
}
