/** What one has written and not sent, as a value: views and engine make it, and both read it. */
import type { Message } from "../protocol/messages.ts";

/** A message that a draft answers or changes, as it was when that began. */
export type DraftTarget =
  & Pick<Message, "id" | "seq" | "userId" | "username" | "text">
  /** Ids are given again after a restored backup, this is not. Older drafts have none. */
  & Partial<Pick<Message, "clientId">>;

/** What one has written in a room and not sent. */
export interface Draft {
  readonly text: string;
  readonly replyTo: DraftTarget | null;
  /** A message being changed, and how it is to read. Meanwhile `text` and `replyTo` wait. */
  readonly edit: { readonly target: DraftTarget; readonly text: string } | null;
}

/** Of a message no more is kept than what tells it. */
export function draftTarget(
  { id, clientId, seq, userId, username, text }: DraftTarget,
): DraftTarget {
  return { id, clientId, seq, userId, username, text };
}

export const EMPTY_DRAFT: Draft = { text: "", replyTo: null, edit: null };
