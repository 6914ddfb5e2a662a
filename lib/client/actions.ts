/** What the views may ask for, told to the parts of the engine that do it. */
import { batch } from "@preact/signals";
import type { FrameInput } from "../protocol/frames.ts";
import { cleanText } from "../protocol/text.ts";
import type { Directory } from "./directory.ts";
import type { Drafts } from "./drafts.ts";
import { type ChatActions, type DraftTarget, draftTarget, EMPTY_DRAFT } from "./model.ts";
import type { Entry, Outbox } from "./outbox.ts";
import type { Pages } from "./pages.ts";
import type { ReadMarks } from "./read_marks.ts";
import type { Requests } from "./requests.ts";
import type { Rooms } from "./rooms.ts";
import type { ChatConnection } from "./server_link.ts";
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
  drafts: Drafts;
  open(room: number, aroundSeq?: number): Promise<void>;
  close(): void;
  logout(): Promise<void>;
}

export function createActions(parts: ActionParts): ChatActions {
  const { state, rooms, pages, outbox, drafts, typing, marks, connection, noticed } = parts;

  const openRoom = () => state.rooms.peek().get(state.openRoom.peek() ?? 0);

  function markRead(seq: number): void {
    const room = openRoom();
    if (room === undefined) return;
    const upTo = Math.min(seq, room.head);
    if (upTo <= room.membership.readSeq) return;
    marks.mark(room.id, upTo);
    rooms.read(room.id, upTo);
  }

  async function command(what: FrameInput): Promise<void> {
    await noticed(parts.request(what));
  }

  return {
    ...parts.directory,
    openRoom: (room, aroundSeq) => noticed(batch(() => parts.open(room, aroundSeq))),
    closeRoom: () => batch(parts.close),
    loadBefore: () => noticed(pages.before()),
    loadAfter: () => noticed(pages.after()),
    jumpToNewest: () => noticed(batch(pages.newest)),
    showUnread: () => noticed(batch(pages.unread)),
    showPlace: (seq, top) => noticed(batch(() => pages.place(seq, top))),
    renewDivider: pages.renewDivider,
    dismissMissing() {
      state.missing.value = false;
    },
    send(text, replyTo = null) {
      const room = openRoom();
      const trimmed = cleanText(text).trim();
      if (room === undefined || trimmed === "") return false;
      outbox.add(room.id, trimmed, replyTo);
      return true;
    },
    changeDraft: drafts.change,
    prefillDraft: drafts.prefill,
    takeBack(clientId) {
      const failed = outbox.entries.peek().find((entry) => entry.clientId === clientId);
      if (failed === undefined) return;
      const { text, replyTo } = drafts.drafts.peek().get(failed.room) ?? EMPTY_DRAFT;
      drafts.change(failed.room, {
        text: text.trim() === "" ? failed.text : `${failed.text}\n\n${text}`,
        replyTo: replyTo ?? targetOf(state, failed),
      });
      // Kept there before it is thrown away here.
      drafts.flush();
      outbox.discard(clientId);
    },
    resend: outbox.resend,
    discard: outbox.discard,
    edit: (message, text) => command({ type: "edit", message, text: cleanText(text) }),
    remove: (message) => command({ type: "delete", message }),
    react: (message, emoji, on) => command({ type: "react", message, emoji, on }),
    markRead,
    markAllRead: () => markRead(Infinity),
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

/** What a message of one's own answers, as far as that is loaded. */
function targetOf(state: EngineState, { room, replyTo }: Entry): DraftTarget | null {
  const messages = state.histories.peek().get(room)?.timeline.messages ?? [];
  const found = messages.find(({ id }) => id === replyTo);
  return found === undefined ? null : draftTarget(found);
}
