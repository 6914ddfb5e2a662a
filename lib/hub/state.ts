/** What the parts of the hub share: who is connected, in which rooms, and how to reach them. */
import type { OwnThread } from "../chat/notice.ts";
import type { KeptDraft } from "../protocol/drafts.ts";
import { LIMITS } from "../protocol/limits.ts";
import { STANDARD_HERE } from "../protocol/workspace_standard.ts";
import type { CloseCode } from "../protocol/codes.ts";
import type { Here } from "../protocol/workspace.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { SharedChanges } from "./sending/shared_changes.ts";
import type { Channels } from "./sending/channels.ts";
import type { Connection } from "./sockets/connection.ts";
import type { Connections } from "./sockets/connections.ts";
import type { Nodes } from "./nodes/nodes.ts";
import type { Presence } from "./people/presence.ts";
import type { RoomTellings } from "./room_tellings.ts";

/** Where nobody can have set anything. */
export const STANDARD: Here = { workspace: STANDARD_HERE, limits: LIMITS };

export interface HubState {
  here(): Here;
  readonly connections: ReadonlySet<Connection>;
  readonly channels: Channels;
  readonly presence: Presence;
  readonly sharedChanges: SharedChanges;
  readonly tellings: RoomTellings;
  /** What keeps this hub in step with other nodes; null if there are none. */
  readonly nodes: Nodes | null;
  /** Something is waiting to be sent. */
  requestFlush(): void;
  /** Forgets a connection at once and closes its socket. */
  drop(connection: Connection, code: CloseCode, reason: string): void;
  /** Whether a connection may hear about a user: guests only about people in their rooms. */
  sees(connection: Connection, userId: number): boolean;
  /** Null: there is none any more. "unknown": it cannot be read just now. */
  draftOf(
    userId: number,
    room: number,
    thread: number | null,
  ): Promise<KeptDraft | null | "unknown">;
  /** An empty list on failure. */
  threadStates(
    room: number,
    roots: number[],
    userIds: number[],
  ): Promise<{ root: number; states: OwnThread[] }[]>;
  /** A room as each of these users sees it; an empty list on failure. */
  memberRooms(room: number, userIds: number[]): Promise<{ userId: number; room: MemberRoom }[]>;
}

/** What there is at a moment, for the metrics. */
export interface HubReading {
  connections: ReturnType<Connections["phases"]>;
  /** People with a connection here. */
  users: number;
  /** Rooms with a connection here. */
  rooms: number;
  /** Null on a hub that is alone. */
  nodes: ReturnType<Nodes["reading"]> | null;
}
