/**
 * One client's connection: who it is, what is waiting to be sent to it, how well it behaves. It
 * knows its socket, and nothing about other connections, the rules of rooms or the store.
 */
import type { Caller } from "../../auth/caller.ts";
import type { Actor } from "../../chat/command.ts";
import { ConfabError } from "../../errors.ts";
import { CLOSE, type CloseCode } from "../../protocol/codes.ts";
import type { HubCounts } from "../../metrics/counts.ts";
import type { ServerEvent } from "../../protocol/events.ts";
import type { Ticks } from "../../protocol/time.ts";
import { Outgoing } from "../sending/outgoing.ts";
import { SharedFrames, type SharedPart } from "../sending/shared_frames.ts";
import type { ClientSocket } from "./client_socket.ts";
import { RoomIds } from "./room_ids.ts";

/** Bytes a client may leave unread before it is dropped: it reconnects and syncs. */
const MAX_BUFFERED = 1 << 20;
/** Unread bytes that do not yet count as being behind. */
const DRAINED = 64 * 1024;
/** A UTF-16 unit becomes at most 3 bytes. */
const BYTES_A_CHARACTER = 3;

/** A client's network location. */
export interface ClientPlace {
  address: string;
  /** What counts as one client: the address, or an IPv6 address's /64. */
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
  /** Whom it acts for, as the session said when it was opened. */
  caller: Caller | null = null;
  status: "online" | "away" = "online";
  /** The people a guest may hear about; null for all other users. */
  people: Set<number> | null = null;
  readonly rooms = new RoomIds();
  /** Rooms that are not in the list, while their changes are read for this connection. */
  readonly reading = new Set<number>();
  readonly outgoing = new Outgoing();
  /** When a whole message last came in. */
  heardAt: Ticks;
  /** When the unanswered `ping` went out; 0 if there is none. */
  pingedAt: Ticks | 0 = 0;
  /** When the sends arrived whose acks are waiting here to go out. */
  acked: Ticks[] | null = null;
  /** It is among those whose turn comes; see `Rounds`. */
  awaitsTurn = false;
  /** Never less than what the client has not read, in bytes. */
  #unread = 0;

  constructor(
    readonly place: ClientPlace,
    private readonly socket: ClientSocket,
    private readonly requestFlush: (connection: Connection) => void,
    now: Ticks,
    private readonly counts: Pick<HubCounts, "frames" | "characters"> | null = null,
  ) {
    this.heardAt = now;
  }

  /** The actor of its commands. */
  get actor(): Actor {
    if (this.caller === null) throw new ConfabError("unauthenticated", "Sign in first.");
    const { user } = this.caller;
    return { userId: user.id, role: user.role, address: this.place.address };
  }

  /** Queues an event for this connection alone; `room` if it is about one. */
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

  /** Queues what a room's members share, if it is one of them. */
  pushShared(part: SharedPart): void {
    if (this.rooms.has(part.room)) this.pushAsMember(part);
  }

  /** The same where it is known to be a member: nobody needs to look, a thousand times a message. */
  pushAsMember(part: SharedPart): void {
    if (this.phase === "closed") return;
    this.outgoing.pushShared(part);
    this.requestFlush(this);
  }

  /** Whether the client has read nearly everything it was sent, so that more may follow. */
  get drained(): boolean {
    return this.socket.buffered <= DRAINED;
  }

  /** Characters waiting to be sent. */
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

  /**
   * The same for what a connection begins with, which goes out in its own turn: in a round of them
   * all, others' acks would wait until a thousand greetings are sent.
   */
  releaseNow(): void {
    this.outgoing.release();
    this.flush(new SharedFrames());
  }

  /** Leaves a room: nothing of it is sent any more, not even what was waiting. */
  forgetRoom(room: number): void {
    this.rooms.delete(room);
    this.reading.delete(room);
    this.outgoing.dropRoom(room);
  }

  /** The same for all its rooms, once it has gone: what was its own goes, too. */
  forgetRooms(): void {
    this.rooms.clear();
    this.reading.clear();
    this.outgoing.clear();
  }

  /** Sends what is waiting; false if the client does not read and must be closed. */
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
    if (this.counts === null) return;
    this.counts.frames += 1;
    this.counts.characters += frame.length;
  }

  /** Asks the socket only if the answer may be yes: asking costs a third of a send. */
  #isBehind(): boolean {
    if (this.#unread <= MAX_BUFFERED) return false;
    this.#unread = this.socket.buffered;
    return this.#unread > MAX_BUFFERED;
  }

  /**
   * Ends the connection. What is still queued is sent first only if the client may still have it (a
   * restart); a client that lost access gets nothing more.
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
