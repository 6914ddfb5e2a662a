/** A message's item, made of its inputs and of nothing else: of a view that has only them. */
import { type ComponentChildren, h } from "preact";
import type { Standing } from "../../protocol/permissions.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { FreshThread } from "../../protocol/threads.ts";
import { NO_CHAT, readerOf, stillRoom, stillState, stillView } from "../kept/still_view.ts";
import { ViewContext } from "../view.ts";
import { ActiveMessage, createActiveMessage } from "./active.ts";
import type { ItemInputs } from "./item_inputs.ts";
import { MessageItem } from "./MessageItem.tsx";

export function itemFrom(inputs: ItemInputs): ComponentChildren {
  const item = h(MessageItem, { ...inputs, onJump: () => {} });
  return h(
    ViewContext.Provider,
    { value: { ...stillView(stateOf(inputs), inputs.language), inSight: inputs.inSight } },
    h(ActiveMessage.Provider, { value: createActiveMessage() }, item),
  );
}

function stateOf(inputs: ItemInputs) {
  const { message, facts, users, emoji, isMarked, isSaved, isFresh } = inputs;
  return stillState({
    ...NO_CHAT,
    me: readerOf(inputs.self, facts.user.role, facts.user.disabled),
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

/** The room it stands in, as far as rules ask for it, and those that it may name. */
function roomsOf({ message: { room: home }, rooms, facts }: ItemInputs): Map<number, MemberRoom> {
  const names = new Map<number, string | null>([[home, null], ...rooms]);
  return new Map(Array.from(names, ([id, name]) => [id, roomOf(id, name, facts)]));
}

function roomOf(id: number, name: string | null, facts: Standing): MemberRoom {
  const { kind, archived, member, group } = facts;
  const room = stillRoom({ id, kind, archived });
  const membership = { ...room.membership, role: member ?? "member" };
  return { ...room, name, membership, ...(group ? { group } : {}) };
}
