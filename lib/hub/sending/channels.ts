/**
 * The rooms that connections here are in: which connections, and what to send to all of them. An
 * event is encoded once and its text shared by every connection's next frame. It knows no sockets.
 */
import type { HubCounts } from "../../metrics/counts.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { Connection } from "../sockets/connection.ts";
import { FRAME_LIMIT, joinUpTo } from "./shared_frames.ts";
import { type Stamp, stampOf } from "./stamp.ts";

interface Channel {
  room: number;
  members: Set<Connection>;
  /** Encoded events for the next flush. */
  pending: string[];
  /** When the first of them was published. */
  since: Stamp;
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

  /** Takes effect from now on: what was published before goes only to those who were in before. */
  join(room: number, connection: Connection): void {
    let channel = this.#channels.get(room);
    if (channel === undefined) {
      channel = { room, members: new Set(), pending: [], since: stampOf(this.options.now()) };
      this.#channels.set(room, channel);
    }
    this.drainRoom(room);
    channel.members.add(connection);
    connection.rooms.add(room);
  }

  leave(room: number, connection: Connection): void {
    connection.forgetRoom(room);
    const channel = this.#channels.get(room);
    if (channel === undefined) return;
    channel.members.delete(connection);
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

  members(room: number): ReadonlySet<Connection> {
    return this.#channels.get(room)?.members ?? NOBODY;
  }

  /** Queues an encoded event for everyone in the room at the next flush. */
  publish(room: number, text: string): void {
    this.touch(room);
    this.options.counts.messages += 1;
    const channel = this.#channels.get(room);
    if (channel === undefined) return;
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

  #drainChannel(channel: Channel): void {
    const { room, members, since } = channel;
    const parts = joinUpTo(FRAME_LIMIT, channel.pending).map((text) => ({ room, text, since }));
    this.options.counts.deliveries += channel.pending.length * members.size;
    channel.pending = [];
    this.#dirty.delete(channel);
    for (const connection of members) {
      for (const part of parts) connection.pushShared(part);
    }
  }
}
