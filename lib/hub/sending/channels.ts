/**
 * The rooms that somebody here is in: who, and what is to be sent to all of them. An event is
 * encoded once and its text shared by every connection's next frame. It knows no sockets.
 */
import type { Connection } from "../sockets/connection.ts";
import { FRAME_LIMIT, joinUpTo } from "./shared_frames.ts";

interface Channel {
  room: number;
  members: Set<Connection>;
  /** Encoded events for the next flush. */
  pending: string[];
}

const NOBODY: ReadonlySet<Connection> = new Set();

export class Channels {
  readonly #channels = new Map<number, Channel>();
  readonly #dirty = new Set<Channel>();
  /** How often each room was heard of; one number for every room that was ever active here. */
  readonly #versions = new Map<number, number>();

  /** From now on: what was published before goes to those who were there before. */
  join(room: number, connection: Connection): void {
    let channel = this.#channels.get(room);
    if (channel === undefined) {
      channel = { room, members: new Set(), pending: [] };
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
  }

  /** Changes with everything that is published in the room, whoever is here. */
  version(room: number): number {
    return this.#versions.get(room) ?? 0;
  }

  members(room: number): ReadonlySet<Connection> {
    return this.#channels.get(room)?.members ?? NOBODY;
  }

  /** Queues an encoded event for everyone who is in the room when the next flush comes. */
  publish(room: number, text: string): void {
    this.#versions.set(room, this.version(room) + 1);
    const channel = this.#channels.get(room);
    if (channel === undefined) return;
    channel.pending.push(text);
    this.#dirty.add(channel);
  }

  /** Hands what is pending to each connection's own queue. */
  drain(): void {
    for (const channel of this.#dirty) this.#drainChannel(channel);
  }

  /** Hands over what is pending in one room, for something that is to stand behind it. */
  drainRoom(room: number): void {
    const channel = this.#channels.get(room);
    if (channel !== undefined && this.#dirty.has(channel)) this.#drainChannel(channel);
  }

  #drainChannel(channel: Channel): void {
    const { room, members } = channel;
    const parts = joinUpTo(FRAME_LIMIT, channel.pending).map((text) => ({ room, text }));
    channel.pending = [];
    this.#dirty.delete(channel);
    for (const connection of members) {
      for (const part of parts) connection.pushShared(part);
    }
  }
}
