/** The open room's messages from the oldest that is loaded to those still on their way. */
import { useSignal } from "@preact/signals";
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import type { Timeline } from "../../client/model.ts";
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Standing } from "../../protocol/permissions.ts";
import { newSeqOf, place } from "./grouping.ts";
import { authorName } from "../names.ts";
import { standing } from "../rights.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { Later } from "../parts/Later.tsx";
import { messageLine } from "../files/in_a_line.ts";
import { loadFormatting } from "../text/at_hand.ts";
import { useView } from "../view.ts";
import { ActiveMessage, useActiveMessage } from "./active.ts";
import { loadRest } from "./load_rest.ts";
import { MissingNote } from "./MissingNote.tsx";
import { messageForKey } from "./keys.ts";
import { useItems } from "./kept_items.ts";
import type { MessageItemProps } from "./MessageItem.tsx";
import { PendingItem } from "./PendingItem.tsx";
import type { PlaceKeeper } from "./place_keeper.ts";
import { RoomBeginning } from "./RoomBeginning.tsx";
import { useConversationScroll } from "./scroll.ts";
import { useShowable } from "./showable.ts";
import { Typing } from "./Typing.tsx";
import type { Shown } from "./window.ts";

export interface ConversationProps {
  /** Its id: the room itself, handed through `Later`, would render everything twice. */
  room: number;
  title: string;
}

export function Conversation(props: ConversationProps) {
  return (
    <Later class="conversation">
      <OpenRoom {...props} />
    </Later>
  );
}

function OpenRoom({ room: id, title }: ConversationProps) {
  const room = useView().state.rooms.value.get(id);
  const { words } = useView();
  return room === undefined
    ? null
    : <MessageFlow room={room} title={title} label={words.message.list(title)} />;
}

export interface MessageFlowProps {
  room: MemberRoom;
  title: string;
  /** Of the list, for screen readers. */
  label: string;
}

/** It reads all that the list is made of: its place is kept before and after each such render. */
export function MessageFlow({ room, title, label }: MessageFlowProps) {
  const view = useView();
  const { state } = view;
  const timeline = useShowable(state.timeline.value, state.landing.value);
  const { scroller, shown, place: keeper } = useConversationScroll(timeline);
  const active = useActiveMessage();
  useAtRest(loadFormatting, false);
  const rows = useRows(room, timeline, shown, active.visited.value);
  function onKeyDown(event: KeyboardEvent) {
    const seq = timeline && messageForKey(event, timeline);
    if (seq === null) return;
    event.preventDefault();
    active.forgetPointer();
    keeper.focus(seq);
  }
  return (
    <>
      <MissingNote />
      <div
        class="scroller"
        ref={scroller}
        onScroll={() => keeper.scrolled()}
        onKeyDown={onKeyDown}
        {...active.handlers}
      >
        <ActiveMessage.Provider value={active}>
          <Loaded
            room={room}
            title={title}
            label={label}
            timeline={timeline}
            shown={shown}
            rows={rows}
          />
        </ActiveMessage.Provider>
      </div>
      <div class="foot">
        <Typing />
        {room.kind === "direct" && <SeenPlace room={room} />}
      </div>
      <OutOfSight room={room} place={keeper} />
      <Announcer timeline={timeline} />
    </>
  );
}

function SeenPlace({ room }: { room: MemberRoom }) {
  const rest = useAtRest(loadRest, false);
  return rest && <rest.SeenLine room={room} />;
}

/** What leads to it comes at rest, or when it is wanted before. */
function OutOfSight({ room, place }: { room: MemberRoom; place: PlaceKeeper }) {
  const wanted = place.away.value || place.unread.value === "above";
  const rest = useAtRest(loadRest, wanted);
  // What is sent before it has come counts as well.
  const before = useRef(useView().state.pending.value.length);
  return rest && <rest.CatchUp room={room} place={place} before={before} />;
}

interface LoadedProps extends MessageFlowProps {
  timeline: Timeline | null;
  shown: Shown;
  rows: MessageItemProps[];
}

/**
 * What stands in the page of the messages that are loaded, between what is not. One's own on their way
 * stand below, wherever the reader is: without a connection there is no way to the end.
 */
function Loaded({ room, title, label, timeline, shown, rows }: LoadedProps) {
  const { words, state, thread } = useView();
  const isLast = !timeline?.hasAfter && shown.to === (timeline?.messages.length ?? 0);
  return (
    <div class="scroll-content">
      {timeline === null || timeline.loading === "page"
        ? <p class="page-note">{words.common.loading}</p>
        : timeline.hasBefore || shown.from > 0
        ? <p class="page-note">{words.message.loadBefore}</p>
        : thread === null && <RoomBeginning room={room} title={title} />}
      <ol class="messages" aria-label={label}>
        {useItems(rows)}
        {!isLast && <li class="page-note">{words.message.loadAfter}</li>}
        {state.pending.value.map((one, at) => (
          <PendingItem key={one.clientId} pending={one} first={at === 0} />
        ))}
      </ol>
    </div>
  );
}

/** The messages that are in the page, each with what goes before it. */
function useRows(
  room: MemberRoom,
  timeline: Timeline | null,
  shown: Shown,
  visited: number | null,
): MessageItemProps[] {
  const view = useView();
  const { state, clock } = view;
  const me = state.me.value;
  const { navigate } = view;
  const onJump = useCallback((seq: number) => navigate({ room: room.id, seq, jump: true }), [
    navigate,
    room.id,
  ]);
  const facts = useStanding(me, room);
  const messages = timeline?.messages ?? [];
  const rendered = messages.slice(shown.from, shown.to);
  const newSeq = timeline && newSeqOf(timeline, state.dividerSeq.value, me.id);
  const stop = tabStop(rendered, visited);
  const answered = state.draftTargets.value;
  const placed = place(rendered, messages[shown.from - 1], newSeq, clock.value);
  const rows = placed.map((one) => ({
    ...one,
    facts,
    tabStop: one.message.id === stop,
    quoted: quotedBy(one.message, messages) ?? answered.get(one.message.replyTo ?? 0) ?? undefined,
    onJump,
  }));
  useEffect(() => {
    for (const { message: { replyTo }, quoted } of rows) {
      if (replyTo !== null && quoted === undefined) view.actions.findMessage(replyTo);
    }
  });
  return rows;
}

/** Tab reaches one message of the list: the last visited one, otherwise the newest. */
function tabStop(rendered: readonly Message[], visited: number | null): number | undefined {
  const last = rendered.at(-1)?.id;
  return rendered.some(({ id }) => id === visited) ? visited! : last;
}

/** Ids rise with the places in a room, since it is locked while a message is stored. */
function quotedBy({ replyTo }: Message, messages: readonly Message[]): Message | undefined {
  if (replyTo === null) return undefined;
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (messages[middle]!.id < replyTo) low = middle + 1;
    else high = middle;
  }
  return messages[low]?.id === replyTo ? messages[low] : undefined;
}

/** The same object for as long as its facts are the same. */
function useStanding(user: User, room: MemberRoom): Standing {
  const facts = standing(user, room);
  return useMemo(() => facts, Object.values(facts));
}

/** Graphemes of a message that a screen reader announces. */
const ANNOUNCED = 200;

/** Announces each new message by somebody else, once listeners have finished the previous one. */
function Announcer({ timeline }: { timeline: Timeline | null }) {
  const { state, words, thread } = useView();
  const text = useSignal("");
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (!timeline || timeline.hasAfter) return;
    const last = timeline.messages.at(-1);
    const before = known.current;
    known.current = last?.seq ?? 0;
    if (!last || before === null || last.seq <= before || last.userId === state.me.value.id) return;
    // What stands in the room as well is announced there.
    if (thread !== null && !last.threadOnly) return;
    text.value = words.message.announce(
      authorName(state.users.value, last),
      messageLine(last, words, ANNOUNCED),
    );
  }, [timeline]);
  return <p class="hidden" role="status" aria-live="polite">{text.value}</p>;
}
