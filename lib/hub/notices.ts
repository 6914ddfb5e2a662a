/**
 * What a notice from the bus means for the connections here. Connections that lose access are cut
 * off in the same call in which the notice arrives, before anyone is told about it.
 */
import { CLOSE } from "../protocol/codes.ts";
import { type Change, messageText, type Notice } from "../chat/notice.ts";
import type { User } from "../protocol/people.ts";
import { knowsEverybody } from "../protocol/permissions.ts";
import { tellDraft } from "./draft_news.ts";
import { tellAll, tellWorkspace } from "./news_for_all.ts";
import type { Connection } from "./sockets/connection.ts";
import {
  pushBehind,
  tellAgain,
  tellRoom,
  tellSeen,
  tellThreads,
  tellTyping,
  tellUnread,
} from "./room_news.ts";
import { tellStaff } from "./staff_news.ts";
import type { HubState } from "./state.ts";

export function applyNotice(hub: HubState, notice: Notice): void {
  hub.tellings.heard(notice);
  switch (notice.type) {
    case "message":
      hub.channels.publish(notice.room, messageText(notice), notice.rev);
      return hub.requestFlush();
    case "events":
      return; // nodes over one database look at its events: here everybody is told of them already
    case "typing":
      return tellTyping(hub, notice.room, notice.userId);
    case "room":
      return void tellRoom(hub, notice.room);
    case "membership":
      return void tellRoom(hub, notice.room, ({ caller }) => caller?.user.id === notice.userId);
    case "thread":
    case "follow":
    case "threads":
      return tellThreads(hub, notice);
    case "user":
      return tellUser(hub, notice);
    case "workspace":
      return tellWorkspace(hub);
    case "emoji":
      return tellAll(hub.connections, notice);
    case "requests":
      return tellStaff(hub.connections, notice);
    case "draft":
      return void tellDraft(hub, notice, hub.presence.connectionsOf(notice.userId));
    case "unread":
      tellUnread(hub, notice, hub.presence.connectionsOf(notice.userId));
      return;
    case "read":
      tellSeen(hub, notice);
      return tellOwn(hub, notice);
    case "joined":
    case "left":
    case "settings":
    case "saved":
    case "heard":
    case "scheduled":
    case "reminder":
    case "reminderSet":
    case "signIn":
    case "signInsSeen":
    case "revoked":
      return tellOwn(hub, notice);
  }
}

function tellOwn(hub: HubState, notice: OwnNotice): void {
  for (const connection of [...hub.presence.connectionsOf(notice.userId)]) {
    // A connection that is loading gets it replayed; but a revoked session ends at once.
    if (connection.phase === "live" || notice.type === "revoked") {
      applyOwn(hub, connection, notice);
    }
  }
}

export type OwnNotice = Extract<
  Change,
  {
    type:
      | "joined"
      | "left"
      | "read"
      | "settings"
      | "saved"
      | "heard"
      | "scheduled"
      | "reminder"
      | "reminderSet"
      | "signIn"
      | "signInsSeen"
      | "revoked";
  }
>;

/** What is for one person, or one connection of theirs. */
export function applyOwn(hub: HubState, connection: Connection, notice: OwnNotice): void {
  switch (notice.type) {
    case "joined": {
      const { room, people } = notice;
      // It may be gone from the list of a new page, but still be live here: its messages go first.
      if (connection.rooms.has(room.id)) return tellAgain(hub, connection, room);
      hub.nodes?.serve(room.id, room.head, notice.access, true);
      const delivered = hub.nodes?.headOf(room.id) ?? room.head;
      // What was said before is theirs to read, but not to hear.
      hub.channels.join(room.id, connection, delivered < room.head ? room.head : 0);
      if (people !== undefined) tellPeople(hub, connection, people);
      return connection.push({ type: "room", room }, room.id);
    }
    case "left": {
      hub.channels.leave(notice.room, connection);
      const { room, hidden } = notice;
      return connection.push({ type: "left", room, ...(hidden === undefined ? {} : { hidden }) });
    }
    case "read": {
      const { room, seq } = notice;
      return pushBehind(hub, connection, room, JSON.stringify({ type: "read", room, seq }));
    }
    case "settings":
      return connection.push({ type: "user", user: notice.user });
    case "saved":
      return connection.push({ type: "saved", message: notice.message, on: notice.on });
    case "heard":
    case "scheduled":
    case "reminder":
    case "reminderSet":
    case "signInsSeen": {
      const { userId: _own, ...event } = notice;
      return connection.push(event);
    }
    case "signIn": {
      const { signIn, confirmedBy } = notice;
      const session = connection.caller?.sessionId;
      if (session === signIn.id || session === confirmedBy) return;
      return connection.push({ type: "signIn", signIn });
    }
    case "revoked": {
      const { sessions, reason } = notice;
      if (sessions !== "all" && !sessions.includes(connection.caller?.sessionId ?? 0)) return;
      hub.drop(connection, reason === "disabled" ? CLOSE.banned : CLOSE.unauthenticated, reason);
    }
  }
}

/** Those after whom a direct room that entered the list is named, and their presence. */
function tellPeople(hub: HubState, connection: Connection, people: readonly User[]): void {
  for (const user of people) {
    connection.people?.add(user.id);
    connection.push({ type: "user", user });
  }
  const users = people.map(({ id }) => [id, hub.presence.statusOf(id)]);
  connection.push({ type: "presence", users: Object.fromEntries(users) });
}

function tellUser(hub: HubState, { user }: Extract<Change, { type: "user" }>): void {
  // Erased people have another name by now in what they wrote, which raises no head.
  hub.sharedChanges.forget();
  for (const connection of [...hub.presence.connectionsOf(user.id)]) {
    const before = connection.caller?.user ?? user;
    if (connection.caller !== null) connection.caller.user = { ...connection.caller.user, ...user };
    // A guest's visible people are fixed when the connection begins: it must begin again.
    if (knowsEverybody(before) !== knowsEverybody(user)) {
      hub.drop(connection, CLOSE.restarting, "role changed");
    }
  }
  const text = JSON.stringify({ type: "user", user });
  for (const connection of hub.connections) {
    if (hub.sees(connection, user.id)) connection.pushText(text);
  }
}
