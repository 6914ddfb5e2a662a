/**
 * Applies what the server says about rooms to the state: events, answers to `sync`, pages. It
 * tracks two things for each room, the counters of every room and the history of loaded ones, each
 * with the revision it is current to. It must not know sockets, HTTP or the outbox.
 */
import type { ChangesEvent, MessageEvent, ReadyEvent } from "../protocol/events.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import {
  countChanges,
  type Counted,
  countLive,
  mergeRoom,
  moveMarkBack,
  moveReadMark,
} from "./counters.ts";
import type { ReadMarks } from "./read_marks.ts";
import { byId, deleteIn, type EngineState, setIn } from "./state.ts";
import type { Sync } from "./sync.ts";
import { type LoadedHistory, takeChanges, takeLive } from "./timeline.ts";

/** Further behind than this, a new page costs less than catching up. */
export const FAR_BEHIND = 1_000;

export interface RoomsOptions {
  state: EngineState;
  sync: Sync;
  marks: ReadMarks;
  /** The counters of this room are no longer certain (or, if `sure`, are again). */
  certain(room: number, sure: boolean): void;
  /** The room is gone: left, or not among those in `ready`. */
  onGone(room: number, isHidden: boolean): void;
  /** The open room is not among those in `ready`, and may be hidden. */
  onUnlisted(room: number): void;
}

export class Rooms {
  readonly #options: RoomsOptions;
  readonly #state: EngineState;
  readonly #sync: Sync;

  constructor(options: RoomsOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#sync = options.sync;
  }

  ready({ rooms: told, hidden }: ReadyEvent, sameEpoch: boolean): void {
    const { rooms, histories } = this.#state;
    const before = rooms.peek();
    rooms.value = byId(told);
    if (!sameEpoch) histories.value = new Map();
    for (const room of told) {
      this.#options.certain(room.id, true);
      const history = this.#history(room.id);
      if (history && isOutdated(history, before.get(room.id), room)) deleteIn(histories, room.id);
      else if (history) this.#sync.heard(room.id, Math.max(room.head, history.rev));
      // A mark beyond the head belongs to something that no longer exists.
      const mark = this.#options.marks.pending(room.id);
      if (mark <= room.head) this.read(room.id, mark);
      if (sameEpoch && mark === 0) this.#setBack(before.get(room.id), room);
    }
    this.#state.hidden.value = hidden;
    for (const room of before.values()) if (!rooms.peek().has(room.id)) this.#unlisted(room);
  }

  /** Where the open room's mark was set back on another device while this one was away. */
  #setBack(before: MemberRoom | undefined, { id, membership }: MemberRoom): void {
    if (before === undefined || before.membership.readSeq <= membership.readSeq) return;
    if (this.#state.openRoom.peek() === id) this.#options.marks.hold(id);
  }

  message({ room: id, message, rev }: MessageEvent): void {
    const { rooms, histories } = this.#state;
    const room = rooms.peek().get(id);
    if (room === undefined) return;
    this.#sync.heard(id, rev);
    const history = this.#history(id);
    if (history) setIn(histories, id, takeLive(history, message, rev));
    this.#take(countLive(room, message, rev, this.#me, history));
  }

  changes(event: ChangesEvent): void {
    const { rooms, histories } = this.#state;
    const since = this.#sync.answered(event.room);
    const room = rooms.peek().get(event.room);
    if (room === undefined || since === null) return;
    if (event.reset) return this.#reset(room, event.head);
    const before = this.known(event.room);
    const history = this.#history(event.room);
    if (history) setIn(histories, event.room, takeChanges(history, event, since));
    this.#take(countChanges(room, event, since, this.#me, history));
    this.#sync.heard(event.room, event.head);
    this.#sync.applied(event.room, this.known(event.room) !== before);
  }

  /** A `room` event, or the room from an HTTP answer. */
  merge(theirs: MemberRoom): void {
    const { rooms } = this.#state;
    const ours = rooms.peek().get(theirs.id);
    if (ours === undefined) return setIn(rooms, theirs.id, theirs);
    const merged = mergeRoom(ours, theirs, this.#me, this.#history(theirs.id));
    this.#take(merged);
    if (merged.exact) this.#options.certain(theirs.id, true);
  }

  /** Only the counters of an HTTP answer: the rest may be older than what events said. */
  recounted({ id, head, membership: theirs }: MemberRoom): void {
    const ours = this.#state.rooms.peek().get(id);
    if (ours === undefined) return;
    const { readSeq, unread, mentions } = theirs;
    this.merge({ ...ours, head, membership: { ...ours.membership, readSeq, unread, mentions } });
  }

  /** Out of the list: left, or `isHidden`. */
  gone(room: number, isHidden = false): void {
    const { rooms, histories, hidden } = this.#state;
    // Comes twice if it was hidden here: with the answer and with the event.
    if (isHidden && rooms.peek().has(room)) {
      hidden.value = { ...hidden.peek(), rooms: hidden.peek().rooms + 1 };
    }
    deleteIn(rooms, room);
    deleteIn(histories, room);
    this.#sync.forget(room);
    this.#options.certain(room, true);
    this.#options.onGone(room, isHidden);
  }

  read(id: number, seq: number): void {
    const room = this.#state.rooms.peek().get(id);
    if (room !== undefined) this.#take(moveReadMark(room, seq, this.#me, this.#history(id)));
  }

  /** The mark went back: false where it is there, or before it. */
  unread(id: number, seq: number): boolean {
    const room = this.#state.rooms.peek().get(id);
    if (room === undefined || room.membership.readSeq <= seq) return false;
    this.#take(moveMarkBack(room, seq, this.#me, this.#history(id)));
    return true;
  }

  /** How far the room is read, as known here. */
  markOf(id: number): number | null {
    return this.#state.rooms.peek().get(id)?.membership.readSeq ?? null;
  }

  setHistory(room: number, history: LoadedHistory): void {
    const { rooms, histories } = this.#state;
    setIn(histories, room, history);
    // A page may be older than events that arrived while it was on its way.
    this.#sync.heard(room, rooms.peek().get(room)?.head ?? 0);
    this.#sync.flush(); // there may be no later frame to trigger it
  }

  /** How far the room is fully known; null if it is not known at all. */
  known(id: number): number | null {
    const room = this.#state.rooms.peek().get(id);
    return room === undefined ? null : Math.min(room.head, this.#history(id)?.rev ?? room.head);
  }

  get #me(): number {
    return this.#state.me.peek().id;
  }

  #history(room: number): LoadedHistory | undefined {
    return this.#state.histories.peek().get(room);
  }

  #take({ room, sure }: Counted): void {
    setIn(this.#state.rooms, room.id, room);
    if (!sure) this.#options.certain(room.id, false);
  }

  #unlisted(room: MemberRoom): void {
    const { rooms, hidden, openRoom } = this.#state;
    if (hidden.peek().rooms === 0 || openRoom.peek() !== room.id) return this.gone(room.id);
    // An open room stays open: it may only have left the list.
    setIn(rooms, room.id, room);
    this.#options.onUnlisted(room.id);
  }

  #reset(room: MemberRoom, head: number): void {
    deleteIn(this.#state.histories, room.id);
    this.#sync.forget(room.id);
    this.#take({ room: { ...room, head }, sure: false });
  }
}

/** Whether what is loaded is useless: a new page costs less, or its history no longer exists. */
function isOutdated({ rev }: LoadedHistory, before: MemberRoom | undefined, { head }: MemberRoom) {
  // A head that moved back means a history that the database no longer has.
  return (before?.head ?? 0) > head || head - rev > FAR_BEHIND;
}
