/** What the views may ask for, told to the parts of the engine that do it. */
import { batch } from "@preact/signals";
import type { CommandInput } from "../protocol/commands.ts";
import { cleanText } from "../protocol/text.ts";
import type { Directory } from "./directory.ts";
import type { ChatActions } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Pages } from "./pages.ts";
import type { ReadMarks } from "./read_marks.ts";
import type { Requests } from "./requests.ts";
import type { Rooms } from "./rooms.ts";
import type { ChatConnection } from "./socket.ts";
import type { EngineState } from "./state.ts";
import type { Typing } from "./typing.ts";

export interface ActionParts {
  state: EngineState;
  rooms: Rooms;
  pages: Pages;
  outbox: Outbox;
  typing: Typing;
  marks: ReadMarks;
  directory: Directory;
  connection: ChatConnection;
  request: Requests["request"];
  /** Shows a failure as the notice, and passes it on. */
  noticed<T>(work: Promise<T>): Promise<T>;
  logout(): Promise<void>;
}

export function createActions(parts: ActionParts): ChatActions {
  const { state, rooms, pages, outbox, typing, marks, connection, noticed } = parts;

  const openRoom = () => state.rooms.peek().get(state.openRoom.peek() ?? 0);

  async function command(what: CommandInput): Promise<void> {
    await noticed(parts.request(what));
  }

  return {
    ...parts.directory,
    openRoom: (room, aroundSeq) => noticed(batch(() => pages.open(room, aroundSeq))),
    closeRoom: () => batch(pages.close),
    loadBefore: () => noticed(pages.before()),
    loadAfter: () => noticed(pages.after()),
    jumpToNewest: () => noticed(pages.newest()),
    send(text, replyTo = null) {
      const room = openRoom();
      const trimmed = cleanText(text).trim();
      if (room !== undefined && trimmed !== "") outbox.add(room.id, trimmed, replyTo);
    },
    resend: outbox.resend,
    discard: outbox.discard,
    edit: (message, text) => command({ type: "edit", message, text: cleanText(text) }),
    remove: (message) => command({ type: "delete", message }),
    react: (message, emoji, on) => command({ type: "react", message, emoji, on }),
    markRead(seq) {
      const room = openRoom();
      if (room === undefined) return;
      const upTo = Math.min(seq, room.head);
      if (upTo <= room.membership.readSeq) return;
      marks.mark(room.id, upTo);
      rooms.read(room.id, upTo);
    },
    typing() {
      const room = openRoom();
      if (room === undefined || state.connection.peek().state !== "online") return;
      if (typing.shouldTell(room.id)) connection.send({ type: "typing", room: room.id });
    },
    reconnectNow: connection.reconnectNow,
    dismissNotice() {
      state.notice.value = null;
    },
    dismissWithheld() {
      state.withheld.value = [];
    },
    logout: parts.logout,
  };
}
