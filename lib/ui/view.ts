/**
 * What every view of the chat has at hand: the engine's state and actions, the words, the
 * reader's clock, the way to another place, and the dialog that is open. It must not know how
 * the engine works or what the address bar is: the island gives both.
 */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ReadonlySignal, Signal } from "@preact/signals";
import { type Draft, type DraftKey, EMPTY_DRAFT } from "../client/draft.ts";
import type { ChatActions, ChatState } from "../client/model.ts";
import type { Shelf } from "../client/shelf.ts";
import { failureCode, type RequestError } from "../client/request_error.ts";
import type { Language } from "../protocol/accounts.ts";
import type { File } from "../protocol/files.ts";
import type { Message } from "../protocol/messages.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import type { ReaderClock } from "./dates.ts";
import { roomTitle } from "./names.ts";
import type { Pane } from "./pane.ts";

export interface Place {
  room: number | null;
  /** A message's permalink. */
  seq?: number;
  /** From one message of the room to another: the thread that it may be in stays closed. */
  jump?: true;
}

/** Where something stands in the window, in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A file that opens above the chat, and where it stands. */
export interface ShownFile {
  file: File;
  message: Pick<Message, "id" | "room" | "seq" | "userId" | "username" | "ts" | "text">;
}

export type DialogState =
  | { kind: "create" }
  | { kind: "browse" }
  | { kind: "direct" }
  | { kind: "hidden" }
  | { kind: "keys" }
  | { kind: "editRoom"; room: MemberRoom }
  | { kind: "addMembers"; room: MemberRoom }
  /** A reaction to a message, or an emoji for something else. */
  | { kind: "emoji"; message: Message }
  | { kind: "emoji"; pick: (emoji: string) => void }
  | { kind: "versions"; message: Message }
  /** What is to be seen on the pictures of one's own message. */
  | { kind: "describe"; message: Message }
  | { kind: "threadTitle"; root: Message }
  | { kind: "status" }
  /** Who has seen it, in a direct room. */
  | { kind: "seen"; message: Message }
  /** Who somebody is; beside what was clicked. */
  | { kind: "person"; id: number; at?: Box }
  /** One of these files of a conversation, large; the others are beside it. */
  | {
    kind: "viewer";
    files: readonly ShownFile[];
    at: number;
    /** What their conversation says by now; inside a component it subscribes. */
    loaded?: () => readonly Message[];
  }
  /** When to send what is being written there. */
  | { kind: "schedule"; room: number; home: DraftKey; thread: number | null; only: boolean }
  /** A file that goes along with what is being written there. */
  | { kind: "attachment"; home: DraftKey; local: string }
  /** When to be reminded of a message. */
  | { kind: "remind"; message: number }
  /** Another time for what is planned. */
  | { kind: "when"; of: "send" | "remind"; at: number; run: (at: number) => Promise<unknown> }
  /** Whether to mention so many people at once: see `ReachDialog`. */
  | {
    kind: "reach";
    room: number;
    text: string;
    /** What the message says until now, if it is an edit. */
    before: string;
    run: () => Promise<unknown> | void;
  }
  | {
    kind: "confirm";
    title: string;
    text: string;
    action: string;
    run: () => Promise<unknown> | void;
  };

/** What was done, and can be taken back as long as the line is shown. */
export interface UndoToast {
  text: string;
  undo: () => void;
}

/** What could not be done with a text: by its code, for which the words come later, or in words. */
export type Fault = Pick<RequestError, "code"> | { said: string };

/** What failed: the words for it come with the line that says them. */
export interface FailedToast {
  failed: RequestError["code"];
}

export interface View {
  state: ChatState;
  actions: ChatActions;
  shelf: Shelf;
  words: Catalogue;
  language: Language;
  clock: ReadonlySignal<ReaderClock>;
  /** False in the server's render and the browser's first. */
  mounted: ReadonlySignal<boolean>;
  /** In the server's render of what the reader sees first: its pictures are asked for at once. */
  inSight?: boolean;
  dialog: Signal<DialogState | null>;
  /** The current minute, once the page is idle; null before. */
  minute: ReadonlySignal<number | null>;
  /** The thread whose messages these views show; null where they show the room's. */
  thread: number | null;
  /** What stands beside the room. */
  pane: Signal<Pane | null>;
  /** Raised by each change of members made here: a list that is shown loads again. */
  membersChanges: Signal<number>;
  /** A line for the person: what failed, or what was done. */
  toast: Signal<string | UndoToast | FailedToast | null>;
  /** Long messages that were opened, for as long as the page lives. */
  unfolded: Set<string>;
  /** Parts that came at rest, by what loads them: see `parts/at_rest.ts`. */
  fetched: Map<unknown, unknown>;
  navigate(place: Place, how?: "push" | "replace"): void;
}

export const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error("Outside of ChatView.");
  return view;
}

/** Runs an action whose failure needs only a notice. */
export async function attempt(view: View, action: () => Promise<unknown> | void): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    view.toast.value = { failed: failureCode(error) };
    return false;
  }
}

/** Inside a component: subscribes it to what the title is made of. */
export function titleOf(view: View, room: MemberRoom): string {
  const { state, words } = view;
  return roomTitle(room, state.users.value, state.me.value.id, words);
}

/** Inside a component: subscribes it to the draft of a room or a thread. */
export function draftOf({ state }: View, key: DraftKey): Draft {
  return state.drafts.value.get(key) ?? EMPTY_DRAFT;
}

export function placePath(place: Place): string {
  if (place.room === null) return "/";
  return place.seq === undefined ? `/rooms/${place.room}` : `/rooms/${place.room}/${place.seq}`;
}

/** The place that a path names; null where it is no page of the chat. */
export function placeOf(path: string): Place | null {
  if (path === "/") return { room: null };
  const match = /^\/rooms\/(\d{1,15})(?:\/(\d{1,15}))?\/?$/.exec(path);
  if (!match) return null;
  return match[2] === undefined
    ? { room: Number(match[1]) }
    : { room: Number(match[1]), seq: Number(match[2]) };
}
