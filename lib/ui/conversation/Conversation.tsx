/** The open room's messages from the oldest that is loaded to those still on their way. */
import { useSignal } from "@preact/signals";
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import type { Timeline } from "../../client/model.ts";
import { cut } from "../../protocol/graphemes.ts";
import type { MemberRoom, Message, User } from "../../protocol/objects.ts";
import type { Standing } from "../../protocol/permissions.ts";
import { place } from "../grouping.ts";
import { authorName, badgeCount, standing } from "../names.ts";
import { Icon } from "../parts/Icon.tsx";
import { Later } from "../parts/Later.tsx";
import { useView } from "../view.ts";
import { ActiveMessage, useActiveMessage } from "./active.ts";
import { MessageItem } from "./MessageItem.tsx";
import { PendingItem } from "./PendingItem.tsx";
import { RoomBeginning } from "./RoomBeginning.tsx";
import { useConversationScroll } from "./scroll.ts";
import { Typing } from "./Typing.tsx";

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
  return room === undefined ? null : <Content room={room} title={title} />;
}

function Content({ room, title }: { room: MemberRoom; title: string }) {
  const { state, words, clock } = useView();
  const timeline = state.timeline.value;
  const scroll = useConversationScroll(timeline);
  const active = useActiveMessage();
  const pending = state.pending.value;
  const jump = useCallback((seq: number) => void scroll.toMessage(seq), []);
  const quoted = useMemo(() => byId(timeline), [timeline]);
  const facts = useStanding(state.me.value, room);
  useNewestOnSend(pending.length, scroll.toNewest);

  const placed = place(
    timeline?.messages ?? [],
    state.dividerSeq.value,
    state.me.value.id,
    clock.value,
  );
  return (
    <>
      <div
        class="scroller"
        ref={scroll.scroller}
        onScroll={scroll.onScroll}
        {...active.handlers}
      >
        <div class="scroll-content">
          {timeline === null || timeline.loading === "page"
            ? <p class="page-note">{words.common.loading}</p>
            : timeline.hasBefore
            ? <p class="page-note">{words.message.loadBefore}</p>
            : <RoomBeginning room={room} title={title} />}
          <ActiveMessage.Provider value={active}>
            <ol class="messages" aria-label={words.message.list(title)}>
              {placed.map(({ message, startsDay, startsRun, startsNew }) => (
                <MessageItem
                  key={message.id}
                  message={message}
                  facts={facts}
                  startsDay={startsDay}
                  startsRun={startsRun}
                  startsNew={startsNew}
                  quoted={message.replyTo === null ? undefined : quoted.get(message.replyTo)}
                  onJump={jump}
                />
              ))}
              {!timeline?.hasAfter &&
                pending.map((one, at) => (
                  <PendingItem key={one.clientId} pending={one} first={at === 0} />
                ))}
            </ol>
          </ActiveMessage.Provider>
          {timeline?.hasAfter && <p class="page-note">{words.message.loadAfter}</p>}
        </div>
      </div>
      <Typing />
      {scroll.away.value && <ToNewest room={room} onPress={scroll.toNewest} />}
      <Announcer timeline={timeline} />
    </>
  );
}

/** The same object for as long as its facts are the same. */
function useStanding(user: User, room: MemberRoom): Standing {
  const facts = standing(user, room);
  return useMemo(() => facts, Object.values(facts));
}

function byId(timeline: Timeline | null): ReadonlyMap<number, Message> {
  return new Map(timeline?.messages.map((message) => [message.id, message]));
}

/** Whoever writes wants to see it written. */
function useNewestOnSend(pending: number, toNewest: () => void): void {
  const before = useRef(pending);
  useEffect(() => {
    if (pending > before.current) toNewest();
    before.current = pending;
  }, [pending]);
}

function ToNewest({ room, onPress }: { room: MemberRoom; onPress: () => void }) {
  const { words } = useView();
  const { unread } = room.membership;
  return (
    <button type="button" class="to-newest" title={words.message.toNewest} onClick={onPress}>
      {unread > 0
        ? <span>{words.message.newCount(badgeCount(unread), unread)}</span>
        : <span class="hidden">{words.message.toNewest}</span>}
      <Icon name="down" />
    </button>
  );
}

/** Graphemes of a message that are read out. */
const ANNOUNCED = 200;

/** Tells listeners of each new message by somebody else, when they have finished listening. */
function Announcer({ timeline }: { timeline: Timeline | null }) {
  const { state, words } = useView();
  const text = useSignal("");
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (!timeline || timeline.hasAfter) return;
    const last = timeline.messages.at(-1);
    const before = known.current;
    known.current = last?.seq ?? 0;
    if (!last || before === null || last.seq <= before || last.userId === state.me.value.id) return;
    text.value = words.message.announce(
      authorName(state.users.value, last),
      cut(last.text, ANNOUNCED),
    );
  }, [timeline]);
  return <p class="hidden" role="status" aria-live="polite">{text.value}</p>;
}
