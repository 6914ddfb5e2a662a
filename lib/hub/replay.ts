/**
 * What happened while a connection was loading, told to it alone behind `ready`. It knows no journal.
 */
import { messageText, type Notice } from "../chat/notice.ts";
import { tellDraft } from "./draft_news.ts";
import type { ListedRooms } from "./listed_rooms.ts";
import { applyOwn, type OwnNotice } from "./notices.ts";
import { tellRoom, tellThreads, tellUnread } from "./room_news.ts";
import { SharedPart } from "./sending/shared_frames.ts";
import type { Connection } from "./sockets/connection.ts";
import { tellStaff } from "./staff_news.ts";
import type { HubState } from "./state.ts";

/**
 * Tells one thing of those that it missed.
 * @param rooms as they were read, and told of since: what they include is not sent again, nor that
 * they were added
 */
export function replayNotice(
  hub: HubState,
  connection: Connection,
  notice: Notice,
  rooms: ListedRooms,
): void {
  switch (notice.type) {
    case "message":
      if (notice.rev <= (rooms.headOf(notice.room) ?? 0)) return;
      return connection.pushShared(new SharedPart(notice.room, messageText(notice)));
    case "room":
      return void tellRoom(hub, notice.room, (each) => each === connection);
    case "membership":
      if (connection.caller?.user.id !== notice.userId) return;
      return void tellRoom(hub, notice.room, (each) => each === connection);
    case "draft":
      if (connection.caller?.user.id !== notice.userId) return;
      return void tellDraft(hub, notice, [connection]);
    case "unread": {
      if (connection.caller?.user.id !== notice.userId) return;
      if ((rooms.readSeqOf(notice.room) ?? 0) <= notice.seq) return;
      rooms.told(notice);
      return tellUnread(hub, notice, [connection]);
    }
    case "thread":
    case "follow":
    case "threads":
      return tellThreads(hub, notice, (each) => each === connection);
    case "emoji":
      return connection.push(notice);
    case "requests":
      return tellStaff([connection], notice);
    case "user":
      if (hub.sees(connection, notice.user.id)) {
        connection.push({ type: "user", user: notice.user });
      }
      return;
    case "joined":
    case "left":
    case "read":
    case "settings":
    case "saved":
    case "heard":
    case "scheduled":
    case "reminder":
    case "reminderSet":
    case "signIn":
    case "signInsSeen":
      if (connection.caller?.user.id !== notice.userId || isRead(connection, notice, rooms)) {
        return;
      }
      rooms.told(notice);
      return applyOwn(hub, connection, notice);
  }
}

/**
 * Whether the rooms as they were read already include this. Sent after them, it would move a room's
 * head or read mark back, and nothing later would necessarily correct it.
 */
function isRead(
  connection: Connection,
  notice: OwnNotice,
  rooms: ListedRooms,
): boolean {
  if (notice.type === "joined") {
    const { id, head } = notice.room;
    // A user who left in between, as earlier notices said, joins again.
    return connection.rooms.has(id) && head <= (rooms.headOf(id) ?? -1);
  }
  if (notice.type !== "read") return false;
  return notice.seq <= (rooms.readSeqOf(notice.room) ?? -1);
}
