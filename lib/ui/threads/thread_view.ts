/**
 * The view of a conversation, as a thread's messages have it: the same views as the room's show the
 * thread's messages, keep its place, move its mark. It must not know what those views look like.
 */
import { computed, signal } from "@preact/signals";
import type { ChatState } from "../../client/model.ts";
import type { LiveThread } from "../../client/threads_model.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Place, View } from "../view.ts";

export function threadView(view: View, thread: LiveThread): View {
  const { timeline, landing, dividerSeq, highlightSeq, missing, pending } = thread;
  const state: ChatState = {
    ...view.state,
    timeline,
    landing,
    dividerSeq,
    highlightSeq,
    missing,
    pending,
    // Who types is told of the room.
    typing: signal([]),
    openRoom: signal(thread.room),
    rooms: computed(() => withMark(view.state.rooms.value, thread)),
  };
  const { send: _send, close: _close, retry: _retry, showMessage, goBack, ...actions } =
    thread.actions;
  return {
    ...view,
    thread: thread.id,
    state,
    actions: { ...view.actions, ...actions },
    navigate(place: Place, how) {
      const { room, seq } = place;
      if (room !== thread.room || (seq !== undefined && !has(thread, seq))) {
        return view.navigate(place, how);
      }
      if (seq === undefined) goBack();
      else void showMessage(seq).catch(() => {});
    },
  };
}

/** What is read in the thread, where the views look for what is read in the room. */
function withMark(
  rooms: ReadonlyMap<number, MemberRoom>,
  { room: id, mark }: LiveThread,
): ReadonlyMap<number, MemberRoom> {
  const room = rooms.get(id);
  if (room === undefined) return rooms;
  const { readSeq, unread } = mark.value;
  const membership = { ...room.membership, readSeq, unread, mentions: 0 };
  return new Map(rooms).set(id, { ...room, membership });
}

function has({ timeline }: LiveThread, seq: number): boolean {
  return timeline.peek()?.messages.some((message) => message.seq === seq) ?? false;
}
