/**
 * The messages of a connection's rooms from the time while it was loading, on a hub that is one of
 * several: the snapshot may be behind what was delivered here, or ahead of it. Everything else that
 * happened meanwhile is in `notices.ts`.
 */
import { type MessageNotice, messageText, type Notice } from "../chat/notice.ts";
import { CLOSE } from "../protocol/codes.ts";
import type { Changes } from "../protocol/sync.ts";
import type { Nodes } from "./nodes/nodes.ts";
import { SharedPart } from "./sending/shared_frames.ts";
import type { Connection } from "./sockets/connection.ts";
import type { HubState } from "./state.ts";

/** What a connection read of a room, and what the others here had been sent when it joined them. */
export interface Joint {
  room: number;
  read: number;
  access: number;
  delivered: number;
}

export interface LateOptions {
  hub: HubState;
  changes(room: number, since: number): Promise<Changes>;
  log(message: string, error: unknown): void;
}

/**
 * Sends what the others were sent after this connection's snapshot was read; what has been heard of
 * rooms that are served only now takes its place in their order.
 */
export function sendLate(
  options: LateOptions,
  nodes: Nodes,
  connection: Connection,
  joints: readonly Joint[],
  missed: readonly Notice[],
): void {
  const heard = byRoom(missed);
  for (const joint of joints) {
    const { room, read, access, delivered } = joint;
    if (delivered <= read || !connection.rooms.has(room)) continue;
    const late = between(heard.get(room), read, delivered);
    if (late === null || late.some((notice) => notice.access > access)) {
      void sendLater(options, nodes, connection, joint, late);
      continue;
    }
    for (const notice of late) connection.pushShared(new SharedPart(room, messageText(notice)));
  }
  for (const those of heard.values()) for (const notice of those.values()) nodes.offer(notice);
}

type ByRevision = ReadonlyMap<number, MessageNotice>;

function byRoom(notices: readonly Notice[]): Map<number, ByRevision> {
  const rooms = new Map<number, Map<number, MessageNotice>>();
  for (const notice of notices) {
    if (notice.type !== "message") continue;
    const room = rooms.get(notice.room) ?? new Map<number, MessageNotice>();
    room.set(notice.rev, notice);
    rooms.set(notice.room, room);
  }
  return rooms;
}

/** `null` if not all of them were heard. */
function between(
  heard: ByRevision | undefined,
  after: number,
  last: number,
): MessageNotice[] | null {
  const found: MessageNotice[] = [];
  for (let rev = after + 1; rev <= last; rev++) {
    const notice = heard?.get(rev);
    if (notice === undefined) return null;
    found.push(notice);
  }
  return found;
}

/**
 * Once it is known that the user is still a member.
 * @param late null: the bus did not say all of it. A page is enough: a client that is further behind
 *   sees a hole, and asks.
 */
async function sendLater(
  { hub, changes, log }: LateOptions,
  nodes: Nodes,
  connection: Connection,
  { room, read, delivered }: Joint,
  late: readonly MessageNotice[] | null,
): Promise<void> {
  connection.hold();
  try {
    const page = late === null ? (await changes(room, read)).messages : [];
    await nodes.current();
    // Before what the others have been sent meanwhile, which waits among the shared events.
    for (const notice of late ?? []) connection.pushText(messageText(notice), room);
    for (const message of page) {
      const { rev } = message;
      if (rev > delivered) break; // it comes with the others
      connection.pushText(JSON.stringify({ type: "message", room, rev, message }), room);
    }
  } catch (error) {
    log("Cannot read what a connection has missed", error);
    hub.drop(connection, CLOSE.restarting, "the server cannot answer just now");
  } finally {
    connection.release();
  }
}
