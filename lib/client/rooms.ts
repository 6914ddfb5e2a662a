/**
 * Applies what the server says of rooms to the state: events, answers to `sync`, pages. It keeps
 * two tracks for each room, the counters of every room and the history of the loaded ones, each
 * with the revision that it is current to. It must not know sockets, HTTP or the outbox.
 */
import type { ChangesEvent, MessageEvent, ReadyEvent } from "../protocol/events.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { countChanges, type Counted, countLive, mergeRoom, moveReadMark } from "./counters.ts";
import { byId, deleteIn, type EngineState, setIn } from "./state.ts";
import type { Sync } from "./sync.ts";
import { type History, takeChanges, takeLive } from "./timeline.ts";

/** Further behind than this, a new page costs less than what was missed. */
export const FAR_BEHIND = 1_000;

export interface RoomsOptions {
  state: EngineState;
  sync: Sync;
  /** The counters of this room are not certain any more (or, `sure`, they are again). */
  certain(room: number, sure: boolean): void;
  /** A read mark of one's own that the server may not know yet; 0 where there is none. */
  pendingMark(room: number): number;
  /** The room is gone: left, or not among those in `ready`. */
  onGone(room: number, isHidden: boolean): void;
  /** The open room is not among those in `ready`, and may be hidden. */
  onUnlisted(room: number): void;
}

export interface Rooms {
  ready(event: ReadyEvent, sameEpoch: boolean): void;
  message(event: MessageEvent): void;
  changes(event: ChangesEvent): void;
  /** A `room` event, or the room as HTTP gave it. */
  merge(room: MemberRoom): void;
  /** The counters alone, as HTTP gave them: the rest may be older than what events have told. */
  recounted(room: MemberRoom): void;
  /** Out of the list: left, or `isHidden`. */
  gone(room: number, isHidden?: boolean): void;
  read(room: number, seq: number): void;
  setHistory(room: number, history: History): void;
  /** Up to where everything of the room is known; null where it is not known at all. */
  known(room: number): number | null;
}

export function createRooms(options: RoomsOptions): Rooms {
  const { state, sync } = options;
  const { rooms, histories } = state;
  const me = () => state.me.peek().id;

  function take(counted: Counted): void {
    setIn(rooms, counted.room.id, counted.room);
    if (!counted.sure) options.certain(counted.room.id, false);
  }

  function ready(event: ReadyEvent, sameEpoch: boolean): void {
    const before = rooms.peek();
    rooms.value = byId(event.rooms);
    if (!sameEpoch) histories.value = new Map();
    for (const room of event.rooms) {
      options.certain(room.id, true);
      const history = histories.peek().get(room.id);
      // A head that went back belongs to a history that the database no longer has.
      const wentBack = (before.get(room.id)?.head ?? 0) > room.head;
      if (history !== undefined && (wentBack || room.head - history.rev > FAR_BEHIND)) {
        deleteIn(histories, room.id);
      } else if (history !== undefined) sync.heard(room.id, Math.max(room.head, history.rev));
      // A mark beyond the head is of what is no longer there.
      const mark = options.pendingMark(room.id);
      if (mark <= room.head) read(room.id, mark);
    }
    state.hidden.value = event.hidden;
    for (const room of before.values()) {
      if (rooms.peek().has(room.id)) continue;
      // What is open stays so, where it may only have gone out of the list.
      if (event.hidden.rooms > 0 && state.openRoom.peek() === room.id) {
        setIn(rooms, room.id, room);
        options.onUnlisted(room.id);
      } else gone(room.id);
    }
  }

  function message({ room: id, message, rev }: MessageEvent): void {
    const room = rooms.peek().get(id);
    if (room === undefined) return;
    sync.heard(id, rev);
    const history = histories.peek().get(id);
    if (history !== undefined) setIn(histories, id, takeLive(history, message, rev));
    take(countLive(room, message, rev, me(), history));
  }

  function changes(event: ChangesEvent): void {
    const since = sync.answered(event.room);
    const room = rooms.peek().get(event.room);
    if (room === undefined || since === null) return;
    if (event.reset) return reset(room, event.head);
    const before = known(event.room);
    const history = histories.peek().get(event.room);
    if (history !== undefined) setIn(histories, event.room, takeChanges(history, event, since));
    take(countChanges(room, event, since, me(), history));
    sync.heard(event.room, event.head);
    sync.applied(event.room, known(event.room) !== before);
  }

  function reset(room: MemberRoom, head: number): void {
    deleteIn(histories, room.id);
    sync.forget(room.id);
    take({ room: { ...room, head }, sure: false });
  }

  function merge(theirs: MemberRoom): void {
    const ours = rooms.peek().get(theirs.id);
    if (ours === undefined) return setIn(rooms, theirs.id, theirs);
    const merged = mergeRoom(ours, theirs, me(), histories.peek().get(theirs.id));
    take(merged);
    if (merged.exact) options.certain(theirs.id, true);
  }

  function recounted({ id, head, membership: theirs }: MemberRoom): void {
    const ours = rooms.peek().get(id);
    if (ours === undefined) return;
    const { readSeq, unread, mentions } = theirs;
    merge({ ...ours, head, membership: { ...ours.membership, readSeq, unread, mentions } });
  }

  function gone(room: number, isHidden = false): void {
    // Told twice where it was hidden here: by the answer and by the event.
    if (isHidden && rooms.peek().has(room)) {
      state.hidden.value = { ...state.hidden.peek(), rooms: state.hidden.peek().rooms + 1 };
    }
    deleteIn(rooms, room);
    deleteIn(histories, room);
    sync.forget(room);
    options.certain(room, true);
    options.onGone(room, isHidden);
  }

  function read(id: number, seq: number): void {
    const room = rooms.peek().get(id);
    if (room !== undefined) take(moveReadMark(room, seq, me(), histories.peek().get(id)));
  }

  function setHistory(room: number, history: History): void {
    setIn(histories, room, history);
    // A page may be older than the events that came while it was on its way.
    sync.heard(room, rooms.peek().get(room)?.head ?? 0);
    sync.flush(); // no frame need come that would ask
  }

  function known(id: number): number | null {
    const room = rooms.peek().get(id);
    if (room === undefined) return null;
    return Math.min(room.head, histories.peek().get(id)?.rev ?? room.head);
  }

  return { ready, message, changes, merge, recounted, gone, read, setHistory, known };
}
