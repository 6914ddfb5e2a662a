/**
 * What a client knows after applying every event that it received, by the protocol's rules: the
 * next change is applied, an older one ignored, a hole asks for `sync`. It knows no sockets.
 */
import type { ChangesEvent, MessageEvent, ServerEvent } from "../../lib/protocol/events.ts";
import type { Message } from "../../lib/protocol/messages.ts";
import type { MemberRoom, Room } from "../../lib/protocol/rooms.ts";
import type { RoomView, View } from "./oracle.ts";

interface Known {
  room: Room;
  head: number;
  messages: Map<number, Message>;
  /** A `sync` is under way: what does not follow will be in its answer. */
  syncing: boolean;
}

export class Replica {
  readonly #rooms = new Map<number, Known>();
  #epoch: string | null = null;
  /** Rooms that a `reset` emptied, without a new epoch. */
  readonly resets: number[] = [];

  /** Applies an event; what must be asked by `sync` now: room → revision. */
  apply(event: ServerEvent): Record<string, number> {
    switch (event.type) {
      case "ready":
        if (this.#epoch !== null && this.#epoch !== event.epoch) this.#rooms.clear();
        this.#epoch = event.epoch;
        return this.#ready(event.rooms);
      case "message":
        return this.#message(event);
      case "changes":
        return this.#changes(event);
      case "room":
        return this.#room(event.room);
      case "left":
        this.#rooms.delete(event.room);
        return {};
      default:
        return {};
    }
  }

  /** The highest change that is known of a room, with all before it; -1 for an unknown room. */
  head(room: number): number {
    return this.#rooms.get(room)?.head ?? -1;
  }

  /** Nothing is being asked for. */
  get settled(): boolean {
    return [...this.#rooms.values()].every(({ syncing }) => !syncing);
  }

  get view(): View {
    return new Map([...this.#rooms].map(([id, known]) => [id, viewOf(known)]));
  }

  #ready(rooms: MemberRoom[]): Record<string, number> {
    const here = new Set(rooms.map(({ id }) => id));
    for (const id of this.#rooms.keys()) if (!here.has(id)) this.#rooms.delete(id);
    const asked: Record<string, number> = {};
    for (const room of rooms) Object.assign(asked, this.#room(room, true));
    return asked;
  }

  #room(room: MemberRoom, anew = false): Record<string, number> {
    const known = this.#rooms.get(room.id);
    if (known !== undefined && !anew) {
      known.room = room;
      return {};
    }
    const entry = known ?? { room, head: 0, messages: new Map(), syncing: false };
    this.#rooms.set(room.id, entry);
    entry.room = room;
    entry.syncing = entry.head < room.head;
    return entry.syncing ? { [room.id]: entry.head } : {};
  }

  #message({ room, rev, message }: MessageEvent): Record<string, number> {
    const known = this.#rooms.get(room);
    if (known === undefined || rev <= known.head) return {};
    if (rev === known.head + 1) {
      known.head = rev;
      known.messages.set(message.id, message);
      return {};
    }
    if (known.syncing) return {};
    known.syncing = true;
    return { [room]: known.head };
  }

  #changes({ room, head, messages, more, reset }: ChangesEvent): Record<string, number> {
    const known = this.#rooms.get(room);
    if (known === undefined) return {};
    if (reset) {
      this.resets.push(room);
      known.messages.clear();
    }
    for (const message of messages) {
      const older = known.messages.get(message.id);
      if (older === undefined || older.rev < message.rev) known.messages.set(message.id, message);
    }
    const reached = more ? messages.at(-1)!.rev : head;
    known.head = reset ? reached : Math.max(known.head, reached);
    known.syncing = more;
    return more ? { [room]: known.head } : {};
  }
}

function viewOf({ room, head, messages }: Known): RoomView {
  return toView(room, head, [...messages.values()]);
}

/** How the oracle sees a room, from whatever source. */
export function toView(room: Room, head: number, messages: Message[]): RoomView {
  const { kind, name, topic, archived } = room;
  const ordered = messages.toSorted((a, b) => a.seq - b.seq);
  return { kind, name, topic, archived, head, messages: ordered };
}
