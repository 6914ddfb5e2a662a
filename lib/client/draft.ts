/** A draft as a value: views and engine both create and read it. */
import type { Message } from "../protocol/messages.ts";

/** A message that a draft replies to or edits, as it was when the draft began. */
export type DraftTarget =
  & Pick<Message, "id" | "seq" | "userId" | "username" | "text">
  /** Ids are reused after a restored backup, this is not. Older drafts have none. */
  & Partial<Pick<Message, "clientId">>;

/** What the user has written in a room and not sent. */
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
