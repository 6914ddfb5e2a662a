/**
 * What is waiting to be sent to one connection. Its own events (ready, acks, changes) come first,
 * then those its rooms share: so a `ready` or `changes` that was read before a live event precedes
 * it, and an ack precedes the message it acknowledges. It knows no sockets.
 */
import {
  frameOf,
  framesOf,
  type Part,
  type SharedFrames,
  type SharedPart,
} from "./shared_frames.ts";
import type { Stamp } from "./stamp.ts";

/**
 * Up to this many characters, a connection's own events and its rooms' shared ones make one frame:
 * a copy just for this connection costs less than a second frame.
 */
const JOIN_LIMIT = 32 * 1024;

/**
 * Characters in a frame of its own events only. The runtime keeps a buffer for each socket as large
 * as its largest frame so far: most people only listen, and their buffers stay small.
 */
const OWN_LIMIT = 4 * 1024;

export class Outgoing {
  #own: Part[] = [];
  #shared: SharedPart[] = [];
  #size = 0;
  #holds = 0;
  /** When the oldest event waiting was queued; 0 if there is none. */
  since: Stamp | 0 = 0;

  /** Characters waiting. */
  get size(): number {
    return this.#size;
  }

  /** Nothing is sent while on hold: live events must wait for the answer being read. */
  get held(): boolean {
    return this.#holds > 0;
  }

  get empty(): boolean {
    return this.#own.length === 0 && this.#shared.length === 0;
  }

  hold(): void {
    this.#holds += 1;
  }

  release(): void {
    this.#holds -= 1;
  }

  /** Queues an event for this connection alone. */
  push(text: string, room: number | null = null): void {
    this.#own.push({ room, text });
    this.#size += text.length;
  }

  /** The `ready` event goes before everything else. */
  pushFirst(text: string): void {
    this.#own.unshift({ room: null, text });
    this.#size += text.length;
  }

  /** Queues events that a room's members share. */
  pushShared(part: SharedPart): void {
    this.#shared.push(part);
    if (this.since === 0) this.since = part.since ?? 0;
    this.#size += part.text.length;
  }

  /** Drops a room's unsent events, for a user who has just lost access. */
  dropRoom(room: number): void {
    this.#own = this.#own.filter((part) => part.room !== room);
    this.#shared = this.#shared.filter((part) => part.room !== room);
    this.#size = [...this.#own, ...this.#shared].reduce((sum, part) => sum + part.text.length, 0);
    if (this.empty) this.since = 0;
  }

  clear(): void {
    this.#own = [];
    this.#shared = [];
    this.#size = 0;
    this.since = 0;
  }

  /** Takes everything waiting, as frames to send in this order, each a JSON array. */
  takeFrames(sharedFrames: SharedFrames): readonly string[] {
    const [own, shared, size] = [this.#own, this.#shared, this.#size];
    this.clear();
    if (own.length === 0) return sharedFrames.of(shared);
    if (shared.length > 0 && size <= JOIN_LIMIT) return [frameOf([...own, ...shared])];
    return [...framesOf(own, OWN_LIMIT), ...sharedFrames.of(shared)];
  }
}
