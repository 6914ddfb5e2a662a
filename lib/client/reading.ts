/**
 * How far the reader has read: moved by what is on the screen, and set back by themselves; then
 * what is on the screen must not move it on again at once.
 */
import { batch } from "@preact/signals";
import type { Api } from "./api.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { ChatActions } from "./model.ts";
import type { OwnActions } from "./own_actions.ts";
import type { Pages } from "./pages.ts";
import type { ReadMarks } from "./read_marks.ts";
import type { Rooms } from "./rooms.ts";
import type { EngineState } from "./state.ts";
import type { Threads } from "./threads.ts";

/** What it works with. */
export interface MarkParts {
  state: EngineState;
  api: Api;
  marks: ReadMarks;
  rooms: Rooms;
  pages: Pages;
  threads: Threads;
}

export function createMarking(
  parts: MarkParts,
): Pick<OwnActions, "markUnread"> & Pick<ChatActions, "markRead" | "markAllRead"> {
  const { state, api, marks, rooms } = parts;
  return {
    markRead: (seq) => markRead(parts, seq),
    markAllRead() {
      marks.release();
      markRead(parts, Infinity);
    },
    async markUnread(room, seq) {
      const before = marks.pending(room);
      if (state.openRoom.peek() === room) marks.hold(room);
      else marks.forget(room);
      // A mark that is on its way would arrive after the one that is set back.
      await marks.settled(room);
      try {
        await api("PUT", `/api/rooms/${room}/unread`, { seq });
      } catch (error) {
        marks.release();
        const read = rooms.markOf(room);
        if (before > 0 && read !== null) marks.mark(room, Math.max(before, read));
        throw error;
      }
      applyUnread(parts, room, seq - 1);
    },
  };
}

/** The mark went back to `seq`, here or on another device. Repeating it changes nothing. */
export function applyUnread(
  { state, marks, rooms, pages }: Omit<MarkParts, "api" | "threads">,
  room: number,
  seq: number,
): void {
  const isOpen = state.openRoom.peek() === room;
  batch(() => {
    if (isOpen) marks.hold(room);
    else marks.forget(room);
    if (rooms.unread(room, seq) && isOpen) pages.renewDivider();
  });
}

function markRead({ state, rooms, marks, threads }: MarkParts, seq: number): void {
  const room = openRoomOf(state);
  if (room === undefined || marks.isHeld(room.id)) return;
  const upTo = Math.min(seq, room.head);
  if (upTo <= room.membership.readSeq) return;
  marks.mark(room.id, upTo);
  rooms.read(room.id, upTo);
  threads.readInRoom(room.id, upTo);
}

function openRoomOf({ rooms, openRoom }: EngineState): MemberRoom | undefined {
  return rooms.peek().get(openRoom.peek() ?? 0);
}
