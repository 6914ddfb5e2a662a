/**
 * The rooms that connections here are in: which connections, and what to send to all of them. An
 * event is encoded once and its text shared by every connection's next frame. It knows no sockets.
 */
import type { HubCounts } from "../../metrics/counts.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { Connection } from "../sockets/connection.ts";
import { FRAME_LIMIT, joinUpTo, SharedPart } from "./shared_frames.ts";
import { type Stamp, stampOf } from "./stamp.ts";

interface Channel {
  room: number;
  members: Set<Connection>;
  /** Of the last message since somebody here is in it; 0 before one. */
  head: number;
  /** Encoded events for the next flush. */
  pending: string[];
  /** When the first of them was published. */
  since: Stamp;
  /**
   * Who came knowing more than the others have been sent yet, and up to which revision: with other
   * nodes, messages may still be on their way. Nearly always null.
   */
  ahead: Map<Connection, number> | null;
}

const NOBODY: ReadonlySet<Connection> = new Set();

export class Channels {
  readonly #channels = new Map<number, Channel>();
  readonly #dirty = new Set<Channel>();
  /** Each room's version; one number for every room that was ever active here. */
  readonly #versions = new Map<number, number>();

  constructor(
    private readonly options: {
      counts: Pick<HubCounts, "messages" | "deliveries">;
      now: () => Ticks;
      /** The last connection has left a room. */
      onEmpty?(room: number): void;
    },
  ) {}

  /** How many rooms there are with a connection here. */
  get size(): number {
    return this.#channels.size;
  }

  /**
   * Takes effect from now on: what was published before goes only to those who were in before.
   * @param knows up to which revision nothing is sent to this connection, if that is still to come
   */
  join(room: number, connection: Connection, knows = 0): void {
    let channel = this.#channels.get(room);
    if (channel === undefined) {
      const since = stampOf(this.options.now());
      channel = { room, members: new Set(), head: 0, pending: [], since, ahead: null };
      this.#channels.set(room, channel);
    }
    if (this.#dirty.has(channel)) this.#drainChannel(channel);
    channel.members.add(connection);
    if (knows > 0) {
      (channel.ahead ??= new Map()).set(connection, knows);
      this.touch(room); // it may ask for what lies between
    }
    connection.rooms.add(room);
  }

  leave(room: number, connection: Connection): void {
    connection.forgetRoom(room);
    this.#remove(room, connection);
  }

  /** It has gone: nothing waits for it any more, in whichever room. */
  leaveAll(connection: Connection): void {
    for (const room of connection.rooms) this.#remove(room, connection);
    connection.forgetRooms();
  }

  #remove(room: number, connection: Connection): void {
    const channel = this.#channels.get(room);
    if (channel === undefined) return;
    channel.members.delete(connection);
    channel.ahead?.delete(connection);
    if (channel.members.size > 0) return;
    this.#channels.delete(room);
    this.#dirty.delete(channel);
    this.options.onEmpty?.(room);
  }

  /** Changes with everything published in the room, even if nobody is here. */
  version(room: number): number {
    return this.#versions.get(room) ?? 0;
  }

  /** The room may have changed without anything being published: nobody here has heard of it. */
  touch(room: number): void {
    this.#versions.set(room, this.version(room) + 1);
  }

  /** The revision of what was published last, as far as somebody here was in the room: else 0. */
  headOf(room: number): number {
    return this.#channels.get(room)?.head ?? 0;
  }

  members(room: number): ReadonlySet<Connection> {
    return this.#channels.get(room)?.members ?? NOBODY;
  }

  /** Queues a message's encoded event for everyone in the room at the next flush. */
  publish(room: number, text: string, rev: number): void {
    this.touch(room);
    this.options.counts.messages += 1;
    const channel = this.#channels.get(room);
    if (channel === undefined) return;
    channel.head = rev;
    if (channel.ahead !== null) return this.#publishTo(channel, channel.ahead, text, rev);
    if (channel.pending.length === 0) channel.since = stampOf(this.options.now());
    channel.pending.push(text);
    this.#dirty.add(channel);
  }

  /** Moves what is pending to each connection's own queue. */
  drain(): void {
    for (const channel of this.#dirty) this.#drainChannel(channel);
  }

  /** Moves what is pending in one room, so that something can be queued behind it. */
  drainRoom(room: number): void {
    const channel = this.#channels.get(room);
    if (channel !== undefined && this.#dirty.has(channel)) this.#drainChannel(channel);
  }

  #publishTo(channel: Channel, ahead: Map<Connection, number>, text: string, rev: number): void {
    this.drainRoom(channel.room);
    const part = new SharedPart(channel.room, text, stampOf(this.options.now()));
    for (const connection of channel.members) {
      if (rev <= (ahead.get(connection) ?? 0)) continue;
      connection.pushShared(part);
      this.options.counts.deliveries += 1;
    }
    part.settle();
    for (const [connection, knows] of ahead) if (rev >= knows) ahead.delete(connection);
    if (ahead.size === 0) channel.ahead = null;
  }

  #drainChannel(channel: Channel): void {
    const { room, members, since } = channel;
    const texts = joinUpTo(FRAME_LIMIT, channel.pending);
    this.options.counts.deliveries += channel.pending.length * members.size;
    channel.pending = [];
    this.#dirty.delete(channel);
    for (const text of texts) {
      const part = new SharedPart(room, text, since);
      for (const connection of members) connection.pushAsMember(part);
      part.settle();
    }
  }
}
