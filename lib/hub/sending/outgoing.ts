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
  type SharedQueue,
} from "./shared_frames.ts";
import type { Stamp } from "./stamp.ts";

/**
 * Up to this many characters, a connection's own events and its rooms' shared ones make one frame:
 * a copy just for this connection costs less than a second frame. Less than `FRAME_LIMIT`: so much
 * is never more than one shared frame.
 */
const JOIN_LIMIT = 32 * 1024;

/**
 * Characters in a frame of its own events only: all that is told at one time of who is online
 * (`presence_news.ts`). Less than `JOIN_LIMIT`.
 */
export const OWN_LIMIT = 20 * 1024;

export class Outgoing {
  /** Nearly always null: a list for each of a thousand people would be garbage at each message. */
  #own: Part[] | null = null;
  #ownSize = 0;
  #shared: SharedQueue | null = null;
  #holds = 0;
  /** When the oldest event waiting was queued; 0 if there is none. */
  since: Stamp | 0 = 0;

  /** Characters waiting. */
  get size(): number {
    return this.#shared === null ? this.#ownSize : this.#ownSize + this.#shared.size;
  }

  /** Nothing is sent while on hold: live events must wait for the answer being read. */
  get held(): boolean {
    return this.#holds > 0;
  }

  get empty(): boolean {
    return this.#own === null && this.#shared === null;
  }

  hold(): void {
    this.#holds += 1;
  }

  release(): void {
    this.#holds -= 1;
  }

  /** Queues an event for this connection alone. */
  push(text: string, room: number | null = null): void {
    (this.#own ??= []).push({ room, text });
    this.#ownSize += text.length;
  }

  /** The `ready` event goes before everything else. */
  pushFirst(text: string): void {
    (this.#own ??= []).unshift({ room: null, text });
    this.#ownSize += text.length;
  }

  /** Queues events that a room's members share. */
  pushShared(part: SharedPart): void {
    this.#shared = part.behind(this.#shared);
    if (this.since === 0) this.since = part.since;
  }

  /** Drops a room's unsent events, for a user who has just lost access. */
  dropRoom(room: number): void {
    const own = this.#own?.filter((part) => part.room !== room) ?? [];
    this.#own = own.length === 0 ? null : own;
    this.#ownSize = own.reduce((sum, { text }) => sum + text.length, 0);
    this.#shared = this.#shared?.without(room) ?? null;
    if (this.empty) this.since = 0;
  }

  clear(): void {
    this.#own = null;
    this.#ownSize = 0;
    this.#shared = null;
    this.since = 0;
  }

  /** Takes everything waiting, as frames to send in this order, each a JSON array. */
  takeFrames(sharedFrames: SharedFrames): readonly string[] {
    const [own, shared, size] = [this.#own, this.#shared, this.size];
    this.clear();
    if (own === null) return shared === null ? [] : sharedFrames.of(shared);
    if (shared === null) {
      return own.length === 1 ? [sharedFrames.ofOne(own[0]!.text)] : framesOf(own, OWN_LIMIT);
    }
    const frames = sharedFrames.of(shared);
    if (size > JOIN_LIMIT) return [...framesOf(own, OWN_LIMIT), ...frames];
    return [`${frameOf(own).slice(0, -1)},${frames[0]!.slice(1)}`];
  }
}
