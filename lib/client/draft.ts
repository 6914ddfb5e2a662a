/** A draft as a value: views and engine both create and read it. */
import type { Message } from "../protocol/messages.ts";

/** A message that a draft replies to or edits, as it was when the draft began. */
export type DraftTarget =
  & Pick<Message, "id" | "seq" | "userId" | "username" | "text">
  /** Ids are reused after a restored backup, this is not. Older drafts have none. */
  & Partial<Pick<Message, "clientId">>;

/** Where a draft belongs: to a room, by its id, or to a thread in it: "room/thread". */
export type DraftKey = number | `${number}/${number}`;

export function draftKey(room: number, thread: number | null = null): DraftKey {
  return thread === null ? room : `${room}/${thread}`;
}

export function draftRoom(key: DraftKey): number {
  return typeof key === "number" ? key : parseInt(key);
}

/** The root's id; null: the draft is the room's own. */
export function draftThread(key: DraftKey): number | null {
  return typeof key === "number" ? null : Number(key.slice(key.indexOf("/") + 1));
}

/** The key as it was written down; null where it is none. */
export function parseDraftKey(written: string): DraftKey | null {
  if (!/^\d{1,15}(\/\d{1,15})?$/.test(written)) return null;
  return written.includes("/") ? written as DraftKey : Number(written);
}

/** What the user has written in a room or a thread and not sent. */
export interface Draft {
  readonly text: string;
  readonly replyTo: DraftTarget | null;
  /** The message being edited, and its new text. Meanwhile `text` and `replyTo` wait. */
  readonly edit: { readonly target: DraftTarget; readonly text: string } | null;
}

/** Only what identifies a message is kept. */
export function draftTarget(
  { id, clientId, seq, userId, username, text }: DraftTarget,
): DraftTarget {
  return { id, clientId, seq, userId, username, text };
}

export const EMPTY_DRAFT: Draft = { text: "", replyTo: null, edit: null };
