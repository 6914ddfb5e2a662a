/**
 * One client's connection: who it is, what waits to be sent to it, how well it behaves. It knows
 * its socket and nothing of other connections, of rooms' rules or of the store.
 */
import type { Caller } from "../../auth/caller.ts";
import type { Actor } from "../../chat/command.ts";
import { ConfabError } from "../../errors.ts";
import { CLOSE, type CloseCode } from "../../protocol/codes.ts";
import type { ServerEvent } from "../../protocol/events.ts";
import type { Ticks } from "../../protocol/time.ts";
import { Outgoing } from "../sending/outgoing.ts";
import { SharedFrames, type SharedPart } from "../sending/shared_frames.ts";
import type { Socket } from "./socket.ts";

/** Bytes that a client may leave unread before it is dropped: it comes back and syncs. */
const MAX_BUFFERED = 1 << 20;
/** Unread bytes that do not yet count as being behind. */
const DRAINED = 64 * 1024;
/** A UTF-16 unit becomes at most 3 bytes. */
const BYTES_A_CHARACTER = 3;

/** Where a client is. */
export interface ClientPlace {
  address: string;
  /** What is counted as one client: the address, or the /64 that an IPv6 address is in. */
  network: string;
}

export type Phase =
  /** No session yet: only `auth` is heard. */
  | "anonymous"
  /** Signed in; its rooms are being read. */
  | "loading"
  | "live"
  | "closed";

export class Connection {
  phase: Phase = "anonymous";
  /** Who it speaks for, as the session said when it was opened. */
  caller: Caller | null = null;
  status: "online" | "away" = "online";
  /** Whom a guest may hear of; null for everyone else. */
  people: Set<number> | null = null;
  readonly rooms = new Set<number>();
  /** Rooms that are not in the list, while what changed in them is read for this connection. */
  readonly reading = new Set<number>();
  readonly outgoing = new Outgoing();
  /** When a whole message last came in. */
  heardAt: Ticks;
  /** When the unanswered `ping` went out; 0 where none is. */
  pingedAt: Ticks | 0 = 0;
  /** Never less than what the client has not read, in bytes. */
  #unread = 0;

  constructor(
    readonly place: ClientPlace,
    private readonly socket: Socket,
    private readonly requestFlush: (connection: Connection) => void,
    now: Ticks,
  ) {
    this.heardAt = now;
  }

  /** Who its commands are run for. */
  get actor(): Actor {
    if (this.caller === null) throw new ConfabError("unauthenticated", "Sign in first.");
    return { userId: this.caller.user.id, role: this.caller.user.role };
  }

  /** Queues an event for this connection alone; `room` where it tells about one. */
  push(event: ServerEvent, room: number | null = null): void {
    this.pushText(JSON.stringify(event), room);
  }

  /** Queues an event that was encoded once for several. */
  pushText(text: string, room: number | null = null): void {
    if (this.phase === "closed") return;
    if (room !== null && !this.rooms.has(room) && !this.reading.has(room)) return;
    this.outgoing.push(text, room);
    this.requestFlush(this);
  }

  /** Queues what a room's members share. */
  pushShared(part: SharedPart): void {
    if (this.phase === "closed" || !this.rooms.has(part.room)) return;
    this.outgoing.pushShared(part);
    this.requestFlush(this);
  }

  /** Whether the client has taken nearly all that it was sent, so that more may follow. */
  get drained(): boolean {
    return this.socket.buffered <= DRAINED;
  }

  /** Characters that wait to be sent. */
  get waiting(): number {
    return this.outgoing.size;
  }

  hold(): void {
    this.outgoing.hold();
  }

  release(): void {
    this.outgoing.release();
    if (this.phase !== "closed" && !this.outgoing.empty) this.requestFlush(this);
  }

  /** Leaves a room: nothing of it goes out any more, not even what was waiting. */
  forgetRoom(room: number): void {
    this.rooms.delete(room);
    this.reading.delete(room);
    this.outgoing.dropRoom(room);
  }

  /** Sends what waits; false where the client does not read and is to be closed. */
  flush(sharedFrames: SharedFrames): boolean {
    if (this.phase === "closed") return true;
    if (this.#isBehind()) return false;
    if (this.outgoing.held) return this.outgoing.size <= MAX_BUFFERED;
    if (this.outgoing.empty) return true;
    for (const frame of this.outgoing.takeFrames(sharedFrames)) this.#send(frame);
    return true;
  }

  #send(frame: string): void {
    this.#unread += frame.length * BYTES_A_CHARACTER;
    this.socket.send(frame);
  }

  /** The socket is asked only where the answer may be yes: asking costs a third of a send. */
  #isBehind(): boolean {
    if (this.#unread <= MAX_BUFFERED) return false;
    this.#unread = this.socket.buffered;
    return this.#unread > MAX_BUFFERED;
  }

  /**
   * Ends the connection. What is still queued is sent first only when the client keeps its right
   * to it (a restart); one that was removed gets nothing more.
   */
  close(code: CloseCode, reason: string): void {
    if (this.phase === "closed") return;
    if (code === CLOSE.restarting || code === CLOSE.badFrames || code === CLOSE.tooMany) {
      this.flush(new SharedFrames());
    }
    this.phase = "closed";
    this.outgoing.clear();
    this.socket.close(code, reason);
  }

  /** Ends the connection without waiting for the peer, who may never answer a `close`. */
  cut(): void {
    this.phase = "closed";
    this.outgoing.clear();
    this.socket.cut();
  }
}
