/** What the hub is given: it asks all else of chat. Types only. */
import type { KeptDraft } from "../protocol/drafts.ts";
import type { Caller } from "../auth/caller.ts";
import type { Bus } from "../bus/bus.ts";
import type { Chat } from "../chat/chat.ts";
import type { Notice, OwnThread } from "../chat/notice.ts";
import type { EventLoop } from "../event_loop.ts";
import type { HubCounts } from "../metrics/counts.ts";
import type { Tracing } from "../metrics/tracing.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Changes } from "../protocol/sync.ts";
import type { Here } from "../protocol/workspace.ts";
import type { JoinNodes } from "./nodes/join.ts";
import type { PresenceSharingOptions } from "./people/presence_sharing.ts";

export interface HubOptions {
  chat: Chat;
  bus: Bus<Notice>;
  epoch: string;
  instance: string;
  /** Whose session a token belongs to; null if it has ended. */
  authenticate(token: string, address: string): Promise<Caller | null>;
  /** Whether a session is still good. */
  isValid(sessionId: number): Promise<boolean>;
  /** Null: there is none any more. */
  draftOf?(userId: number, room: number, thread: number | null): Promise<KeptDraft | null>;
  /** What these threads are to these people: see the store's contract. */
  threadStates?(
    room: number,
    roots: number[],
    userIds: number[],
  ): Promise<{ root: number; states: OwnThread[] }[]>;
  memberRooms(room: number, userIds: number[]): Promise<{ userId: number; room: MemberRoom }[]>;
  /** What changed in a room; the hub knows who is in it. */
  changes(room: number, since: number): Promise<Changes>;
  /** Joins it with other nodes over the same database, if there may be any: `nodes/join.ts`. */
  joinNodes?: JoinNodes | undefined;
  /** Wall clock, ms since the epoch. */
  now(): number;
  loop: EventLoop;
  /** Each 0 = no limit. `frameRate`: frames a second from one connection, as it is now. */
  limits: { perUser: number; perAddress: number; frameRate(): number };
  /** What holds for everybody, as staff have set it. */
  here?(): Here;
  /** What the hub counts; its own numbers unless given. */
  counts?: HubCounts;
  tracing?: Tracing | null;
  log(message: string, error: unknown): void;
  /** Tells other nodes who is here, and learns who is there; without it, there are none. */
  sharing?: Pick<PresenceSharingOptions, "node" | "leases">;
}
