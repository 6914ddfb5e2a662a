/**
 * How a draft is worked on: what begins and ends a reply or an edit, what became of the message
 * that it aims at, what may be typed. It must not know what the composer looks like, nor how
 * drafts are kept.
 */
import { type Draft, type DraftKey, draftTarget, EMPTY_DRAFT } from "../../client/draft.ts";
import type { Message } from "../../protocol/messages.ts";
import { cleanText } from "../../protocol/text.ts";
import type { View } from "../view.ts";

/** What is in the composer. */
export function shownText({ text, edit }: Draft): string {
  return edit?.text ?? text;
}

/** @param key where the reply is written: in a thread's own composer, or in the room's */
export function startReply(
  { actions }: View,
  message: Message,
  key: DraftKey = message.room,
): void {
  actions.changeDraft(key, { replyTo: draftTarget(message), edit: null });
}

/** Only one edit at a time: if the first has changes, it is kept. */
export function startEdit(view: View, message: Message, key: DraftKey = message.room): void {
  const { edit } = view.state.drafts.peek().get(key) ?? EMPTY_DRAFT;
  const isOther = edit !== null && edit.target.id !== message.id;
  if (isOther && edit.text !== edit.target.text) {
    view.toast.value = view.words.composer.editOpen;
  } else if (edit === null || isOther) {
    const target = draftTarget(message);
    view.actions.changeDraft(key, { edit: { target, text: target.text } });
  }
}

/** What happened elsewhere to the message being answered or edited. */
export type Trouble =
  | { kind: "deleted" }
  /** Its text differs both from when the edit began and from the edit. */
  | { kind: "changed"; text: string };

/** Inside a component: subscribes it to the message. */
export function troubleOf({ state }: View, { replyTo, edit }: Draft): Trouble | null {
  const target = edit?.target ?? replyTo;
  if (target === null) return null;
  const now = state.draftTargets.value.get(target.id);
  if (now === undefined) return null;
  if (now === null || now.deletedAt !== null) return { kind: "deleted" };
  if (edit === null || now.text === target.text || now.text === edit.text.trim()) return null;
  return { kind: "changed", text: now.text };
}

/**
 * What the field holds after an input, without what no message may hold (pasted, dropped, typed);
 * the caret stays where it was. A word that is being composed is left alone until it is done, and
 * so is the first half of a pair that some keyboards type in two.
 */
export function takeInput(input: HTMLTextAreaElement, event: InputEvent): string {
  const { value } = input;
  const clean = cleanText(value);
  if (clean === value || event.isComposing || /[\ud800-\udbff]$/.test(event.data ?? "")) {
    return value;
  }
  const caret = cleanText(value.slice(0, input.selectionEnd)).length;
  input.value = clean;
  input.setSelectionRange(caret, caret);
  return clean;
}
