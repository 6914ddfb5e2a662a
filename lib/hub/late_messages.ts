/**
 * The messages of a connection's rooms from the time while it was loading, on a hub that is one of
 * several: the snapshot may be behind what was delivered here, or ahead of it. Everything else that
 * happened meanwhile is in `notices.ts`.
 */
import { type MessageNotice, messageText, type Notice } from "../chat/notice.ts";
import { CLOSE } from "../protocol/codes.ts";
import type { Changes } from "../protocol/sync.ts";
import type { Nodes } from "./nodes/nodes.ts";
import type { Connection } from "./sockets/connection.ts";
import type { HubState } from "./state.ts";

/** What a connection read of a room, and what the others here had been sent when it joined them. */
export interface Joint {
  room: number;
  read: number;
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
  { hub, ...options }: LateOptions,
  nodes: Nodes,
  connection: Connection,
  joints: readonly Joint[],
  missed: readonly Notice[],
): void {
  const heard = byRoom(missed);
  for (const { room, read, delivered } of joints) {
    if (delivered <= read || !connection.rooms.has(room)) continue;
    const those = heard.get(room);
    const late: MessageNotice[] = [];
    for (let rev = read + 1; rev <= delivered; rev++) {
      const notice = those?.get(rev);
      if (notice !== undefined) late.push(notice);
    }
    if (late.length < delivered - read) {
      void sendRead({ hub, ...options }, nodes, connection, room, read);
    } else {
      for (const notice of late) {
        connection.pushShared({ room, text: messageText(notice) });
      }
    }
  }
  for (const those of heard.values()) for (const notice of those.values()) nodes.offer(notice);
}

function byRoom(notices: readonly Notice[]): Map<number, Map<number, MessageNotice>> {
  const rooms = new Map<number, Map<number, MessageNotice>>();
  for (const notice of notices) {
    if (notice.type !== "message") continue;
    const room = rooms.get(notice.room) ?? new Map<number, MessageNotice>();
    room.set(notice.rev, notice);
    rooms.set(notice.room, room);
  }
  return rooms;
}

/**
 * The bus did not say all of it. A page is enough: a client that is further behind sees a hole, and
 * asks.
 */
async function sendRead(
  { hub, changes, log }: LateOptions,
  nodes: Nodes,
  connection: Connection,
  room: number,
  since: number,
): Promise<void> {
  connection.hold();
  try {
    const { messages } = await changes(room, since);
    await nodes.current();
    for (const message of messages) {
      const notice: MessageNotice = { type: "message", room, rev: message.rev, access: 0, message };
      connection.pushText(messageText(notice), room);
    }
  } catch (error) {
    log("Cannot read what a connection has missed", error);
    hub.drop(connection, CLOSE.restarting, "the server cannot answer just now");
  } finally {
    connection.release();
  }
}
